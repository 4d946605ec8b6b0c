/** The package as npm would publish it, installed. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogPath } from '../contract/from-yaml.ts';
import { parsedContract } from '../contract/read-yaml.ts';
import { compile } from '../generate/scratch.ts';
import { root, run } from '../run-script.ts';
import { type Consumer, install, type Packed, pack } from './consumer.ts';
import { completions, hover, oneLine } from './editor.ts';
import { loadedFiles } from './loaded.ts';

let packed: Packed;
let consumer: Consumer;
let home: string;

beforeAll(async () => {
  packed = await pack();
  consumer = await install(packed);
  home = path.join(consumer.folder, 'node_modules', 'training-catalog-contract');
}, 300_000);

afterAll(async () => {
  await consumer?.remove();
  await packed?.remove();
});

const readJson = async (file: string) => JSON.parse(await readFile(file, 'utf8'));

/** All files of a folder and of those in it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

describe('the tarball', () => {
  test('has exactly these files apart from sources and build', async () => {
    const ofFolders = ['docs', 'generated', 'openapi'].map((folder) => filesIn(path.join(root, folder)));
    const files = (await Promise.all(ofFolders)).flat();
    expect(packed.files.filter((file) => !/^(?:src|dist)\//.test(file)).sort()).toEqual(
      [
        ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'],
        ...files.map((file) => path.relative(root, file).replaceAll('\\', '/')),
      ].sort(),
    );
  });

  test('can be published, which the project’s own folder can’t', async () => {
    const [project, published] = await Promise.all(
      [root, home].map((folder) => readJson(path.join(folder, 'package.json'))),
    );
    expect(project.private).toBe(true);
    const { private: _, scripts, devDependencies, ...rest } = project;
    expect(published).toEqual(rest);
  });

  test('has the licence in full of each package that is built in', async () => {
    const file = await readFile(path.join(home, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    const licences = new Map(file.split('\n\n\n').map((text) => [text.split(' ', 1)[0], text]));
    const maps = packed.files.filter((name) => name.endsWith('.js.map'));
    const sources = await Promise.all(
      maps.map(async (map) => (await readJson(path.join(home, map))).sources),
    );
    const names = sources
      .flat()
      .flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
    expect(names).toContain('openapi-fetch');
    expect([...licences.keys()].sort()).toEqual([...new Set(names)].sort());
    for (const text of licences.values()) {
      expect(text).toMatch(/Copyright .*Permission is hereby granted.*WITHOUT WARRANTY/s);
    }
  });

  test('has sources in TypeScript with a page, and a build of modules, their types and source maps', () => {
    const source = /^src\/.*(?:\.ts|\/page\.(?:html|css|js))$/;
    const built = /^dist\/(?:.*\.(?:js|d\.m?ts)(?:\.map)?|THIRD-PARTY-LICENSES\.txt)$/;
    const others = packed.files.filter((file) => /^(?:src|dist)\//.test(file));
    expect(others.filter((file) => !source.test(file) && !built.test(file))).toEqual([]);
  });

  test('brings no more than three packages, which take less than 2.5 MB on disk', async () => {
    const folder = path.join(consumer.folder, 'node_modules');
    const { packages } = await readJson(path.join(folder, '.package-lock.json'));
    expect(Object.keys(packages).length).toBeLessThanOrEqual(3);
    const sizes = (await filesIn(folder)).map(async (file) => (await stat(file)).size);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThan(2_500_000);
  });
});

// What a page, a worker or a test under jsdom loads.
test.each(['index.js', 'raw.js', 'server.js', 'verify.js'])(
  '%s needs nothing but ECMAScript, and imports nothing later, which a service worker forbids',
  async (entry) => {
    const { outputFiles, metafile } = await build({
      entryPoints: [path.join(home, 'dist', entry)],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'entry',
      metafile: true,
    });
    // A new context has what the language has: no console, no TextDecoder, no fetch, no process.
    const context = createContext({});
    runInContext(outputFiles[0]?.text ?? '', context);
    expect(typeof runInContext('entry', context)).toBe('object');
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    expect(imports.filter(({ kind }) => kind !== 'import-statement')).toEqual([]);
  },
);

test.each([
  ['node', 'has', true],
  ['browser', 'leaves out', false],
] as const)('a bundle for platform %s %s what only servers see of the network', async (platform, _, has) => {
  const entryPoints = [path.join(home, 'dist', 'index.js')];
  const { outputFiles } = await build({ entryPoints, platform, bundle: true, write: false });
  expect(outputFiles[0]?.text.includes('ECONNREFUSED')).toBe(has);
});

test('importing the client loads neither another entry point nor another package', async () => {
  const folder = path.join(consumer.folder, 'coverage');
  await run(process.execPath, ['-e', "import('training-catalog-contract')"], {
    cwd: consumer.folder,
    env: { NODE_V8_COVERAGE: folder },
  });
  const { files, processes } = await loadedFiles(folder);
  expect(processes).toBe(1);
  expect(files).toContain('index.js');
  // openapi-fetch would be index.mjs.
  const others = /^(?:raw|server|node|mock|verify|cli)\.js$|(?<!\.js)$/;
  expect(files.filter((file) => others.test(file))).toEqual([]);
});

describe('going to a definition', () => {
  test('finds the sources of all maps in the tarball', async () => {
    const maps = packed.files.filter((file) => file.endsWith('.map'));
    expect(maps.length).toBeGreaterThan(10);
    for (const map of maps) {
      const { sources, sourcesContent } = await readJson(path.join(home, map));
      // One of a dependency's or of the bundler's has its text in the map.
      const missing = (sources as string[])
        .filter((source, i) => !(/node_modules|builtin:/.test(source) && sourcesContent[i]))
        .map((source) => path.join(path.dirname(map), source))
        .filter((file) => !packed.files.includes(file));
      expect(missing, map).toEqual([]);
    }
  });

  test('lands in the source, as an editor asks for it', () => {
    const sources = {
      createTrainingCatalogClient: 'src/client/client.ts',
      isApiError: 'src/client/errors.ts',
      families: 'generated/values.ts',
    };
    const lines = Object.keys(sources).map((name) => `import { ${name} } from 'training-catalog-contract';`);
    const file = path.join(consumer.folder, 'program.ts');
    writeFileSync(file, lines.join('\n'));
    const settings = { compilerOptions: { module: 'nodenext', types: [] }, files: ['program.ts'] };
    writeFileSync(path.join(consumer.folder, 'tsconfig.json'), JSON.stringify(settings));

    const offset = 'import { '.length + 1;
    const requests = [
      { command: 'open', arguments: { file } },
      ...lines.map((_, i) => ({ command: 'definition', arguments: { file, line: i + 1, offset } })),
    ];
    const server = path.join(root, 'node_modules/typescript/lib/tsserver.js');
    const printed = execFileSync(process.execPath, [server], {
      input: requests.map((each) => `${JSON.stringify({ seq: 1, type: 'request', ...each })}\n`).join(''),
      encoding: 'utf8',
    });
    const found = printed
      .split('\n')
      .filter((line) => line.includes('"command":"definition"'))
      .map((line) => {
        const { body } = JSON.parse(line) as { body: { file: string }[] };
        // Each overload is a definition.
        return [...new Set(body.map((definition) => path.relative(home, definition.file)))];
      });
    expect(found).toEqual(Object.values(sources).map((source) => [source]));
  });
});

test('pointing at a property shows what the contract says about it', () => {
  interface Described {
    name: string;
    description?: string;
  }
  const { paths, components } = parsedContract();
  const { parameters = [], get } = paths[catalogPath];
  const query = [...parameters, ...get.parameters].map(
    (parameter): Described =>
      parameter.$ref ? components.parameters[parameter.$ref.split('/').at(-1)] : parameter,
  );
  const propertiesOf = (schema: string) =>
    Object.entries<object>(components.schemas[schema].properties).map(
      ([name, property]): Described => ({ name, ...property }),
    );
  const shapes: [type: string, of: Described[]][] = [
    ...['TrainingModel', 'TrainingModelPricing', 'ValidationErrorItem'].map((name): [string, Described[]] => [
      `root.${name}`,
      propertiesOf(name),
    ]),
    ['root.TrainingCatalog', propertiesOf('TrainingCatalogResponse')],
    ['root.CatalogQuery', query],
    ["schema.components['schemas']['TrainingModel']", propertiesOf('TrainingModel')],
    [`schema.operations['${get.operationId}']['parameters']['query']`, query],
  ];
  const preamble = `import type * as root from 'training-catalog-contract';
    import type * as schema from 'training-catalog-contract/schema';
    ${shapes.map(([type], n) => `declare const value${n}: NonNullable<${type}>;`).join('\n')}\n`;
  const described = shapes.flatMap(([type, of], n) =>
    of.flatMap(({ name, description }) =>
      description ? [{ description, type, expression: `value${n}[${JSON.stringify(name)}]` }] : [],
    ),
  );
  const shown = hover(
    consumer.folder,
    preamble,
    described.map(({ expression }) => expression),
  );
  // The package may add to what the contract says.
  const silent = described.filter(
    ({ description }, n) => !shown[n]?.description.includes(oneLine(description)),
  );
  expect(silent).toEqual([]);
  expect(described.length).toBeGreaterThan(30);
});

test('pointing at a field shows what its type is, with lists of values in full and open', () => {
  const preamble = `import { isApiError, type CatalogQuery, type TrainingModel } from 'training-catalog-contract';
    import type { DataOf } from 'training-catalog-contract';
    import type { list_training_catalog_endpoint } from 'training-catalog-contract/operations';
    declare const query: CatalogQuery;
    declare const model: TrainingModel;
    declare const data: DataOf<typeof list_training_catalog_endpoint>;
    declare const error: unknown;
    if (!isApiError(error)) throw error;
    declare const thrown: unknown;
    if (!isApiError(thrown, 'token_error')) throw thrown;\n`;
  const expressions = [
    ...['query.limit', 'query.family', 'model.family', 'model.supported_algorithms', 'model.pricing'],
    ...['data.models', 'error.type', 'error.errors', 'thrown.type'],
  ];
  const shown = hover(consumer.folder, preamble, expressions).map(({ type }) => type);
  for (const type of shown) expect(type).not.toMatch(/Open|Record<|& "/);
  const { family, supported_algorithms } = parsedContract().components.schemas.TrainingModel.properties;
  for (const value of family.enum) {
    expect(shown[1]).toContain(`"${value}" | `);
    expect(shown[2]).toContain(`"${value}" | `);
  }
  for (const value of supported_algorithms.items.enum) expect(shown[3]).toContain(`"${value}"`);
  expect(shown[0]).toBe('(property) limit?: number | null | undefined');
  expect(shown[2]).toContain('(string & {})');
  expect(shown[4]).toContain('train?: number | null');
  expect(shown.at(-1)).toBe('(property) type: "token_error"');
});

describe('an editor offers', () => {
  const client = `/// <reference lib="dom" />
    import { createTrainingCatalogClient } from 'training-catalog-contract';
    const client = createTrainingCatalogClient();\n`;
  const { family, supported_algorithms } = parsedContract().components.schemas.TrainingModel.properties;

  test.each<[what: string, call: string, offered: string[]]>([
    ['the families that models have', "listModels({ family: '' })", family.enum],
    ['them for all models, too', "listAllModels({ family: '' })", family.enum],
    ['the algorithms', "listModels({ algorithm: '' })", supported_algorithms.items.enum],
    ['what the platform’s fetch takes', "listModels({}, { init: { cache: '' } })", ['no-store']],
  ])('%s', (_, call, offered) => {
    expect(completions(consumer.folder, `${client}void client.${call};`)).toEqual(
      expect.arrayContaining(offered),
    );
  });

  test('values that are newer, what platforms add to fetch, and nothing that the client sets itself', async () => {
    const platforms = "cache: 'no-store', next: { revalidate: 60 }, cf: {}, dispatcher: {}";
    const file = path.join(consumer.folder, 'program.ts');
    const calls = [
      "listModels({ family: 'newer', algorithm: 'newer' })",
      `listModels({}, { init: { ${platforms} } })`,
      "listModels({}, { init: { cache: 'sometimes' } })",
      "listModels({}, { init: { method: 'POST' } })",
    ];
    writeFileSync(file, client + calls.map((call) => `void client.${call};\n`).join(''));
    expect(await compile([file], { lib: ['es2022'] })).toEqual([
      expect.stringContaining('"sometimes"'),
      expect.stringContaining("'string' is not assignable to type 'undefined'"),
    ]);
  });
});

// The runtime matrix compiles them by other compilers, and for bundlers and browsers.
describe('the types compile', () => {
  const node = { types: ['node'], typeRoots: [path.join(root, 'node_modules', '@types')] };

  test.each([
    { where: 'where there is nothing but ECMAScript 2022', file: 'client.ts', options: {} },
    { where: 'with the types of Node', file: 'platform.ts', options: node },
  ])('$where', async ({ file, options }) => {
    const files = [path.join(consumer.folder, 'types', file)];
    expect(await compile(files, { lib: ['es2022'], verbatimModuleSyntax: true, ...options })).toEqual([]);
  });
});

describe('the tools that judge packages find nothing in', () => {
  /** Runs a tool of the project's by its command line. */
  const runTool = (bin: string, ...args: string[]) =>
    run(process.execPath, [path.join(root, 'node_modules', bin), ...args]);

  test('the manifest and the files (publint)', async () => {
    const { messages, pkg } = await publint({ pkgDir: home, pack: false, strict: true });
    // A page that loads the files as they are can't read `imports`, so bundlers find theirs under `browser`.
    const found = messages.filter(({ code }) => code !== 'USE_EXPORTS_OR_IMPORTS_BROWSER');
    expect(found.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test('the types as each resolution sees them (attw)', async () => {
    const args = ['--profile', 'esm-only', '--exclude-entrypoints', 'openapi.yaml', '--format', 'ascii'];
    const printed = await runTool('@arethetypeswrong/cli/dist/index.js', packed.tarball, ...args);
    expect(printed).toContain('node16 (from ESM): 🟢 (ESM)'); // it fails by its exit code
  });

  test('what is exported, imported and depended on (knip)', async () => {
    expect(await runTool('knip/bin/knip.js', '--no-progress')).toBe('');
  });
});
