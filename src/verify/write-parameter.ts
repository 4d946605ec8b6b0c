/** Writes the value of a parameter as OpenAPI says (version 3.1, section 4.8.12.4). */
import type { Parameter } from '../../generated/types.ts';
import type { ContractOperation } from '../contract.ts';
import { separatorOf } from '../parameter-schema.ts';
import type { Place } from './minimal-request.ts';

/** Escapes all but letters, digits and `-_.!~*'()`. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. */
export function escapeText(text: string | number): string {
  return encodeURIComponent(`${text}`.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** As the request has it: `name=value` for a query and a cookie, else the value alone. */
export function writeParameter(
  operation: ContractOperation,
  place: Place,
  name: string,
  value: unknown,
): string {
  const parameter = operation.parameters[place][name] as Parameter;
  const members = membersOf(parameter, value);
  const { style, explode } = parameter;
  if (place === 'header') return members.join(',');
  const escaped = members.map(escapeText);
  if (place === 'path') return escaped.join(',');
  if (place === 'query' && explode && style === 'form') {
    return escaped.map((member) => `${escapeText(name)}=${member}`).join('&');
  }
  return `${escapeText(name)}=${escaped.join(escapeText(separatorOf(style)))}`;
}

function membersOf({ mediaType }: Parameter, value: unknown): string[] {
  if (mediaType !== undefined) return [JSON.stringify(value)];
  return (Array.isArray(value) ? value : [value]).map((member) =>
    typeof member === 'object' ? JSON.stringify(member) : String(member),
  );
}
