/** Describes changes in sentences. */
import { gained, type Impact, type KeywordChange, type Presence } from './ratings.ts';
import type { Words } from './words.ts';

export interface Change {
  impact: Impact;
  /** What changed, as one sentence. */
  message: string;
  /** The reason for the rating, if it is not the obvious one. */
  why?: string;
  /** JSON pointers into the two documents; absent on the side that lacks it. */
  base?: string;
  revision?: string;
  /** What lacks it in the revision, if its place in the base does not tell. */
  lacking?: string;
  /** The place in a file of code, for a change of the types. */
  where?: string;
  /** The keyword that differs. */
  keyword?: string;
  /** Only people notice it: a description, an example. */
  words?: true;
}

export function describePresence(
  subject: string,
  kind: Presence['kind'],
  { required }: Partial<Presence>,
): string {
  return `${capital(required && kind === 'added' ? `required ${subject}` : subject)} was ${kind}.`;
}

export function describeKeyword(subject: string, change: KeywordChange): string {
  const { keyword, before, after } = change;
  const it = capital(subject);
  const of = `\`${keyword.replace('x-whole-', '')}\` of ${subject}`;
  switch (keyword) {
    case 'enum':
      if (Array.isArray(before) && Array.isArray(after)) {
        const lost = sayList('lost', gained(after, before).map(String));
        const won = sayList('gained', gained(before, after).map(String));
        return `${it} ${[lost, won].filter(Boolean).join(' and ')}.`;
      }
      return before === undefined
        ? `${it} is limited to ${(after as string[]).join(', ')}.`
        : `${it} is no longer limited to ${(before as string[]).join(', ')}.`;
    case 'type':
      return describeType(subject, before, after);
    case 'required':
      if (change.of !== 'schema') return `${it} ${describeRequired(after !== undefined)}.`;
      return describeNames(subject, gained(before, after).map(String), gained(after, before).map(String));
    case 'deprecated':
      return `${it} ${after ? 'is deprecated' : 'is no longer deprecated'}.`;
    case 'in':
      return `${it} is a ${after} parameter now.`;
    case 'x-exactly-one':
      return `${it} ${after ? 'must fit one alternative only' : 'may fit several alternatives'}.`;
    default:
      if (before === undefined) return `${of} was set to ${show(after)}.`;
      if (after === undefined) return `${of} was removed; it was ${show(before)}.`;
      return `${of} changed from ${show(before)} to ${show(after)}.`;
  }
}

function describeType(subject: string, before: unknown, after: unknown): string {
  const nullness = describeNull(before, after);
  if (nullness) return `${capital(subject)} ${nullness}.`;
  return `Type of ${subject} changed from ${showTypes(before)} to ${showTypes(after)}.`;
}

/** What to say of two lists of types that differ in null alone; undefined for others. */
export function describeNull(before: unknown, after: unknown): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  const [come, gone] = [gained(before, after), gained(after, before)];
  if (come.length + gone.length !== 1) return undefined;
  if (come[0] === 'null') return 'may be null';
  return gone[0] === 'null' ? 'is never null any more' : undefined;
}

const describeRequired = (isRequired: boolean) => (isRequired ? 'became required' : 'is no longer required');

export function describeAbsence(subject: string, isRequired: boolean, nullness: string): string {
  return `${capital(subject)} ${describeRequired(isRequired)} and ${nullness}.`;
}

/** Required names that have no schema. */
function describeNames(subject: string, come: string[], gone: string[]): string {
  const names = (list: string[]) => list.map((name) => `\`${name}\``).join(', ');
  const parts = [
    come.length > 0 ? `asks for ${names(come)}` : '',
    gone.length > 0 ? `no longer asks for ${names(gone)}` : '',
  ];
  return `${capital(subject)} ${parts.filter(Boolean).join(' and ')}.`;
}

/** A change for each kind of words that differs. */
export function describeWords(subject: string, base: Words, revision: Words): Change[] {
  const changes: Change[] = [];
  for (const key of new Set([...base.keys(), ...revision.keys()])) {
    const before = base.get(key) ?? [];
    const after = revision.get(key) ?? [];
    const lost = before.filter(({ text }) => !after.some((other) => other.text === text));
    const won = after.filter(({ text }) => !before.some((other) => other.text === text));
    if (lost.length + won.length === 0) continue;
    const verb = won.length === 0 ? 'was removed' : lost.length === 0 ? 'was added' : 'changed';
    changes.push({
      impact: 'patch',
      words: true,
      message: `${capital(key)} of ${subject} ${verb}.`,
      ...(lost[0] && { base: lost[0].pointer }),
      ...(won[0] && { revision: won[0].pointer }),
    });
  }
  return changes;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const sayList = (verb: string, values: string[]) => (values.length > 0 ? `${verb} ${values.join(', ')}` : '');

/** "string or null": null comes last. */
const showTypes = (types: unknown) =>
  Array.isArray(types)
    ? types.toSorted((a, b) => Number(a === 'null') - Number(b === 'null')).join(' or ')
    : 'any';

function show(value: unknown): string {
  const text =
    typeof value === 'string' && /^(?:["[{\d-]|exclusive |(?:true|false|null)$)/.test(value)
      ? value
      : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
