/** Reads schemas in a normal form, in which equivalent spellings are equal. */
import { createHash } from 'node:crypto';
import { at, escapeKey } from '../contract/pointer.ts';
import { isObject, type Place } from '../contract/resolve.ts';
import { canonical } from './canonical.ts';
import {
  bothTypes,
  bothValues,
  concerns,
  isAbout,
  isDefault,
  type Keyword,
  list,
  makeBoundsExclusive,
  opaque,
  several,
  single,
  type TypeName,
  typeOf,
  valuesOf,
} from './keywords.ts';
import { NotComparable } from './not-comparable.ts';
import { joinWords, type Words, wordsOf } from './words.ts';

/** A schema as the document has it, or several that a value has to fit at once. */
export interface WrittenSchema {
  parts: readonly Place<unknown>[];
  /** Equal for equal parts, so that a shared schema is read once and a recursive one has an end. */
  key: string;
  pointer: string;
}

/** One alternative: values of one type, or of any type. */
export interface Branch {
  type: TypeName | undefined;
  keywords: ReadonlyMap<string, Keyword>;
  properties: ReadonlyMap<string, WrittenSchema>;
  /** Other schemas within, by the path to them: `items`, `prefixItems/0`, `additionalProperties`. */
  children: ReadonlyMap<string, WrittenSchema>;
  words: Words;
  pointer: string;
}

/** The normal form: a value fits if it fits one of the branches. */
export interface Schema {
  branches: readonly Branch[];
  /** Whether a value has to fit exactly one branch, where it could fit more. */
  exactlyOne: boolean;
  /** `default`, `deprecated`, `readOnly`, `writeOnly`. */
  notes: ReadonlyMap<string, Keyword>;
  words: Words;
  pointer: string;
}

const noteKeys = ['default', 'deprecated', 'readOnly', 'writeOnly'];

/** The most branches that a combination of schemas may have. */
const mostBranches = 200;

const none: Words = new Map();

/** The branch that any value fits. */
const anything = (pointer: string): Branch => ({
  type: undefined,
  keywords: new Map(),
  properties: new Map(),
  children: new Map(),
  words: none,
  pointer,
});

/** Reads the schemas of one document. */
export class SchemaReader {
  readonly #document: object;
  /** OpenAPI 3.0: `nullable` counts, exclusive bounds are flags, and keywords beside a reference don't count. */
  readonly #old: boolean;
  readonly #ids = new WeakMap<object, number>();
  #lastId = 0;
  readonly #schemas = new Map<string, Schema>();
  readonly #prints = new Map<string, string>();
  #depth = 0;

  constructor(document: object) {
    this.#document = document;
    this.#old = String((document as Record<string, unknown>)['openapi']).startsWith('3.0');
  }

  write(place: Place<unknown>): WrittenSchema {
    return this.#join([place], place.pointer);
  }

