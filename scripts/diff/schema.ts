/** Reads schemas in a normal form, in which spellings that mean the same look the same. */
import { createHash } from 'node:crypto';
import { at, escapeKey } from '../contract/pointer.ts';
import { isObject } from '../contract/resolve.ts';
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

/** A schema as it is written, or several that a value has to fit at once. */
export interface Place {
  parts: readonly Part[];
  /** The same for the same parts, so that what is shared is looked at once and what is recursive ends. */
  key: string;
  /** Where it stands. */
  pointer: string;
}

interface Part {
  node: unknown;
  pointer: string;
}

/** One way in which a value can fit: values of one type, or of any. */
export interface Branch {
  type: TypeName | undefined;
  /** What the values have to fulfil, by keyword. */
  keywords: ReadonlyMap<string, Keyword>;
  properties: ReadonlyMap<string, Place>;
  /** Other schemas inside, by the way to them: `items`, `prefixItems/0`, `additionalProperties`. */
  children: ReadonlyMap<string, Place>;
  words: Words;
  pointer: string;
}

/** The normal form: a value fits if it fits one of the branches. */
export interface Schema {
  branches: readonly Branch[];
  /** It must not fit two of them, and nothing in them rules that out. */
  exactlyOne: boolean;
  /** `default`, `deprecated`, `readOnly`, `writeOnly`. */
  notes: ReadonlyMap<string, Keyword>;
  words: Words;
  pointer: string;
}

const noteKeys = ['default', 'deprecated', 'readOnly', 'writeOnly'];

/** More alternatives than this, multiplied with each other, are not told apart any more. */
const mostBranches = 200;

const none: Words = new Map();

