/** Rates what changed between two contracts: `redocly diff` compares, the house's overrides correct. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keysOf } from '../contract/pointer.ts';
import { redocly } from '../redocly.ts';
import type { NormalForm } from './normal-form.ts';
import { type Impact, impacts, overrides, type RedoclyChange } from './ratings.ts';

export interface Change {
  impact: Impact;
  /** What changed, as one sentence. */
  message: string;
  /** Why the rating is not that of `redocly diff`. */
  why?: string;
  /** Where it stands, as JSON pointers into the two documents; absent on the side where it is not. */
  base?: string;
  revision?: string;
  /** The place of a change that is not in the contract but in the types. */
  where?: string;
}

export interface Pair {
  base: NormalForm;
  revision: NormalForm;
}

/**
 * The changes of each pair. All pairs are compared in one run, since starting the tool takes longer than
 * comparing: pair 3 goes to the path `/3/api/…`.
 *
 * @throws if the tool fails, or does not find the two changes planted for it, which is what happens
 * when its rules are not loaded
 */
export async function rate(
  pairs: readonly Pair[],
  config = 'extends: [diff-recommended]\n',
): Promise<Change[][]> {
  const all = [...pairs, canary];
  const report = await redoclyDiff(
    document(all.map(({ base }) => base)),
    document(all.map(({ revision }) => revision)),
    config,
  );
  const found = all.map((): RedoclyChange[] => []);
  for (const change of report) {
    const index = /^#\/paths\/~1(\d+)/.exec(change.path)?.[1];
    // What is left stands in `components`: security schemes, rated where an operation requires them.
    if (index) found[Number(index)]?.push(change);
  }
  const caught = found
    .pop()
    ?.map(({ impact }) => impact)
    .sort()
    .join();
  if (caught !== 'major,minor') {
    throw new Error(
      `The rules of \`redocly diff\` are not in force: it rated the planted changes "${caught}".`,
    );
  }
  return pairs.map((pair, index) => {
    const changes = (found[index] ?? []).map((change) => judge(change, pair));
    if (pair.base.about !== pair.revision.about) changes.push(aboutChange);
    return merge(changes);
  });
}

export function highest(changes: readonly Change[]): Impact | undefined {
  return impacts.findLast((impact) => changes.some((change) => change.impact === impact));
}

const aboutChange: Change = {
  impact: 'patch',
  message: 'The words about the API as a whole changed.',
  base: '#/info',
  revision: '#/info',
};

/** A parameter is removed (major) and a property is added to the response (minor). */
const canary: Pair = {
  base: canaryForm([{ name: 'canary', in: 'query', schema: { type: 'string' } }], {}),
  revision: canaryForm([], { canary: { type: 'string' } }),
};

function canaryForm(parameters: unknown[], properties: object): NormalForm {
  const content = { 'application/json': { schema: { type: 'object', properties } } };
  const get = { operationId: 'canary', parameters, responses: { 200: { description: '', content } } };
  return { path: '/canary', item: { get }, securitySchemes: {}, about: '', origins: new Map() };
}

function document(forms: readonly NormalForm[]): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Comparison', version: '1.0.0' },
    paths: Object.fromEntries(forms.map(({ path, item }, index) => [`/${index}${path}`, item])),
    components: { securitySchemes: Object.assign({}, ...forms.map((form) => form.securitySchemes)) },
  };
}

async function redoclyDiff(base: object, revision: object, config: string): Promise<RedoclyChange[]> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'contract-diff-'));
  try {
    await writeFile(path.join(cwd, 'base.json'), JSON.stringify(base));
    await writeFile(path.join(cwd, 'revision.json'), JSON.stringify(revision));
    await writeFile(path.join(cwd, 'redocly.yaml'), config);
    const args = ['diff', 'base.json', 'revision.json', '--config', 'redocly.yaml', '--fail-on', 'none'];
    await redocly([...args, '--format', 'json', '--output', 'report.json'], cwd);
    const report = JSON.parse(await readFile(path.join(cwd, 'report.json'), 'utf8'));
    if (report.reportVersion !== '1') throw new Error(`Unknown report version ${report.reportVersion}.`);
    return report.changes;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

function judge(change: RedoclyChange, { base, revision }: Pair): Change {
  const override = overrides.find((candidate) => candidate.applies(change));
  const corrected = override && override.impact !== change.impact ? { why: override.why } : {};
  return {
    impact: override?.impact ?? change.impact,
    message: describe(change),
    ...corrected,
    ...(change.base && { base: originOf(change.base.pointer, base) }),
    ...(change.revision && { revision: originOf(change.revision.pointer, revision) }),
  };
}

function describe({ verdicts, typeName, kind, path, property, base, revision }: RedoclyChange): string {
  // The number in front of the path is ours.
  if (verdicts.length > 0) return verdicts.map(({ message }) => message.replace(/\/\d+\//g, '/')).join(' ');
  const [before, after] = [base?.value, revision?.value];
  if (kind !== 'modified') {
    const { name = keysOf(path).at(-1) } = (after ?? before ?? {}) as { name?: string };
    return `${typeName} \`${name}\` was ${kind}.`;
  }
  if (before === undefined) return `\`${property}\` was set to ${show(after)}.`;
  if (after === undefined) return `\`${property}\` was removed; it was ${show(before)}.`;
  if (Array.isArray(before) && Array.isArray(after)) {
    const lost = before.filter((value) => !after.includes(value)).map((value) => `lost ${show(value)}`);
    const gained = after.filter((value) => !before.includes(value)).map((value) => `gained ${show(value)}`);
    return `\`${property}\` ${[...lost, ...gained].join(', ')}.`;
  }
  return `\`${property}\` changed from ${show(before)} to ${show(after)}.`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Where a node of the compared form came from: its own origin or that of the nearest node above it. */
function originOf(pointer: string, { origins }: NormalForm): string {
  const place = pointer.replace(/^#\/paths\/[^/]+/, '');
  for (let end = place.length; end >= 0; end = place.lastIndexOf('/', end - 1)) {
    const origin = origins.get(place.slice(0, end));
    if (origin) return origin + place.slice(end);
    if (end === 0) break;
  }
  return pointer;
}

/** A schema that many responses share changes once. */
function merge(changes: readonly Change[]): Change[] {
  const unique = new Map(changes.map((change) => [JSON.stringify(change), change]));
  return [...unique.values()].sort((a, b) => impacts.indexOf(b.impact) - impacts.indexOf(a.impact));
}
