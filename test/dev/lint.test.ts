/** What the warm process finds is what `npm run lint` finds, at the same places. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractPath, loadLintRules, readContract, root } from '../../scripts/contract/read.ts';

const defects: [name: string, from: string | RegExp, to: string][] = [
  ['nothing wrong', 'openapi: 3.1.0', 'openapi: 3.1.0'],
  ['a property without a description', '          description: The limit that was applied.\n', ''],
  ['an example of the wrong type', 'size_b: 70', 'size_b: seventy'],
  ['a list that is none', 'required: [limit, total]', 'required: yes'],
  ['a reference to nothing', 'schemas/TrainingModel"', 'schemas/TrainingMode"'],
  [
    'a component that nobody uses',
    /(?<=conflict:\n\s+\$ref: "#\/components\/examples\/)Conflict/,
    'AlreadyExists',
  ],
  ['a required property that does not exist', 'required: [limit, total]', 'required: [limit, total, page]'],
  ['an enum with a stranger', 'enum: ["dense", "moe"]', 'enum: ["dense", 3]'],
  ['an enum with a twin', 'enum: ["dense", "moe"]', 'enum: ["dense", "dense"]'],
  ['a status that is missing', /\s+"409":\n.*AlreadyExists"/, ''],
  ['another envelope', /(?<=GatewayTimeout:[\s\S]{0,400}?schemas\/)APIErrorPayload/, 'ValidationErrorItem'],
  ['an error without advice', /What to do: try again later\.\n/, 'Good luck.\n'],
  ['a keyword of another version', 'type: boolean', 'type: boolean\n          nullable: true'],
  ['a parameter given twice', 'parameters/family"', 'parameters/query"'],
  ['a security scheme that is not defined', '- bearerAuth: []', '- bearer: []'],
  ['another media type', 'application/json', 'text/plain'],
];

let directory: string;
const files: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'lint-'));
  const text = await readFile(contractPath, 'utf8');
  for (const [index, [name, from, to]] of defects.entries()) {
    const edited = text.replace(from, to);
    if (index > 0) expect(edited, name).not.toBe(text);
    files.push(path.join(directory, `${index}.yaml`));
    await writeFile(files[index] as string, edited);
  }
});

afterAll(() => rm(directory, { recursive: true, force: true }));

/** By file; the command line prints one JSON document for each, end to end. */
async function findByCommand(): Promise<string[][]> {
  const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
  const stdout = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [cli, 'lint', ...files, '--config', 'redocly.yaml', '--format', 'json', '--max-problems', '1000'],
      {
        cwd: root,
        maxBuffer: 1e8,
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
      // It fails, since there is something to find.
      (_, output) => resolve(output),
    );
  });
  const reports = JSON.parse(`[${stdout.replaceAll(/^\}\{$/gm, '},{')}]`);
  return reports.map(
    (report: { problems: { message: string; location: { start: { line: number; col: number } }[] }[] }) =>
      report.problems
        .map(({ message, location: [place] }) => `${place?.start.line}:${place?.start.col} ${message}`)
        .sort(),
  );
}

async function findInProcess(): Promise<string[][]> {
  const rules = await loadLintRules();
  return Promise.all(
    files.map(async (file) => {
      const shown = path.relative(process.cwd(), file);
      const message = await readContract(file, { rules }).then(
        () => '',
        (error: Error) => error.message,
      );
      return message
        .split(`${shown}:`)
        .filter(Boolean)
        .map((problem) => problem.trim().replace(/ \(#[^)]*\)$/, ''))
        .sort();
    }),
  );
}

test('the same findings in the same places for each defect', async () => {
  const [expected, found] = await Promise.all([findByCommand(), findInProcess()]);
  expect(found.map((problems) => problems.length > 0)).toEqual(defects.map((_, index) => index > 0));
  for (const [index, [name]] of defects.entries()) expect(found[index], name).toEqual(expected[index]);
}, 90_000);
