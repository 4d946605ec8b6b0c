import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsedContract } from '../contract/read-yaml.ts';
import { type Consumer, install, type Packed, pack, root, run } from './consumer.ts';
import { compile, completions, hover, oneLine } from './editor.ts';
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

/** Runs a tool of the project's own by its command line. */
async function runTool(name: string, bin: string, ...args: string[]): Promise<string> {
  return run(process.execPath, [path.join(root, 'node_modules', name, bin), ...args], { cwd: root });
}

describe('the tarball', () => {
  test('has exactly these files apart from sources and build', async () => {
    const generated = await readdir(path.join(root, 'generated'), { recursive: true, withFileTypes: true });
    const files = generated
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    expect(packed.files.filter((file) => !/^(?:src|dist)\//.test(file)).sort()).toEqual(
      ['LICENSE', 'README.md', 'openapi/openapi.yaml', 'package.json', ...files].sort(),
    );
  });

  test('has sources in TypeScript, and a build of modules, their types and source maps', () => {
    expect(packed.files.filter((file) => file.startsWith('src/') && !file.endsWith('.ts'))).toEqual([]);
    const built = packed.files.filter((file) => file.startsWith('dist/'));
    expect(built.filter((file) => !/\.(?:js|d\.ts|js\.map|d\.ts\.map)$/.test(file))).toEqual([]);
  });

  test('has the file that each door of the package leads to', async () => {
    const { exports, bin } = await readJson(path.join(home, 'package.json'));
    const doors = Object.values(exports as Record<string, string | Record<string, string>>).flatMap((door) =>
      typeof door === 'string' ? [door] : Object.values(door),
    );
    const targets = [...doors, ...Object.values(bin as Record<string, string>)].map((file) =>
      path.posix.normalize(file),
    );
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((file) => !packed.files.includes(file))).toEqual([]);
  });

  test('names the types first at each door, and leaves the rest to the default', async () => {
    const { exports } = await readJson(path.join(home, 'package.json'));
    const doors = Object.values(exports as Record<string, string | object>);
    for (const door of doors.filter((door) => typeof door === 'object')) {
      expect(Object.keys(door)).toEqual(['types', 'default']);
    }
  });

  test('brings no more than three packages', async () => {
    const { packages } = await readJson(path.join(consumer.folder, 'node_modules', '.package-lock.json'));
    expect(Object.keys(packages).length).toBeLessThanOrEqual(3);
  });

  test('takes less than 2 MB on disk with all that it brings', async () => {
    const folder = path.join(consumer.folder, 'node_modules');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const sizes = entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(path.join(entry.parentPath, entry.name))).size);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThan(2_000_000);
  });
});

test('a tool that reads no exports finds the root door by main and types', async () => {
  const { main, types, exports } = await readJson(path.join(home, 'package.json'));
  expect({ types, default: main }).toEqual(exports['.']);
});

describe('what a page, a worker or a test under jsdom loads', () => {
  const doors = ['index.js', 'raw.js', 'server.js', 'verify.js'];

  test.each(doors)('%s needs nothing but ECMAScript to be imported', async (door) => {
    const { outputFiles } = await build({
      entryPoints: [path.join(home, 'dist', door)],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'door',
    });
    // A context of its own has what the language has: no console, no TextDecoder, no fetch, no process.
    const context = createContext({});
    runInContext(outputFiles[0]?.text ?? '', context);
    expect(typeof runInContext('door', context)).toBe('object');
  });

  test.each(doors)('%s imports nothing later, which a service worker forbids', async (door) => {
    const { metafile } = await build({
      entryPoints: [path.join(home, 'dist', door)],
      bundle: true,
      write: false,
      format: 'esm',
      metafile: true,
    });
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    expect(imports.filter(({ kind }) => kind !== 'import-statement')).toEqual([]);
  });
});

test('importing the client loads neither another door nor another package', async () => {
  const folder = path.join(consumer.folder, 'coverage');
  const script = "import('training-catalog-contract')";
  const env = { ...process.env, NODE_V8_COVERAGE: folder };
  await run(process.execPath, ['-e', script], { cwd: consumer.folder, env });
  const { files, processes } = await loadedFiles(folder);
  expect(processes).toBe(1);
  expect(files).toContain('index.js');
  const others = ['raw', 'server', 'node', 'mock', 'verify', 'cli'].map((door) => `${door}.js`);
  // openapi-fetch would be index.mjs.
  expect(files.filter((file) => others.includes(file) || !file.endsWith('.js'))).toEqual([]);
});

