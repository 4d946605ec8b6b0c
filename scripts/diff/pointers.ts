/** Finds the nodes of a form, and what they are in the document. */
import { at, keysOf, pointerTo } from '../contract/pointer.ts';
import { isObject } from '../contract/resolve.ts';
import type { Form } from './form.ts';
import type { Node } from './values.ts';

/** What a node of a form is, or leads to. */
function resolve({ content }: Form, node: unknown): unknown {
  const { $ref } = Object(node);
  return typeof $ref === 'string' ? at($ref, content) : node;
}

export const nodeAt = (form: Form, pointer: string): Node => Object(resolve(form, at(pointer, form.content)));

/** Follows keys through the references of a form: the last node, where it is used, and what it is in a sentence. */
export function trace(form: Form, keys: readonly string[]): { node: Node; use?: string; subject: string } {
  let node: unknown = form.content;
  let subject = 'the API';
  let use: string | undefined;
  for (const key of keys) {
    const next = Object.hasOwn(Object(node), key) ? (node as Node)[key] : undefined;
    node = resolve(form, next);
    if (typeof node !== 'object' || node === null) break;
    subject = subjectOf(form, next, subject);
    use = form.sources.get(Object(next))?.pointer;
  }
  return { node: isObject(node) ? node : {}, ...(use && { use }), subject };
}

/** What the node at a pointer is in a sentence, or else what it is in. */
export const subjectAt = (form: Form, pointer: string, around: string): string =>
  subjectOf(form, at(pointer, form.content), around);

function subjectOf(form: Form, node: unknown, around: string): string {
  const { sources } = form;
  const own = sources.get(Object(node))?.subject ?? sources.get(Object(resolve(form, node)))?.subject;
  return own?.endsWith(' of') ? `${own} ${around}` : own || around;
}

/** The pointer into the document of what is at a pointer of a form, or of a field of that. */
export function pointerOf({ content, sources }: Form, pointer: string, field = ''): string {
  let found = '#';
  let node: unknown = content;
  for (const key of keysOf(pointer)) {
    node = Object(node)[key];
    found = sources.get(Object(node))?.pointer ?? pointerTo(found, key);
  }
  if (field === '' || field === 'key') return found;
  const written = field.replace('x-media-type', 'content').replace(/^x-(?:word-|first)?/, '');
  return sources.get(Object(node))?.fields?.[field] ?? `${found}/${written}`;
}
