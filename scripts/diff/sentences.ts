/** Describes differences in sentences. */
import { type Difference, gained, isRequired } from './ratings.ts';
import { alternatives } from './schemas.ts';
import { list } from './values.ts';

/** @param subject what differs, or was added or removed: "property `family`" */
export function describe(difference: Difference, subject: string): string {
  const { type, kind, keys, field, before, after, nodes } = difference;
  const it = capital(subject);
  const verb = before === undefined ? 'was added' : after === undefined ? 'was removed' : 'changed';
  if (type === 'Security') {
    return `Access to ${subject} changed from ${describeSecurity(nodes.base)} to ${describeSecurity(nodes.revision)}.`;
  }
  if (kind !== 'modified') {
    if (keys.at(-1) === alternatives) return `Alternatives of ${subject} were ${kind}.`;
    // A schema for parts of a value that have no name of their own.
    const isRule = type === 'Schema' && !['properties', alternatives].includes(keys.at(-2) ?? '');
    const kindOf = isRule ? 'rule for ' : kind === 'added' && isRequired(difference) ? 'required ' : '';
    return `${capital(kindOf + subject)} was ${kind}.`;
  }
  if (field.startsWith('x-word-')) {
    return `${capital(field.slice('x-word-'.length))} of ${subject} ${verb}.`;
  }
  switch (field) {
    case 'key':
      return `${it} was named \`${before}\` before.`;
    case 'enum':
      return `${it} ${describeList(before, after)}.`;
    case 'type':
      return describeType(subject, before, after);
    case 'required':
      return `${it} ${after ? 'became required' : 'is no longer required'}.`;
    case 'deprecated':
      return `${it} ${after ? 'is deprecated' : 'is no longer deprecated'}.`;
    case 'in':
      return `Location of ${subject} changed from ${before} to ${after}.`;
    case 'x-first':
      return `${it} is ${after ? 'the first one now' : 'no longer the first one'}.`;
    case 'x-whole-alternatives':
      return `${it} has ${after ? 'one alternative only' : 'several alternatives now'}.`;
  }
  const name = `\`${field.replace(/^x-(?:whole-)?/, '')}\` of ${subject}`;
  if (field.startsWith('x-')) return `${name} ${verb}.`;
  const twin = /^m\w+imum$/.test(field) ? field.replace('m', 'exclusiveM') : '';
  const [from, to] = [
    show(before ?? exclusive(nodes.base[twin])),
    show(after ?? exclusive(nodes.revision[twin])),
  ];
  if (from === '') return `${name} was set to ${to}.`;
  return to === '' ? `${name} was removed; it was ${from}.` : `${name} changed from ${from} to ${to}.`;
}

function describeType(subject: string, before: unknown, after: unknown): string {
  const [come, gone] = [gained(before, after).join(), gained(after, before).join()];
  if (before && after && come + gone === 'null') {
    return `${capital(subject)} ${come ? 'may be null' : 'is never null any more'}.`;
  }
  return `Type of ${subject} changed from ${showTypes(before)} to ${showTypes(after)}.`;
}

function describeList(before: unknown, after: unknown): string {
  if (before === undefined) return `is limited to ${list(after).join(', ')}`;
  if (after === undefined) return `is no longer limited to ${list(before).join(', ')}`;
  const [lost, won] = [gained(after, before).join(', '), gained(before, after).join(', ')];
  return [lost && `lost ${lost}`, won && `gained ${won}`].filter(Boolean).join(' and ');
}

/** "`http bearer` or anybody" */
function describeSecurity(requirements: object): string {
  const texts = Object.values(requirements).map((schemes) =>
    Object.entries(Object(schemes)).map(
      ([scheme, scopes]) => `${scheme}${list(scopes).length > 0 ? ` (${list(scopes).join(', ')})` : ''}`,
    ),
  );
  return (
    texts.map((schemes) => (schemes.length > 0 ? `\`${schemes.join(' and ')}\`` : 'anybody')).join(' or ') ||
    'anybody'
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const exclusive = (bound: unknown) => (bound === undefined ? undefined : `exclusive ${bound}`);

/** "string or null": null comes last. */
const showTypes = (types: unknown) =>
  list(types)
    .toSorted((a, b) => Number(a === 'null') - Number(b === 'null'))
    .join(' or ') || 'any';

function show(value: unknown): string {
  const isPlain = typeof value === 'string' && /^(?:["[{\d-]|exclusive |(?:true|false|null)$)/.test(value);
  const text = isPlain ? value : (JSON.stringify(value) ?? '');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