/** What a value of any kind fits. */
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
  /** In 3.0 `nullable` has a meaning, exclusive bounds are flags, and nothing stands beside a reference. */
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

  place(node: unknown, pointer: string): Place {
    return this.#join([{ node, pointer }], pointer);
  }

  read(place: Place): Schema {
    let schema = this.#schemas.get(place.key);
    if (!schema) {
      const parts = place.parts.map((part) => this.#readPart(part, new Set()));
      schema = finish(parts.reduce((all, part) => this.#both(all, part)));
      this.#schemas.set(place.key, schema);
    }
    return schema;
  }

  /** The same text for schemas that mean the same, words aside; where they are recursive, almost surely. */
  print(place: Place): string {
    const known = this.#prints.get(place.key);
    if (known) return known;
    // It only helps to tell what belongs together, for which the first levels are enough.
    if (this.#depth > 50) return 'deep';
    this.#prints.set(place.key, 'itself');
    const { branches, exactlyOne, notes } = this.read(place);
    this.#depth += 1;
    const parts = branches.map((branch) => this.printBranch(branch)).sort();
    this.#depth -= 1;
    const print = hash(canonical([parts, exactlyOne, valuesOf(notes)]));
    this.#prints.set(place.key, print);
    return print;
  }

  printBranch({ type, keywords, properties, children }: Branch): string {
    const inside = (places: ReadonlyMap<string, Place>) =>
      [...places].map(([key, child]) => [key, this.print(child)]).sort();
    return canonical([type, valuesOf(keywords), inside(properties), inside(children)]);
  }

  #join(parts: readonly Part[], pointer: string): Place {
    const unique = new Map(
      parts.map((part) => this.#settle(part)).map((part) => [this.#idOf(part.node), part]),
    );
    return { parts: [...unique.values()], key: [...unique.keys()].sort().join('+'), pointer };
  }

  /** A reference with nothing beside it is as good as what it leads to. */
  #settle(part: Part): Part {
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

  /** By the object itself, which an alias in YAML shares. */
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

  #readPart({ node, pointer }: Part, open: ReadonlySet<unknown>): Schema {
    if (node === true || node === undefined) return whole([anything(pointer)], pointer);
    if (node === false) return whole([], pointer);
    if (!isObject(node))
      throw new NotComparable(this.#document, pointer, 'A schema is an object, true or false.');
    if (open.has(node)) {
      throw new NotComparable(this.#document, pointer, 'This schema is made of nothing but itself.');
    }
    const inner = new Set(open).add(node);
    const { $ref } = node;
    let schema: Schema;
    if (typeof $ref === 'string') {
      const target = this.#readPart({ node: resolve($ref, this.#document, pointer), pointer: $ref }, inner);
      if (this.#old) return target;
      schema = this.#both(this.#readOwn(node, pointer), target);
    } else {
      schema = this.#readOwn(node, pointer);
    }
    for (const [index, part] of list(node['allOf']).entries()) {
      schema = this.#both(
        schema,
        this.#readPart({ node: part, pointer: `${pointer}/allOf/${index}` }, inner),
      );
    }
    for (const key of ['anyOf', 'oneOf']) {
      if (!Array.isArray(node[key])) continue;
      const parts = list(node[key]).map((part, index) =>
        this.#readPart({ node: part, pointer: `${pointer}/${key}/${index}` }, inner),
      );
      const merged = mergeBranches(
        parts.flatMap((part) =>
          part.branches.map((branch) => ({ ...branch, words: joinWords(part.words, branch.words) })),
        ),
      );
      const branches = key === 'anyOf' ? withoutCovered(merged) : merged;
      const exactlyOne =
        parts.some((part) => part.exactlyOne) || (key === 'oneOf' && !this.#excludeEachOther(branches));
      // Beside null there is one whose notes are meant.
      const meant = parts.filter(
        ({ branches: [only, ...others] }) => only?.type !== 'null' || others.length > 0,
      );
      const notes = meant.length === 1 ? (meant[0] as Schema).notes : new Map();
      schema = this.#both(schema, { ...whole(branches, pointer), exactlyOne, notes });
    }
    return schema;
  }

  /** What a schema says itself, beside references and alternatives. */
  #readOwn(node: Record<string, unknown>, pointer: string): Schema {
    const keywords = new Map<string, Keyword>();
    const children = new Map<string, Place>();
    const properties = new Map<string, Place>();
    for (const [key, value] of Object.entries(node)) {
      const here = `${pointer}/${escapeKey(key)}`;
      if (concerns.has(key)) {
        if (!isDefault(key, value)) keywords.set(key, { value, pointer: here });
      } else if (opaque.has(key)) {
        keywords.set(key, { value: this.#wholeOf(value, new Set()), pointer: here });
      } else if (single.has(key)) {
        if (!isEmpty(value)) children.set(key, this.place(value, here));
      } else if (several.has(key)) {
        for (const [name, part] of Object.entries(Object(value))) {
          const way = `${key}/${escapeKey(name)}`;
          children.set(way, this.place(part, `${pointer}/${way}`));
        }
      } else if (key === 'properties') {
        for (const [name, part] of Object.entries(Object(value))) {
          properties.set(name, this.place(part, `${here}/${escapeKey(name)}`));
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

  /** The types that a schema names, each with the values that it lists of them. */
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
      // Null has no other value, and of truth values there are two.
      const all = type === 'null' || (type === 'boolean' && unique.length === 2);
      return all ? { type } : { type, values: unique };
    });
  }

  /** The value of an opaque keyword, with references put in place until they come back to themselves. */
  #wholeOf(value: unknown, open: ReadonlySet<unknown>): unknown {
    if (Array.isArray(value)) return value.map((part) => this.#wholeOf(part, open));
    if (!isObject(value)) return value;
    if (open.has(value)) return 'itself';
    const inner = new Set(open).add(value);
    const { $ref, ...beside } = value;
    if (typeof $ref === 'string') {
      return [this.#wholeOf(at($ref, this.#document), inner), this.#wholeOf(beside, inner)];
    }
    const words = wordsOf(value, '');
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, part]) => !words.has(key) || isObject(part))
        .map(([key, part]) => [key, this.#wholeOf(part, inner)]),
    );
  }

  /** Both have to be fulfilled. */
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
      // What stands nearer to the use counts.
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
    // Each side may say something about the properties that only the other one names.
    const properties = this.#bothPlaces(a.properties, b.properties);
    for (const [one, other] of [[a, b] as const, [b, a] as const]) {
      const rest = one.children.get('additionalProperties');
      if (!rest || [...one.children.keys()].some((key) => key.startsWith('patternProperties/'))) continue;
      for (const [name, place] of other.properties) {
        if (!one.properties.has(name))
          properties.set(name, this.#join([...place.parts, ...rest.parts], place.pointer));
      }
    }
    return {
      type,
      keywords: new Map([...keywords].filter(([key]) => isAbout(type, key))),
      properties: !type || type === 'object' ? properties : new Map(),
      children: new Map([...this.#bothPlaces(a.children, b.children)].filter(([key]) => isAbout(type, key))),
      words: joinWords(a.words, b.words),
      pointer: saysMore(a, b) ? a.pointer : b.pointer,
    };
  }

  #bothPlaces(a: ReadonlyMap<string, Place>, b: ReadonlyMap<string, Place>): Map<string, Place> {
    const places = new Map(a);
    for (const [key, place] of b) {
      const known = places.get(key);
      places.set(key, known ? this.#join([...known.parts, ...place.parts], known.pointer) : place);
    }
    return places;
  }

  /** Whether no value fits two of them: they differ in type, or in a property that has one value in each. */
  #excludeEachOther(branches: readonly Branch[]): boolean {
    return branches.every((one, index) =>
      branches.slice(index + 1).every((other) => {
        if (one.type && other.type && familyOf(one) !== familyOf(other)) return true;
        const [own, others] = [this.tagsOf(one), this.tagsOf(other)];
        return [...own].some(([name, tag]) => others.has(name) && others.get(name) !== tag);
      }),
    );
  }

  /** Required properties that can have one value only, which tell objects apart. */
  tagsOf(branch: Branch): Map<string, string> {
    const required = list(branch.keywords.get('required')?.value);
    const tags = new Map<string, string>();
    for (const [name, { parts }] of branch.properties) {
      if (!required.includes(name)) continue;
      // Not by the normal form, since the way there may lead back to here.
      for (const { node } of parts) {
        if (!isObject(node)) continue;
        const values = 'const' in node ? [node['const']] : list(node['enum']);
        if (values.length === 1) tags.set(name, canonical(values[0]));
      }
    }
    return tags;
  }
}

/** Integers and other numbers are one family: the first ones become the second ones, or the other way round. */
export function familyOf({ type }: Branch): string {
  return type === 'integer' ? 'number' : (type ?? 'any');
}

/** The node that a reference leads to. */
function resolve($ref: string, document: object, pointer: string): unknown {
  if (!/^#(?:\/|$)/.test($ref)) {
    throw new NotComparable(document, pointer, `"${$ref}" is no place in this document; bundle it first.`);
  }
  const node = at($ref, document);
  if (node === undefined)
    throw new NotComparable(document, pointer, `Refers to ${$ref}, which is not there.`);
  return node;
}

const whole = (branches: readonly Branch[], pointer: string): Schema => ({
  branches,
  exactlyOne: false,
  notes: new Map(),
  words: none,
  pointer,
});

/** Where anything fits, the other alternatives say nothing. */
function finish(schema: Schema): Schema {
  const any = schema.branches.find(
    ({ type, keywords, properties, children }) =>
      !type && keywords.size + properties.size + children.size === 0,
  );
  if (!any || schema.exactlyOne) return schema;
  return { ...schema, branches: [any] };
}

/** Alternatives that are the same count once, and lists of values of one type are one list. */
function mergeBranches(branches: readonly Branch[]): Branch[] {
  const merged = new Map<string, Branch>();
  for (const branch of branches) {
    const inside = [...branch.properties, ...branch.children].map(([key, place]) => [key, place.key]);
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

/** Integers say nothing beside numbers that let them through: FastAPI writes `int | float` so. */
function withoutCovered(branches: readonly Branch[]): Branch[] {
  const numbers = branches.filter(({ type }) => type === 'number');
  return branches.filter(
    (branch) => branch.type !== 'integer' || !numbers.some((number) => covers(number, branch)),
  );
}

/** Whether all that the first one asks of a number is asked by the second one, too. */
function covers({ keywords }: Branch, other: Branch): boolean {
  return [...keywords].every(([key, { value }]) => {
    const own = other.keywords.get(key)?.value;
    return own !== undefined && canonical(bothValues(key, own, value)) === canonical(own);
  });
}

const isEmpty = (value: unknown) => value === true || (isObject(value) && Object.keys(value).length === 0);
const saysMore = (a: Branch, b: Branch) =>
  a.keywords.size + a.properties.size + a.children.size >=
  b.keywords.size + b.properties.size + b.children.size;
const hash = (text: string) => createHash('md5').update(text).digest('base64');
