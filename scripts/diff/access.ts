/** Compares the security requirements and the servers of an operation. */
import type { Change } from './changes.ts';
import type { Operation, Security } from './operations.ts';

type Alternative = Security['alternatives'][number];

/** Major if a caller who had access has none any more. */
export function compareAccess(title: string, base: Security, revision: Security): Change[] {
  const before = needs(base);
  const after = needs(revision);
  const lost = before.filter((alternative) => !after.some((other) => isEnough(alternative, other)));
  const won = after.filter((alternative) => !before.some((other) => same(alternative, other)));
  const gone = before.filter((alternative) => !after.some((other) => same(alternative, other)));
  if (won.length + gone.length === 0) return [];
  return [
    {
      impact: lost.length > 0 ? 'major' : 'minor',
      message: `Access to ${title} changed from ${describe(before)} to ${describe(after)}.`,
      ...(lost.length === 0 && { why: 'who was let in still is' }),
      base: base.pointer,
      revision: revision.pointer,
    },
  ];
}

/** Major if a server is gone, or is not the first any more, which is the one that clients use by default. */
export function compareServers(base: Operation['servers'], revision: Operation['servers']): Change[] {
  const changes: Change[] = [];
  const [first] = base;
  const [now] = revision;
  if (first && first.url !== now?.url) {
    const message = now
      ? `Server \`${first.url}\` was replaced by \`${now.url}\` as the first one.`
      : `Server \`${first.url}\` was removed.`;
    changes.push({ impact: 'major', message, base: first.pointer, ...(now && { revision: now.pointer }) });
  }
  for (const { url, pointer } of base.slice(1)) {
    if (revision.some((other) => other.url === url)) continue;
    changes.push({ impact: 'major', message: `Server \`${url}\` was removed.`, base: pointer });
  }
  for (const { url, pointer } of first ? revision.slice(1) : revision) {
    if (base.some((other) => other.url === url)) continue;
    changes.push({ impact: 'minor', message: `Server \`${url}\` was added.`, revision: pointer });
  }
  return changes;
}

/** Without any alternative no credentials are needed, as with an empty one. */
function needs({ alternatives }: Security): readonly Alternative[] {
  if (alternatives.length === 0) return [new Map()];
  return alternatives.filter((one, index) => !alternatives.slice(0, index).some((other) => same(one, other)));
}

/** Whether the credentials for the first are enough for the second. */
function isEnough(held: Alternative, asked: Alternative): boolean {
  return [...asked].every(([scheme, scopes]) => {
    const own = held.get(scheme);
    return own !== undefined && scopes.every((scope) => own.includes(scope));
  });
}

const same = (a: Alternative, b: Alternative) => isEnough(a, b) && isEnough(b, a);

function describe(alternatives: readonly Alternative[]): string {
  const texts = alternatives.map((alternative) =>
    [...alternative]
      .map(([scheme, scopes]) => (scopes.length > 0 ? `${scheme} (${scopes.join(', ')})` : scheme))
      .join(' and '),
  );
  return texts.map((text) => (text === '' ? 'anybody' : `\`${text}\``)).join(' or ');
}
