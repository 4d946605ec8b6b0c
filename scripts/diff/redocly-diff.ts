/** Has `redocly diff` rate keywords that differ, and applies the overrides of ratings.ts. */
import { redoclyOutput } from '../redocly.ts';
import { type Change, describeAbsence, describeKeyword, describeNull } from './changes.ts';
import type { Difference, Keywords } from './findings.ts';
import type { Keyword } from './keywords.ts';
import { byImpact, type Direction, type Impact, impacts, type KeywordChange, overrides } from './ratings.ts';

/** A change as `redocly diff --format json` reports it. */
interface RedoclyChange {
  impact: Impact;
  /** The keyword that changed, of a modified node. */
  property?: string;
  /** Absent if the keyword is new. */
  base?: { pointer: string };
  /** Absent if the keyword is gone. */
  revision?: { pointer: string };
}

type Side = 'base' | 'revision';

/** A difference whose ratings are known: a tightened bound is major, a deprecation is a patch. */
const canary: Difference = {
  of: 'schema',
  direction: 'request',
  subject: 'canary',
  base: new Map(Object.entries({ maximum: { value: 2, pointer: '#' } })),
  revision: new Map(
    Object.entries({ maximum: { value: 1, pointer: '#' }, deprecated: { value: true, pointer: '#' } }),
  ),
};

/**
 * The rated changes of each difference. All are rated in one run, since starting the tool takes longer than its
 * work.
 *
 * @throws if the tool fails, or rates the canary wrong, as it does when its rules are not loaded
 */
export async function rate(
  differences: readonly Difference[],
  config = 'extends: [diff-recommended]\n',
): Promise<Change[][]> {
  if (differences.length === 0) return [];
  const all = [...differences, canary];
  const found = new Map<string, Impact>();
  for (const { impact, property, base, revision } of await redoclyDiff(all, config)) {
    const [, id] = /(?:\/|~1)n(\d+)(?:\/|$)/.exec((base ?? revision)?.pointer ?? '') ?? [];
    if (id && property) found.set(`${id} ${property}`, impact);
  }
  const rated = ['maximum', 'deprecated'].map((keyword) => found.get(`${differences.length} ${keyword}`));
  if (rated.join() !== 'major,patch') {
    throw new Error(
      `The rules of \`redocly diff\` are not in force: it rated the planted changes "${rated}".`,
    );
  }
  return differences.map((difference, id) => {
    const changes = differing(difference).map((keyword) => {
      const impact = found.get(`${id} ${keyword}`);
      if (!impact)
        throw new Error(`\`redocly diff\` did not see that \`${keyword}\` of ${difference.subject} changed.`);
      return changeOf(difference, keyword, impact);
    });
    return difference.of === 'property' ? joinAbsence(difference, changes) : changes;
  });
}

/** In most languages "optional" and "may be null" are the same, so both changes of a property are told as one. */
function joinAbsence({ subject, base, revision }: Difference, changes: Change[]): Change[] {
  const [one, other] = changes.toSorted(byImpact);
  const nullness = describeNull(base.get('type')?.value, revision.get('type')?.value);
  if (!one || !other || !nullness) return changes;
  return [{ ...one, message: describeAbsence(subject, revision.has('required'), nullness) }];
}

/** The keywords that differ. A bound that became exclusive or inclusive is one change, of the inclusive keyword. */
function differing({ base, revision }: Difference): string[] {
  const keywords = [...new Set([...base.keys(), ...revision.keys()])].filter(
    (keyword) => JSON.stringify(base.get(keyword)?.value) !== JSON.stringify(revision.get(keyword)?.value),
  );
  return keywords.filter(
    (keyword) => inclusive(keyword) === keyword || !keywords.includes(inclusive(keyword)),
  );
}

/** `exclusiveMinimum` gives `minimum`. */
const inclusive = (keyword: string) => keyword.replace(/^exclusiveM/, 'm');

export function highest(changes: readonly { impact: Impact }[]): Impact | undefined {
  return impacts.findLast((impact) => changes.some((change) => change.impact === impact));
}

function changeOf(difference: Difference, keyword: string, impact: Impact): Change {
  const { of, direction, subject } = difference;
  const base = read(difference.base, keyword);
  const revision = read(difference.revision, keyword);
  const values = { before: base?.value, after: revision?.value };
  const change: KeywordChange = { of, direction, keyword, ...values, impact };
  const override = overrides.find((candidate) => candidate.applies(change));
  return {
    impact: override?.impact ?? impact,
    message: describeKeyword(subject, change),
    keyword,
    ...(override && { why: override.why }),
    ...(base && { base: base.pointer }),
    ...(revision && { revision: revision.pointer }),
  };
}

/** A keyword; for a bound, else its exclusive form. */
function read(keywords: Keywords, keyword: string): Keyword | undefined {
  const found = keywords.get(keyword);
  const other = keywords.get(`exclusive${keyword.charAt(0).toUpperCase()}${keyword.slice(1)}`);
  return found ?? (other && { ...other, value: `exclusive ${other.value}` });
}

/**
 * A document in which each difference has its place, the same in both versions. So the tool has nothing to match:
 * it matches list items by likeness, and would take a parameter with other words for another parameter.
 */
function documentOf(differences: readonly Difference[], side: Side): object {
  const schemas: Record<Direction, Record<string, object>> = { request: {}, response: {} };
  const parameters: Record<string, object> = {};
  const operations: Record<string, object> = {};
  for (const [index, difference] of differences.entries()) {
    const id = `n${index}`;
    const node = plain(difference[side]);
    const responses = { 200: { description: '' } };
    if (difference.of === 'schema' || difference.of === 'property') {
      schemas[difference.direction][id] = node;
    } else if (difference.of === 'parameter') {
      parameters[id] = { name: id, in: 'query', ...node };
    } else {
      const body = difference.of === 'request body';
      operations[`/${id}`] = { post: body ? { requestBody: node, responses } : { ...node, responses } };
    }
  }
  const content = (direction: Direction) => ({
    'application/json': { schema: { properties: schemas[direction] } },
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Comparison', version: '1.0.0' },
    paths: {
      '/schemas': {
        post: {
          parameters: Object.keys(parameters).map((id) => ({ $ref: `#/components/parameters/${id}` })),
          requestBody: { content: content('request') },
          responses: { 200: { description: '', content: content('response') } },
        },
      },
      ...operations,
    },
    components: { parameters },
  };
}

const plain = (keywords: Keywords): Record<string, unknown> =>
  Object.fromEntries([...keywords].map(([key, { value }]) => [key, value]));

async function redoclyDiff(differences: readonly Difference[], config: string): Promise<RedoclyChange[]> {
  const files = {
    'base.json': JSON.stringify(documentOf(differences, 'base')),
    'revision.json': JSON.stringify(documentOf(differences, 'revision')),
    'redocly.yaml': config,
  };
  const options = ['--config', 'redocly.yaml', '--fail-on', 'none', '--format', 'json'];
  const args = ['diff', 'base.json', 'revision.json', ...options];
  const { reportVersion, changes } = JSON.parse(await redoclyOutput(files, args, 'changes.json'));
  if (reportVersion !== '1') throw new Error(`Unknown report version ${reportVersion}.`);
  return changes;
}
