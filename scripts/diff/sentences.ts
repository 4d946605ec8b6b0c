/** Says differences in sentences. */
import { type Difference, gained, isRequiredProperty, isRule } from './ratings.ts';
import { alternatives } from './schemas.ts';
import { list } from './values.ts';

/** @param subject what differs, or was added or removed: "property `family`" */
export function describe(difference: Difference, subject: string): string {
  const { type, kind, keys, field, before, after, revision } = difference;
  const it = capital(subject);
  if (/^Security/.test(type)) return `Access to ${subject} changed.`;
  if (kind !== 'modified') {
    const isRequired =
      kind === 'added' && (revision?.['required'] === true || isRequiredProperty(difference));
    const thing =
      keys.at(-1) === alternatives && type !== 'Schema'
        ? 'alternatives of '
        : isRule(difference)
          ? 'rule for '
          : isRequired
            ? 'required '
            : '';
    return `${capital(`${thing}${subject}`)} ${thing.startsWith('alt') ? 'were' : 'was'} ${kind}.`;
  }
  if (field.startsWith('x-word-')) {
    const [word = '', name] = field.slice('x-word-'.length).split('/');
    const verb = after === undefined ? 'was removed' : before === undefined ? 'was added' : 'changed';
    return `${name === undefined ? capital(word) : `Example \`${name}\``} of ${subject} ${verb}.`;
  }
  switch (field) {
    case 'key':
      return `${it} was named \`${before}\` before.`;
    case 'enum': {
      if (before === undefined) return `${it} is limited to ${list(after).join(', ')}.`;
      if (after === undefined) return `${it} is no longer limited to ${list(before).join(', ')}.`;
      const parts = [
        ['lost', gained(after, before)],
        ['gained', gained(before, after)],
      ] as const;
      return `${it} ${parts
        .filter(([, values]) => values.length > 0)
        .map(([verb, values]) => `${verb} ${values.join(', ')}`)
        .join(' and ')}.`;
    }
    case 'type': {
      const [come, gone] = [gained(before, after), gained(after, before)];
      if (before && after && come.length + gone.length === 1) {
        if (come[0] === 'null') return `${it} may be null.`;
        if (gone[0] === 'null') return `${it} is never null any more.`;
      }
      return `Type of ${subject} changed from ${showTypes(before)} to ${showTypes(after)}.`;
    }
    case 'required':
      return `${it} ${after ? 'became required' : 'is no longer required'}.`;
    case 'deprecated':
      return `${it} ${after ? 'is deprecated' : 'is no longer deprecated'}.`;
    case 'in':
      return `${it} was a ${before} parameter before.`;
    case 'x-first':
      return `${it} is ${after ? 'the first one now' : 'no longer the first one'}.`;
    case 'x-whole-alternatives':
      return `${it} ${after ? 'has one alternative only' : 'has several alternatives now'}.`;
    case 'x-whole-oneOf':
      return `${it} ${after ? 'must fit one alternative only' : 'may fit several alternatives'}.`;
  }
  const name = `\`${field.replace(/^x-(?:whole-)?/, '')}\` of ${subject}`;
  if (field.startsWith('x-whole-'))
    return `${name} ${before === undefined ? 'was added' : after === undefined ? 'was removed' : 'changed'}.`;
  const [from, to] = [show(before), show(after)];
  if (before === undefined) return `${name} was set to ${to}.`;
  if (after === undefined) return `${name} was removed; it was ${from}.`;
  return `${name} changed from ${from} to ${to}.`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "string or null": null comes last. */
const showTypes = (types: unknown) =>
  list(types)
    .toSorted((a, b) => Number(a === 'null') - Number(b === 'null'))
    .join(' or ') || 'any';

function show(value: unknown): string {
  const text =
    typeof value === 'string' && /^(?:["[{\d-]|(?:true|false|null)$)/.test(value)
      ? value
      : (JSON.stringify(value) ?? '');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
