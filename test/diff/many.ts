/** Compares many pairs of small documents in one run of the gate, whose start takes longer than its work. */
import { type Change, compare } from '../../scripts/diff/compare.ts';
import type { Any } from './tables/small.ts';

export interface Pair {
  base: Any;
  revision: Any;
  whole?: 'revision';
}

/** The changes of each pair. */
export async function compareMany(pairs: readonly Pair[]): Promise<Change[][]> {
  const found: Change[][] = pairs.map(() => []);
  const joined = pairs.map((pair, index) => ({ ...pair, index })).filter(canBeJoined);
  const [base, revision] = (['base', 'revision'] as const).map((side) =>
    joinDocuments(joined.map((pair) => [pair.index, pair[side]])),
  );
  for (const change of await compare(base, revision, joined[0]?.whole)) {
    const [, id] = /case(\d+)-/.exec(change.base ?? change.revision ?? '') ?? [];
    if (id === undefined) throw new Error(`No case has this change: ${JSON.stringify(change)}`);
    found[Number(id)]?.push(
      JSON.parse(JSON.stringify(change).replaceAll(/(?:~1|\/(?=case\d+-\/))?case\d+-/g, '')),
    );
  }
  for (const [index, pair] of pairs.entries()) {
    if (!canBeJoined(pair)) found[index] = await compare(pair.base, pair.revision, pair.whole);
  }
  return found;
}

/** Whether a pair says nothing about its API as a whole. */
function canBeJoined({ base, revision }: Pair): boolean {
  return (
    base.openapi === '3.1.0' &&
    revision.openapi === '3.1.0' &&
    JSON.stringify(base.info) === JSON.stringify(revision.info)
  );
}

/** One document with the paths, webhooks and components of all, each under a name of its own. */
function joinDocuments(documents: readonly (readonly [number, Any])[]): Any {
  const joined: Any = {
    openapi: '3.1.0',
    info: { title: 'Cases', version: '1.0.0' },
    paths: {},
    webhooks: {},
    components: {},
  };
  for (const [index, document] of documents) {
    const id = `case${index}-`;
    const text = JSON.stringify(document)
      .replaceAll(/"#\/components\/(\w+)\//g, `"#/components/$1/${id}`)
      .replaceAll('"#/paths/', `"#/paths/~1${id}`);
    const { paths, webhooks, components, security, servers } = JSON.parse(text, (key, value) =>
      key === 'security' && Array.isArray(value) ? value.map((way) => prefixed(way, id)) : value,
    );
    for (const item of [...Object.values<Any>(paths ?? {}), ...Object.values<Any>(webhooks ?? {})]) {
      for (const operation of Object.values<Any>(item)) {
        if (!operation?.responses) continue;
        if (security) operation.security ??= security;
        if (servers) operation.servers ??= servers;
      }
    }
    Object.assign(joined.paths, prefixed(paths, `/${id}`));
    Object.assign(joined.webhooks, prefixed(webhooks, id));
    for (const [kind, named] of Object.entries(components ?? {})) {
      joined.components[kind] = { ...joined.components[kind], ...prefixed(named, id) };
    }
  }
  return joined;
}

const prefixed = (map: Any, prefix: string): Any =>
  Object.fromEntries(Object.entries(map ?? {}).map(([name, value]) => [`${prefix}${name}`, value]));