  read({ key, parts }: WrittenSchema): Schema {
    let schema = this.#schemas.get(key);
    if (!schema) {
      schema = parts
        .map((part) => this.#readPart(part, new Set()))
        .reduce((all, part) => this.#both(all, part));
      schema = withoutRedundant(schema);
      this.#schemas.set(key, schema);
    }
    return schema;
  }

  /** A text that is equal for equivalent schemas, words aside. Recursive schemas may, rarely, differ. */
  print(written: WrittenSchema): string {
    const known = this.#prints.get(written.key);
    if (known) return known;
    // Prints only help to pair alternatives, for which the first levels are enough.
    if (this.#depth > 50) return 'deep';
    this.#prints.set(written.key, 'itself');
    const { branches, exactlyOne, notes } = this.read(written);
    this.#depth += 1;
    const parts = branches.map((branch) => this.printBranch(branch)).sort();
    this.#depth -= 1;
    const print = hash(canonical([parts, exactlyOne, valuesOf(notes)]));
    this.#prints.set(written.key, print);
    return print;
  }

  printBranch({ type, keywords, properties, children }: Branch): string {
    const inside = (schemas: ReadonlyMap<string, WrittenSchema>) =>
      [...schemas].map(([key, schema]) => [key, this.print(schema)]).sort();
    return canonical([type, valuesOf(keywords), inside(properties), inside(children)]);
  }

  #join(parts: readonly Place<unknown>[], pointer: string): WrittenSchema {
    const unique = new Map(
      parts.map((part) => this.#follow(part)).map((part) => [this.#idOf(part.node), part]),
    );
    return { parts: [...unique.values()], key: [...unique.keys()].sort().join('+'), pointer };
  }

  /** The end of a chain of references without keywords beside them; a circular chain is left as it is. */
  #follow(part: Place<unknown>): Place<unknown> {
    const seen = new Set<unknown>();
    let { node, pointer } = part;
    while (
      isObject(node) &&
      typeof node['$ref'] === 'string' &&
      (this.#old || Object.keys(node).length === 1)
    ) {
      if (seen.has(node)) return part;
      seen.add(node);
      pointer = node['$ref'];
      node = resolve(pointer, this.#document, part.pointer);
    }
    return { node, pointer };
  }

  /** Each object has an id, which aliases in YAML share. */
  #idOf(node: unknown): string {
    if (!isObject(node)) return `=${String(node)}`;
    let id = this.#ids.get(node);
    if (id === undefined) {
      this.#lastId += 1;
      id = this.#lastId;
      this.#ids.set(node, id);
    }
    return `#${id}`;
  }

  #readPart({ node, pointer }: Place<unknown>, open: ReadonlySet<unknown>): Schema {
    if (node === true || node === undefined) return ofBranches([anything(pointer)], pointer);
    if (node === false) return ofBranches([], pointer);
    if (!isObject(node))
      throw new NotComparable(this.#document, pointer, 'A schema is an object, true or false.');
    if (open.has(node)) {
      throw new NotComparable(this.#document, pointer, 'This schema is made of nothing but itself.');
    }
    const inner = new Set(open).add(node);
    const { $ref } = node;
    const target =
      typeof $ref === 'string' &&
      this.#readPart({ node: resolve($ref, this.#document, pointer), pointer: $ref }, inner);
    if (target && this.#old) return target;
    let schema = this.#readKeywords(node, pointer);
    if (target) schema = this.#both(schema, target);
    const readList = (key: string) =>
      list(node[key]).map((part, index) =>
        this.#readPart({ node: part, pointer: `${pointer}/${key}/${index}` }, inner),
      );
    for (const part of readList('allOf')) schema = this.#both(schema, part);
    for (const key of ['anyOf', 'oneOf'] as const) {
      if (Array.isArray(node[key])) schema = this.#both(schema, this.#either(key, readList(key), pointer));
    }
    return schema;
  }

  /** One schema for the alternatives of `anyOf` or `oneOf`. */
  #either(key: 'anyOf' | 'oneOf', parts: readonly Schema[], pointer: string): Schema {
    const merged = mergeBranches(
      parts.flatMap((part) =>
        part.branches.map((branch) => ({ ...branch, words: joinWords(part.words, branch.words) })),
      ),
    );
    const branches = key === 'anyOf' ? withoutCovered(merged) : merged;
    const exactlyOne =
      parts.some((part) => part.exactlyOne) || (key === 'oneOf' && !this.#excludeEachOther(branches));
    // Of "this or null", the notes are those of "this".
    const [one, ...others] = parts.filter(
      ({ branches }) => branches.length !== 1 || branches[0]?.type !== 'null',
    );
    const notes = one && others.length === 0 ? one.notes : new Map();
    return { ...ofBranches(branches, pointer), exactlyOne, notes };
  }

  /** The keywords of a schema, without references and combinations. */
  #readKeywords(node: Record<string, unknown>, pointer: string): Schema {
    const keywords = new Map<string, Keyword>();
    const children = new Map<string, WrittenSchema>();
    const properties = new Map<string, WrittenSchema>();
    for (const [key, value] of Object.entries(node)) {
      const here = `${pointer}/${escapeKey(key)}`;
      if (concerns.has(key)) {
        if (!isDefault(key, value)) keywords.set(key, { value, pointer: here });
      } else if (opaque.has(key)) {
        keywords.set(key, { value: this.#inlined(value, new Set()), pointer: here });
      } else if (single.has(key)) {
        if (!isEmpty(value)) children.set(key, this.write({ node: value, pointer: here }));
      } else if (several.has(key)) {
        for (const [name, part] of Object.entries(Object(value))) {
          const path = `${key}/${escapeKey(name)}`;
          children.set(path, this.write({ node: part, pointer: `${pointer}/${path}` }));
        }
      } else if (key === 'properties') {
        for (const [name, part] of Object.entries(Object(value))) {
          properties.set(name, this.write({ node: part, pointer: `${here}/${escapeKey(name)}` }));
        }
      }
    }
    if (this.#old) makeBoundsExclusive(keywords);
    const required = keywords.get('required');
    if (required) required.value = [...new Set(list(required.value).map(String))].sort();

    const branches = this.#typesOf(node).map(({ type, values }): Branch => {
      const own = new Map([...keywords].filter(([key]) => isAbout(type, key)));
      if (values)
        own.set('enum', { value: values, pointer: `${pointer}/${'const' in node ? 'const' : 'enum'}` });
      return {
        type,
        keywords: own,
        properties: !type || type === 'object' ? properties : new Map(),
        children: new Map([...children].filter(([key]) => isAbout(type, key))),
        words: none,
        pointer,
      };
    });
    const notes = new Map<string, Keyword>();
    for (const key of noteKeys) {
      const value = node[key];
      if (value === undefined || (key !== 'default' && value !== true)) continue;
      notes.set(key, { value, pointer: `${pointer}/${key}` });
    }
    return { branches, exactlyOne: false, notes, words: wordsOf(node, pointer), pointer };
  }

  /** The types that a schema allows, each with the values that it lists of that type. */
  #typesOf(node: Record<string, unknown>): { type: TypeName | undefined; values?: string[] }[] {
    const named = node['type'] === undefined ? undefined : ([node['type']].flat() as TypeName[]);
    const types = named && this.#old && node['nullable'] === true ? [...named, 'null' as const] : named;
    const values = 'const' in node ? [node['const']] : node['enum'];
    if (!Array.isArray(values)) {
      if (!types) return [{ type: undefined }];
      const plain = types.filter((type) => type !== 'integer' || !types.includes('number'));
      return [...new Set(plain)].sort().map((type) => ({ type }));
    }
    const fitting = values.filter((value) => {
      const type = typeOf(value);
      return !types || types.includes(type) || (type === 'integer' && types.includes('number'));
    });
    const kinds = new Set(fitting.map(typeOf));
    if (kinds.has('number')) kinds.delete('integer');
    return [...kinds].sort().map((type) => {
      const ofType = fitting.filter((value) => bothTypes(typeOf(value), type) !== 'never').map(canonical);
      const unique = [...new Set(ofType)].sort();
      // A list of all values of a type says no more than the type.
      const all = type === 'null' || (type === 'boolean' && unique.length === 2);
      return all ? { type } : { type, values: unique };
    });
  }

  /** The value of an opaque keyword, with references inlined and recursive ones cut. */
  #inlined(value: unknown, open: ReadonlySet<unknown>): unknown {
    if (Array.isArray(value)) return value.map((part) => this.#inlined(part, open));
    if (!isObject(value)) return value;
    if (open.has(value)) return 'itself';
    const inner = new Set(open).add(value);
    const { $ref, ...beside } = value;
    if (typeof $ref === 'string') {
      return [this.#inlined(at($ref, this.#document), inner), this.#inlined(beside, inner)];
    }
    const words = wordsOf(value, '');
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, part]) => !words.has(key) || isObject(part))
        .map(([key, part]) => [key, this.#inlined(part, inner)]),
    );
  }

  /** A value has to fit both. */
  #both(a: Schema, b: Schema): Schema {
    if (a.branches.length * b.branches.length > mostBranches) {
      throw new NotComparable(
        this.#document,
        b.pointer,
        'Too many alternatives are combined with each other here.',
      );
    }
    return {
      branches: mergeBranches(
        a.branches.flatMap((one) => b.branches.flatMap((other) => this.#bothBranches(one, other) ?? [])),
      ),
      exactlyOne: a.exactlyOne || b.exactlyOne,
      // The notes of the outer schema come first.
      notes: new Map([...b.notes, ...a.notes]),
      words: joinWords(a.words, b.words),
      pointer: a.pointer,
    };
  }

  #bothBranches(a: Branch, b: Branch): Branch | undefined {
    const type = bothTypes(a.type, b.type);
    if (type === 'never') return undefined;
    const keywords = new Map(a.keywords);
    for (const [key, keyword] of b.keywords) {
      const known = keywords.get(key);
      const value = known ? bothValues(key, known.value, keyword.value) : keyword.value;
      if (key === 'enum' && Array.isArray(value) && value.length === 0) return undefined;
      keywords.set(key, known && value === known.value ? known : { value, pointer: keyword.pointer });
    }
    const properties = this.#bothSchemas(a.properties, b.properties);
    // `additionalProperties` of one side applies to properties that only the other side names.
    for (const [one, other] of [[a, b] as const, [b, a] as const]) {
      const rest = one.children.get('additionalProperties');
      if (!rest || [...one.children.keys()].some((key) => key.startsWith('patternProperties/'))) continue;
      for (const [name, { parts, pointer }] of other.properties) {
        if (!one.properties.has(name)) properties.set(name, this.#join([...parts, ...rest.parts], pointer));
      }
    }
    return {
      type,
      keywords: new Map([...keywords].filter(([key]) => isAbout(type, key))),
      properties: !type || type === 'object' ? properties : new Map(),
      children: new Map([...this.#bothSchemas(a.children, b.children)].filter(([key]) => isAbout(type, key))),
      words: joinWords(a.words, b.words),
      pointer: saysMore(a, b) ? a.pointer : b.pointer,
    };
  }

  #bothSchemas(a: Branch['children'], b: Branch['children']): Map<string, WrittenSchema> {
    const both = new Map(a);
    for (const [key, schema] of b) {
      const known = both.get(key);
      both.set(key, known ? this.#join([...known.parts, ...schema.parts], known.pointer) : schema);
    }
    return both;
  }

  /** Whether no value can fit two of them: any two differ in type or in the value of a tag. */
  #excludeEachOther(branches: readonly Branch[]): boolean {
    return branches.every((one, index) =>
      branches.slice(index + 1).every((other) => {
        if (one.type && other.type && familyOf(one) !== familyOf(other)) return true;
        const [own, others] = [this.tagsOf(one), this.tagsOf(other)];
        return [...own].some(([name, tag]) => others.has(name) && others.get(name) !== tag);
      }),
    );
  }

  /** Required properties that can have one value only, and that value. */
  tagsOf(branch: Branch): Map<string, string> {
    const required = list(branch.keywords.get('required')?.value);
    const tags = new Map<string, string>();
    for (const [name, { parts }] of branch.properties) {
      if (!required.includes(name)) continue;
      // Not by the normal form, which may be just being read.
      for (const { node } of parts) {
        if (!isObject(node)) continue;
        const values = 'const' in node ? [node['const']] : list(node['enum']);
        if (values.length === 1) tags.set(name, canonical(values[0]));
      }
    }
    return tags;
  }
}

/** Integers and numbers are compared with each other. */
export function familyOf({ type }: Branch): string {
  return type === 'integer' ? 'number' : (type ?? 'any');
}

function resolve($ref: string, document: object, pointer: string): unknown {
  if (!/^#(?:\/|$)/.test($ref)) {
    throw new NotComparable(document, pointer, `"${$ref}" is no place in this document; bundle it first.`);
  }
  const node = at($ref, document);
  if (node === undefined)
    throw new NotComparable(document, pointer, `Refers to ${$ref}, which is not there.`);
  return node;
}

const ofBranches = (branches: readonly Branch[], pointer: string): Schema => ({
  branches,
  exactlyOne: false,
  notes: new Map(),
  words: none,
  pointer,
});

/** Beside a branch that any value fits, the others make no difference. */
function withoutRedundant(schema: Schema): Schema {
  const any = schema.branches.find(
    ({ type, keywords, properties, children }) =>
      !type && keywords.size + properties.size + children.size === 0,
  );
  if (!any || schema.exactlyOne) return schema;
  return { ...schema, branches: [any] };
}

/** Equal branches are one, and so are those that differ in their list of values alone. */
function mergeBranches(branches: readonly Branch[]): Branch[] {
  const merged = new Map<string, Branch>();
  for (const branch of branches) {
    const inside = [...branch.properties, ...branch.children].map(([key, schema]) => [key, schema.key]);
    const keywords = new Map(branch.keywords);
    keywords.delete('enum');
    const values = branch.keywords.get('enum');
    const key = canonical([branch.type, valuesOf(keywords), inside.sort(), values !== undefined]);
    const known = merged.get(key);
    const more = known?.keywords.get('enum');
    if (!known) merged.set(key, branch);
    else if (values && more) {
      const value = [...new Set([...list(more.value), ...list(values.value)])].sort();
      merged.set(key, { ...known, keywords: new Map(known.keywords).set('enum', { ...more, value }) });
    }
  }
  return [...merged.values()];
}

/** Integers are redundant beside numbers that include them. FastAPI writes `int | float` so. */
function withoutCovered(branches: readonly Branch[]): Branch[] {
  const numbers = branches.filter(({ type }) => type === 'number');
  return branches.filter(
    (branch) => branch.type !== 'integer' || !numbers.some((number) => covers(number, branch)),
  );
}

/** Whether every value that fits the second branch fits the first. */
function covers({ keywords }: Branch, narrower: Branch): boolean {
  return [...keywords].every(([key, { value }]) => {
    const own = narrower.keywords.get(key)?.value;
    return own !== undefined && canonical(bothValues(key, own, value)) === canonical(own);
  });
}

const isEmpty = (value: unknown) => value === true || (isObject(value) && Object.keys(value).length === 0);
const saysMore = (a: Branch, b: Branch) =>
  a.keywords.size + a.properties.size + a.children.size >=
  b.keywords.size + b.properties.size + b.children.size;
const hash = (text: string) => createHash('md5').update(text).digest('base64');
