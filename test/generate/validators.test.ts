import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Report,
  validateAPIErrorPayload,
  validateQuery,
  validateTrainingCatalogResponse,
  validateTrainingModel,
} from '../../generated/validators.ts';
import { parsedContract } from '../contract/read-yaml.ts';
import { root } from '../run-script.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const numRuns = 2000;

const contract = parsedContract();

// The independent judge: Ajv's own vocabulary of 2020-12 over the YAML as it stands.
const ajv = new Ajv2020({ strict: false, strictNumbers: true });
ajv.addSchema(contract, 'contract');
const judge = (name: string) => ajv.compile({ $ref: `contract#/components/schemas/${name}` });
const queryJudge = ajv.compile({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.keys(contract.components.parameters).map((name) => [
      name,
      { $ref: `contract#/components/parameters/${name}/schema` },
    ]),
  ),
});

interface Subject {
  name: string;
  validate: (data: unknown, report: Report) => void;
  accepts: (data: unknown) => boolean;
  /** Valid values to start from. */
  valid: unknown[];
}

const bodies = Object.values<{ value: Record<string, unknown> }>(contract.components.examples).map(
  ({ value }) => value,
);
const catalogs = bodies.filter((value) => 'total' in value);

const subjects: Subject[] = [
  {
    name: 'validateTrainingCatalogResponse',
    validate: validateTrainingCatalogResponse,
    accepts: judge('TrainingCatalogResponse'),
    // Short ones, so that a change often hits something else than one more model.
    valid: [
      { limit: 1, total: 0 },
      ...catalogs.map((value) => ({ ...value, models: (value['models'] as unknown[]).slice(-2) })),
    ],
  },
  {
    name: 'validateTrainingModel',
    validate: validateTrainingModel,
    accepts: judge('TrainingModel'),
    valid: catalogs.flatMap((value) => value['models'] as unknown[]),
  },
  {
    name: 'validateAPIErrorPayload',
    validate: validateAPIErrorPayload,
    accepts: judge('APIErrorPayload'),
    valid: bodies.filter((value) => 'code' in value),
  },
  {
    name: 'validateQuery',
    validate: validateQuery,
    accepts: queryJudge,
    valid: [
      {},
      { query: '8b', family: 'qwen', algorithm: 'ppo', min_size_b: 0.5, max_size_b: 100, limit: 100 },
      { query: null, family: null, algorithm: null, min_size_b: null, max_size_b: null, limit: 1 },
    ],
  },
];

/** Where rules have their edges, and what JSON can't hold but JavaScript can. */
const edges = fc.constantFrom(
  0,
  -1,
  1,
  0.1,
  0.09999,
  5.5,
  20,
  100,
  101,
  1e21,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  '',
  'qwen',
  'mistral',
  'sft',
  'moe',
  '20',
  'null',
  400,
  418,
  422,
  'validation_error',
  'new_error',
  null,
  true,
  false,
  undefined,
);
const anything = fc.oneof(
  edges,
  fc.double(),
  fc.constantFrom<unknown>(
    [],
    {},
    ['sft', 'ppo'],
    ['query', 1],
    [{}],
    [{ loc: ['query', 1], msg: '', type: '' }],
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

type Change = { at: number; how: 'replace' | 'delete' | 'add'; value: unknown };
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(10_000),
  how: fc.constantFrom('replace', 'replace', 'delete', 'add'),
  value: anything,
});

/** A copy with one thing changed, at whichever place the number picks. */
function changed(valid: unknown, { at, how, value }: Change): unknown {
  const copy = structuredClone({ valid });
  const places: [Record<string, unknown>, string][] = [];
  const visit = (parent: object) => {
    for (const [key, child] of Object.entries(parent)) {
      places.push([parent as Record<string, unknown>, key]);
      if (typeof child === 'object' && child !== null) visit(child);
    }
  };
  visit(copy);
  const [parent, key] = places[at % places.length] as (typeof places)[number];
  if (how === 'replace' || key === 'valid') parent[key] = value;
  else if (how === 'add') parent[Array.isArray(parent) ? String(parent.length) : 'added'] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return copy.valid;
}

interface Violation {
  path: string;
  rule: string;
  expected: unknown;
}

function violations({ validate }: Subject, data: unknown): Violation[] {
  const found: Violation[] = [];
  validate(data, (at, rule, expected) => found.push({ path: at, rule, expected }));
  return found;
}

/** The one deliberate difference: a whole number that JSON.parse can't tell from its neighbours is refused. */
function isUnsafeInteger({ path: at, rule, expected }: Violation, data: unknown): boolean {
  if (rule !== 'type' || !/\binteger$/.test(String(expected))) return false;
  const value = at
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], data);
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

describe('the generated validators', () => {
  test.each(subjects)('$name accepts the values that the properties start from', (subject) => {
    for (const value of subject.valid) expect(violations(subject, value)).toEqual([]);
    expect(subject.valid.filter((value) => !subject.accepts(value))).toEqual([]);
  });

  test.each(subjects)('$name and Ajv give one verdict on valid values with one thing changed', (subject) => {
    const count = { accepted: 0, rejected: 0, unsafe: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...subject.valid), change, (valid, step) => {
        const data = changed(valid, step);
        const found = violations(subject, data).filter((violation) => {
          const unsafe = isUnsafeInteger(violation, data);
          if (unsafe) count.unsafe += 1;
          return !unsafe;
        });
        const accepted = subject.accepts(data);
        count[accepted ? 'accepted' : 'rejected'] += 1;
        expect(found.length === 0, JSON.stringify(found)).toBe(accepted);
      }),
      { seed, numRuns },
    );
    console.log(`${subject.name}: ${JSON.stringify(count)} of ${numRuns}, seed ${seed}`);
    expect(count.accepted / numRuns).toBeGreaterThan(0.1);
    expect(count.rejected / numRuns).toBeGreaterThan(0.1);
  });

  test.each(subjects)('$name and Ajv give one verdict on any JSON', (subject) => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        expect(violations(subject, data).length === 0).toBe(subject.accepts(data));
      }),
      { seed, numRuns },
    );
  });

  test('refuse whole numbers beyond 2^53, which Ajv takes', () => {
    const data = { limit: 20, models: [], total: 2 ** 53 };
    const [subject] = subjects as [Subject];
    expect(violations(subject, data)).toEqual([{ path: '/total', rule: 'type', expected: 'integer' }]);
    expect(subject.accepts(data)).toBe(true);
  });

  test('report every violation with its path, the rule and what the rule expects', () => {
    const [, model] = subjects as [Subject, Subject];
    const { tinker_id: _, ...rest } = model.valid[0] as Record<string, unknown>;
    const data = {
      ...rest,
      size_b: 0,
      family: 'mistral',
      pricing: 'free',
      supported_algorithms: ['sft', 'dpo'],
    };
    expect(violations(model, data)).toEqual([
      { path: '/tinker_id', rule: 'required', expected: undefined },
      { path: '/family', rule: 'enum', expected: undefined },
      { path: '/size_b', rule: 'minimum', expected: 0.1 },
      { path: '/supported_algorithms/1', rule: 'enum', expected: undefined },
      { path: '/pricing', rule: 'type', expected: 'object or null' },
    ]);
  });

  test('need no code generation at run time and import nothing', () => {
    const text = readFileSync(path.join(root, 'generated', 'validators.ts'), 'utf8');
    expect(text).not.toMatch(/\beval\b|\bFunction\b|\bimport\b|\brequire\(/);
  });
});