describe('going to a definition', () => {
  test('finds the sources of all maps in the tarball', async () => {
    const maps = packed.files.filter((file) => file.endsWith('.map'));
    expect(maps.length).toBeGreaterThan(10);
    for (const map of maps) {
      const { sources, sourcesContent } = await readJson(path.join(home, map));
      // One of a dependency's has its text in the map, as the place of its file differs from folder to folder.
      const places = (sources as string[])
        .filter((source, i) => !(source.includes('node_modules') && sourcesContent[i]))
        .map((source) => path.join(path.dirname(map), source));
      expect(
        places.filter((place) => !packed.files.includes(place)),
        map,
      ).toEqual([]);
    }
  });

  test('lands in the source, as an editor asks for it', async () => {
    const homes = {
      createTrainingCatalogClient: 'src/client/client.ts',
      isApiError: 'src/client/errors.ts',
      families: 'generated/values.ts',
    };
    const names = Object.keys(homes);
    const program = path.join(consumer.folder, 'program.ts');
    const lines = names.map((name) => `import { ${name} } from 'training-catalog-contract';`);
    await writeFile(program, lines.join('\n'));
    const settings = { compilerOptions: { module: 'nodenext', types: [] }, include: ['*.ts'] };
    await writeFile(path.join(consumer.folder, 'tsconfig.json'), JSON.stringify(settings));
    const server = spawn(process.execPath, [path.join(root, 'node_modules/typescript/lib/tsserver.js')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    try {
      const ask = (command: string, args: object) =>
        server.stdin.write(`${JSON.stringify({ seq: 1, type: 'request', command, arguments: args })}\n`);
      ask('open', { file: program });
      const offset = 'import { '.length + 1;
      for (const index of names.keys()) ask('definition', { file: program, line: index + 1, offset });
      const found: string[][] = [];
      for await (const line of createInterface({ input: server.stdout })) {
        if (!line.includes('"command":"definition"')) continue;
        const { body } = JSON.parse(line) as { body: { file: string }[] };
        // An overload is a definition of its own.
        found.push([...new Set(body.map((definition) => path.relative(home, definition.file)))]);
        if (found.length === names.length) break;
      }
      expect(found).toEqual(Object.values(homes).map((file) => [file]));
    } finally {
      server.kill();
    }
  });
});

describe('pointing at a property shows what the contract says about it', () => {
  interface Described {
    description?: string;
  }
  interface Parameter extends Described {
    $ref?: string;
    in: string;
    name: string;
  }
  const contract = parsedContract();
  interface Item {
    parameters?: Parameter[];
    get: { operationId: string; parameters?: Parameter[] };
  }
  const [item] = Object.values(contract.paths) as [Item];
  const parameters = [...(item.parameters ?? []), ...(item.get.parameters ?? [])].map(
    (parameter): Parameter =>
      parameter.$ref ? contract.components.parameters[parameter.$ref.split('/').at(-1) as string] : parameter,
  );
  /** By name, for the properties of a schema that have one. */
  const propertiesOf = (schema: string): [string, string][] =>
    Object.entries<Described>(contract.components.schemas[schema].properties ?? {}).flatMap(
      ([name, { description }]) => (description ? [[name, description]] : []),
    );

  /** Compares what is shown for each property of a type. */
  function expectDescriptions(imports: string, type: string, descriptions: [string, string][]): void {
    expect(descriptions).not.toEqual([]);
    const preamble = `${imports}\ndeclare const value: NonNullable<${type}>;\n`;
    const names = descriptions.map(([name]) => name);
    const texts = hover(
      consumer.folder,
      preamble,
      names.map((name) => `value[${JSON.stringify(name)}]`),
    );
    // The package may add to what the contract says.
    const silent = descriptions.filter(([, description], i) => !texts[i]?.includes(oneLine(description)));
    expect(silent).toEqual([]);
  }

  const fromRoot = (name: string) => `import type { ${name} } from 'training-catalog-contract';`;
  const fromSchema = "import type { components, operations } from 'training-catalog-contract/schema';";

  test.each(['TrainingModel', 'TrainingModelPricing', 'ValidationErrorItem'])('%s', (name) => {
    expectDescriptions(fromRoot(name), name, propertiesOf(name));
  });

  test('TrainingCatalog', () => {
    expectDescriptions(
      fromRoot('TrainingCatalog'),
      'TrainingCatalog',
      propertiesOf('TrainingCatalogResponse'),
    );
  });

  test('CatalogQuery', () => {
    const query = parameters.filter((parameter) => parameter.in === 'query');
    expectDescriptions(
      fromRoot('CatalogQuery'),
      'CatalogQuery',
      query.map(({ name, description = '' }) => [name, description]),
    );
  });

  const schemas = Object.keys(contract.components.schemas).filter((name) => propertiesOf(name).length > 0);
  test.each(schemas)('%s of the exact types', (name) => {
    expectDescriptions(fromSchema, `components['schemas']['${name}']`, propertiesOf(name));
  });

  test.each([...new Set(parameters.map((parameter) => parameter.in))])(
    '%s parameters of the exact types',
    (place) => {
      expectDescriptions(
        fromSchema,
        `operations['${item.get.operationId}']['parameters']['${place}']`,
        parameters
          .filter((parameter) => parameter.in === place)
          .map(({ name, description = '' }) => [name, description]),
      );
    },
  );
});

describe('an editor offers', () => {
  const { properties } = parsedContract().components.schemas.TrainingModel;
  const client = `import { createTrainingCatalogClient } from 'training-catalog-contract';
    const client = createTrainingCatalogClient();
    void client.`;

  test.each([
    ['families', 'family', properties.family.enum],
    ['algorithms', 'algorithm', properties.supported_algorithms.items.enum],
  ])('the %s that models have in a query, and takes any other text', (_, name, values: string[]) => {
    for (const method of ['listModels', 'listModels.withResponse', 'listAllModels']) {
      const offered = completions(consumer.folder, `${client}${method}({ ${name}: '' });`);
      expect(offered).toEqual(expect.arrayContaining(values));
    }
    const file = path.join(consumer.folder, 'newer.ts');
    writeFileSync(file, `${client}listModels({ ${name}: 'newer' });`);
    expect(compile(file, {})).toEqual([]);
  });

  test('what the platform’s fetch takes, and nothing that is the client’s own', async () => {
    const write = (init: string) =>
      `/// <reference lib="dom" />\n${client}listModels({}, { init: { ${init} } });`;
    expect(completions(consumer.folder, write("cache: ''"))).toContain('no-store');
    const file = path.join(consumer.folder, 'init.ts');
    for (const [init, problems] of [
      ["cache: 'no-store', next: { revalidate: 60 }, cf: {}, dispatcher: {}", 0],
      ["cache: 'sometimes'", 1],
      ["method: 'POST'", 1],
    ] as const) {
      writeFileSync(file, write(init));
      expect(compile(file, {})).toHaveLength(problems);
    }
  });
});

describe('the types compile', () => {
  const dom = ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'];
  const node = { types: ['node'], typeRoots: [path.join(root, 'node_modules', '@types')] };
  const node10 = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Node10 };
  const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };

  test.each([
    { where: 'where there is nothing but ECMAScript 2022', file: 'client.ts', options: {} },
    { where: 'for a bundler', file: 'client.ts', options: bundler },
    { where: 'for a tool that reads no exports', file: 'client.ts', options: node10 },
    { where: 'with the library of browsers', file: 'platform.ts', options: { lib: dom } },
    { where: 'with the types of Node', file: 'platform.ts', options: node },
  ])('$where', ({ file, options }) => {
    expect(compile(path.join(consumer.folder, 'types', file), options)).toEqual([]);
  });
});

describe('the tools that judge packages find nothing in', () => {
  test('the manifest and the files (publint)', async () => {
    const { messages, pkg } = await publint({ pkgDir: home, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test('the types as each resolution sees them (attw)', async () => {
    const args = ['--profile', 'esm-only', '--exclude-entrypoints', 'openapi.yaml', '--format', 'ascii'];
    const printed = await runTool('@arethetypeswrong/cli', 'dist/index.js', packed.tarball, ...args);
    expect(printed).toContain('node16 (from ESM): 🟢 (ESM)'); // it fails by its exit code
  });

  test('what is exported, imported and depended on (knip)', async () => {
    expect(await runTool('knip', 'bin/knip.js', '--no-progress')).toBe('');
  });
});
