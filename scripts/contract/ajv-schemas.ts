/** Turns the schemas of a contract into what Ajv compiles: one walk, and nothing to correct afterwards. */
import {
  type Child,
  childrenOf,
  declaredTypes,
  isValueList,
  limits,
  mapSchemas,
  type Schema,
  typesOfMembers,
} from './json-schema.ts';
import { UniqueNames } from './names.ts';
import { at, keysOf, normalPointer, pointerTo } from './pointer.ts';
import { follow, isObject, type Located, type Problem } from './resolve.ts';

/** A schema that others refer to. It becomes a function of its own, or is put in place where it is used once or short. */
export interface Check extends Located<unknown>, Mode {
  /** What Ajv compiles, with `{ check }` in place of references. */
  schema: unknown;
  /** How many references lead here. */
  uses: number;
  /** The checks that it refers to. */
  refersTo: Set<Check>;
  problems: Problem[];
  /** Of one that becomes a function: can be a part of an identifier. */
  name: string;
}

type Direction = 'request' | 'response';

/** How a schema is read, which depends on where it is. */
interface Mode {
  direction: Direction;
  /** Whether lists of values take values that are newer than the contract. */
  open: boolean;
}

interface Context extends Mode {
  /** What is being built. */
  check: Check;
  /** The references on the way here that are about the same value. */
  inPlace: readonly string[];
  /** Whether a schema around asks which properties or items the schemas in place have looked at. */
  tracked: boolean;
}

/** Keywords whose schemas are about the value itself, not about a part of it. */
const inPlace = new Set(['allOf', 'anyOf', 'dependentSchemas', 'else', 'if', 'not', 'oneOf', 'then']);

/** Keywords below which lists stay closed: taking more values there would mean to refuse more, or to count more. */
const closing = new Set(['contains', 'if', 'not']);

/** How many schemas are put in place within each other. */
const deepest = 10;

export class AjvSchemas {
  /** Where `nullable` of OpenAPI 3.0 is read as it was meant. */
  readonly nullable = new Set<string>();
  readonly #contract: object;
  readonly #tags: ReadonlySet<string>;
  /** By pointer and mode. */
  readonly #checks = new Map<string, Check>();
  /** By pointer: whether a list in a schema, or in one that it refers to, can grow. */
  readonly #growing = new Map<string, boolean>();

  /** @param tags - As `findTags` gives them. */
  constructor(contract: object, tags: ReadonlySet<string>) {
    this.#contract = contract;
    this.#tags = tags;
  }

  /** A schema that becomes a function. It may be made of references into the contract. */
  add(located: Located<unknown>, direction: Direction): Check {
    const check = this.#checkOf(located, { direction, open: direction === 'response' }, [located.pointer]);
    check.uses = Number.POSITIVE_INFINITY;
    return check;
  }

  /** Names all checks that become functions: also those that would be put in place too deep for a compiler. */
  functions(): Check[] {
    const checks = [...this.#checks.values()];
    for (const check of checks) if (Number.isFinite(check.uses) && isShort(check)) check.uses = 1;
    const functions = checks.filter(({ uses }) => uses > 1);
    const names = new UniqueNames(['helpers']);
    // The iteration visits what is added meanwhile.
    for (const check of functions) {
      functions.push(...this.#deepIn(check, 0));
      const suffix =
        check.direction === 'request' ? '_request' : check.open === this.#grows(check) ? '' : '_closed';
      check.name = names.add(`${keysOf(check.pointer).at(-1)}${suffix}`);
    }
    return functions;
  }

  #deepIn(check: Check, depth: number): Check[] {
    return [...check.refersTo].flatMap((next) => {
      if (next.uses > 1) return [];
      if (depth < deepest) return this.#deepIn(next, depth + 1);
      next.uses = Number.POSITIVE_INFINITY;
      return next;
    });
  }

  /** What Ajv compiles, with everything in place that is used once. */
  settle(schema: unknown): unknown {
    if (!isObject(schema)) return schema;
    const { check, ...beside } = schema as { check?: Check };
    if (check && check.uses > 1) return { ...beside, check: check.name };
    if (check) {
      // What can't be taken can't be compiled either.
      const inner = check.problems.length > 0 ? true : this.settle(check.schema);
      return isObject(inner) ? { ...beside, ...inner } : inner;
    }
    return mergeNull(
      Object.fromEntries(
        Object.entries(schema).map(([keyword, value]) => [
          keyword,
          mapSchemas(keyword, value, (inner) => this.settle(inner)),
        ]),
      ),
    );
  }

  /** The check of a schema, or of the one that it does nothing but refer to. */
  #checkOf(located: Located<unknown>, mode: Mode, chain: readonly string[]): Check {
    const { node, pointer } = located;
    const { direction } = mode;
    const open = mode.open && this.#grows(located);
    const key = `${pointer} ${direction} ${open}`;
    const known = this.#checks.get(key);
    if (known) return known;
    const next = bareReference(node);
    if (next !== undefined && !chain.includes(next)) {
      const target = { node: at(next, this.#contract), pointer: next };
      if (target.node !== undefined) return this.#checkOf(target, mode, [...chain, next]);
    }
    const check: Check = {
      ...located,
      direction,
      open,
      schema: true,
      uses: 0,
      refersTo: new Set(),
      problems: [],
      name: '',
    };
    // Before it is copied, since it may refer to itself.
    this.#checks.set(key, check);
    check.schema = this.#copy(node, pointer, { ...check, check, inPlace: chain, tracked: tracks(node) });
    return check;
  }

  #copy(schema: unknown, pointer: string, context: Context): unknown {
    if (!isObject(schema)) return schema;
    this.#refuse(schema, pointer, context);
    if (schema['nullable'] === true) this.nullable.add(pointer);
    // What is put in place below may hold this schema again, so it is a check of its own.
    if (tracks(schema) && !context.tracked) return this.#referTo({ node: schema, pointer }, context);
    let copy: Schema = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (!limits(keyword)) continue;
      copy[keyword] = mapSchemas(keyword, value, (inner, name) =>
        this.#copy(inner, pointerTo(pointer, keyword, name), {
          ...context,
          open: context.open && this.#mayGrow(keyword, name, pointer),
          inPlace: inPlace.has(keyword) ? context.inPlace : [],
          tracked: inPlace.has(keyword) && context.tracked,
        }),
      );
    }
    if (context.open && isValueList(copy)) {
      const { enum: values, ...others } = copy;
      copy = { ...others, type: typesOfMembers(copy), known: { at: pointer, values } };
    }
    // No value is one of none.
    const { enum: values, type } = copy;
    if ([values, type].some((list) => Array.isArray(list) && list.length === 0)) return false;
    if (type !== undefined) Object.assign(copy, typed(declaredTypes(copy) as string[]));
    if (!/64$/.test(String(schema['format']))) boundIntegers(copy);
    // In an array of arrays, Ajv takes for an empty one what the one before it contains.
    if ('contains' in copy && copy['minContains'] !== 0) copy['minItems'] ||= 1;
    if (Array.isArray(copy['required'])) {
      const isSent = (name: string) => !this.#isOneWay(Object(schema['properties'])[name], context.direction);
      copy['required'] = copy['required'].filter(isSent);
    }
    for (const keyword of ['anyOf', 'oneOf']) this.#rewriteUnion(copy, schema, keyword, pointer, context);
    if (typeof schema['$ref'] === 'string') {
      const target = this.#refer(schema['$ref'], pointer, context);
      if (Object.keys(copy).length === 0) return orNull(target, schema);
      also(copy, target);
    }
    return orNull(copy, schema);
  }

  #mayGrow(keyword: string, name: Child['name'], parent: string): boolean {
    return !closing.has(keyword) && !(keyword === 'properties' && this.#tags.has(`${parent} ${name}`));
  }

  #refer($ref: string, pointer: string, context: Context): unknown {
    const target = normalPointer($ref);
    const node = at(target, this.#contract);
    const say = (message: string) => {
      context.check.problems.push({ pointer, message });
      return true;
    };
    if (node === undefined || !$ref.startsWith('#'))
      return say(`"${$ref}" leads to nothing in this document.`);
    if (context.inPlace.includes(target)) {
      return say(
        `"${$ref}" leads back here without going into a property or an item: no value could be checked.`,
      );
    }
    // Ajv knows what a schema has looked at only where it is put in place.
    if (!context.tracked) return this.#referTo({ node, pointer: target }, context);
    return this.#copy(node, target, { ...context, inPlace: [...context.inPlace, target] });
  }

  #referTo(located: Located<unknown>, context: Context): unknown {
    const check = this.#checkOf(located, context, [...context.inPlace, located.pointer]);
    check.uses += 1;
    context.check.refersTo.add(check);
    return { check };
  }

  /** Adds the problems of this schema, without those of the schemas in it. */
  #refuse(schema: Schema, pointer: string, { check }: Context): void {
    const say = (keyword: string, message: string) =>
      check.problems.push({ pointer: pointerTo(pointer, keyword), message });
    for (const keyword of ['$dynamicRef', '$recursiveRef'].filter((name) => name in schema)) {
      say(keyword, `"${keyword}" is not taken: write "$ref" with "#/components/schemas/<name>".`);
    }
    const { pattern = '', patternProperties } = schema;
    for (const text of [String(pattern), ...Object.keys(Object(patternProperties))]) {
      const reason = whyNoPattern(text, 'u') && whyNoPattern(text, '');
      if (!reason) continue;
      const keyword = text === pattern ? 'pattern' : 'patternProperties';
      say(
        keyword,
        `"${text}" is no regular expression of ECMAScript (${reason}): write it as one, as JSON Schema asks.`,
      );
    }
  }

  /** Whether a property is not sent in this direction, and so can't be required: a `readOnly` one of a request. */
  #isOneWay(property: unknown, direction: Direction): boolean {
    const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
    const parts = [property, Object(property)['allOf'] ?? []].flat();
    return parts.some((part) =>
      [part, follow(this.#contract, part, '').node].some((node) => Object(node)[flag] === true),
    );
  }

  /**
   * A `oneOf` whose branches have different tags gets a `discriminator`, so that the branch that was meant is
   * checked, and no other. Where lists of several branches can grow, the closed branches are tried first, so that a
   * value of one is not taken for a new value of another; and of branches that are open, several may fit.
   */
  #rewriteUnion(copy: Schema, schema: Schema, keyword: string, pointer: string, context: Context): void {
    const branches = schema[keyword];
    const open = copy[keyword];
    if (!Array.isArray(branches) || !Array.isArray(open)) return;
    const tag = Object(schema['discriminator'])['propertyName'];
    if (keyword === 'oneOf' && typeof tag === 'string' && this.#tagDecides(schema, tag)) {
      copy['discriminator'] = { propertyName: tag };
      // Ajv looks for the tag in the branch itself.
      copy['oneOf'] = open.map((branch, index) => {
        const values = this.#tagValues(branches[index], tag);
        return 'check' in branch
          ? { ...branch, properties: { [tag]: { enum: values } }, required: [tag] }
          : branch;
      });
      // Ajv applies a discriminator to objects only.
      copy['type'] = 'object';
      return;
    }
    if (!context.open || open.filter((branch) => !isNull(branch)).length < 2) return;
    const all = branches.map((node: unknown, index) => ({
      node,
      pointer: `${pointer}/${keyword}/${index}`,
    }));
    if (!all.some((located) => this.#grows(located))) return;
    delete copy[keyword];
    // A union that holds itself would be tried anew at each depth, in time that grows with the power of the depth.
    if (all.some((located) => this.#leadsTo(pointer, located))) {
      also(copy, { anyOf: open });
      return;
    }
    const closed = all.map((located) =>
      this.#copy(located.node, located.pointer, { ...context, open: false }),
    );
    also(copy, { if: { [keyword]: closed }, else: { anyOf: open } });
  }

  /** Whether every branch requires the tag and no two share a value of it. */
  #tagDecides(schema: Schema, tag: string): boolean {
    // With a discriminator, Ajv does not track which properties a branch has evaluated.
    if ('unevaluatedProperties' in schema || 'unevaluatedItems' in schema) return false;
    const values = (schema['oneOf'] as unknown[]).flatMap((branch) => this.#tagValues(branch, tag));
    // Ajv uses the values as keys of an object, so names that every object inherits are no usable values.
    const isUsable = (value: unknown) => typeof value === 'string' && value !== '' && !(value in {});
    return values.every(isUsable) && new Set(values).size === values.length;
  }

  /** The values that a branch allows for its tag; undefined is among them if the tag is optional or unlimited. */
  #tagValues(branch: unknown, tag: string): unknown[] {
    const reference = bareReference(branch);
    const { properties, required } = Object(reference === undefined ? branch : at(reference, this.#contract));
    const property = Object(properties)[tag];
    if (!isObject(property) || !Array.isArray(required) || !required.includes(tag)) return [undefined];
    if (property['readOnly'] || property['writeOnly']) return [undefined];
    if (property['const'] !== undefined) return [property['const']];
    return Array.isArray(property['enum']) ? property['enum'] : [undefined];
  }

  /** Whether a list in this schema, or in one that it leads to, can grow. */
  #grows({ node, pointer }: Located<unknown>): boolean {
    const known = this.#growing.get(pointer);
    if (known !== undefined) return known;
    const seen: string[] = [];
    for (const located of this.#reachable({ node, pointer }, ({ keyword, name }, parent) =>
      this.#mayGrow(keyword, name, parent),
    )) {
      seen.push(located.pointer);
      if (!isValueList(located.node) && !this.#growing.get(located.pointer)) continue;
      this.#growing.set(pointer, true);
      return true;
    }
    for (const each of seen) this.#growing.set(each, false);
    return false;
  }

  #leadsTo(target: string, located: Located<unknown>): boolean {
    for (const { pointer } of this.#reachable(located)) if (pointer === target) return true;
    return false;
  }

  /** A schema and all that it leads to, each once. */
  *#reachable(
    from: Located<unknown>,
    enters: (child: Child, parent: string) => boolean = () => true,
  ): Generator<Located<Schema>> {
    const seen = new Set<string>();
    const queue = [from];
    // The iteration visits what is added meanwhile.
    for (const { node, pointer } of queue) {
      if (!isObject(node) || seen.has(pointer)) continue;
      seen.add(pointer);
      yield { node, pointer };
      const { $ref } = node;
      if (typeof $ref === 'string')
        queue.push({ node: at($ref, this.#contract), pointer: normalPointer($ref) });
      for (const child of childrenOf(node, pointer)) {
        if (limits(child.keyword) && enters(child, pointer)) queue.push(child);
      }
    }
  }
}

/** Whether code in place is shorter than the call of a function. */
function isShort({ schema, refersTo }: Check): boolean {
  return refersTo.size === 0 && JSON.stringify(schema).length < 100;
}

/** Why a text is no regular expression; empty for one. */
function whyNoPattern(text: string, flags: string): string {
  try {
    new RegExp(text, flags);
    return '';
  } catch (error) {
    return (error as Error).message.split(': ').at(-1) ?? '';
  }
}

/** Whether a schema asks which properties or items the schemas in it have looked at. */
function tracks(schema: unknown): boolean {
  return isObject(schema) && ('unevaluatedProperties' in schema || 'unevaluatedItems' in schema);
}

/** Where a schema leads that does nothing but refer; undefined for others. */
function bareReference(schema: unknown): string | undefined {
  if (!isObject(schema) || typeof schema['$ref'] !== 'string' || schema['nullable'] === true)
    return undefined;
  return Object.keys(schema).some(limits) ? undefined : normalPointer(schema['$ref']);
}

/** Holds a value to one more schema. */
function also(copy: Schema, schema: unknown): void {
  copy['allOf'] = [...((copy['allOf'] as unknown[] | undefined) ?? []), schema];
}

/** `nullable` is of OpenAPI 3.0, and was meant. */
function orNull(copy: unknown, { nullable }: Schema): unknown {
  return nullable === true ? { anyOf: [copy, { type: 'null' }] } : copy;
}

function isNull(schema: unknown): boolean {
  return isObject(schema) && Object.keys(schema).length === 1 && schema['type'] === 'null';
}

/** Keywords that would limit null, too, beside a type and null. */
const ofAnyType = ['allOf', 'anyOf', 'check', 'const', 'discriminator', 'if', 'not', 'oneOf'];

/** A union of one schema and null becomes that schema with null as one of its types. */
function mergeNull(schema: Schema): Schema {
  const [keyword = '', ...more] = Object.keys(schema);
  const branches = /^(any|one)Of$/.test(keyword) && more.length === 0 ? (schema[keyword] as unknown[]) : [];
  const [other, ...others] = branches.filter((branch) => !isNull(branch));
  if (branches.length !== 2 || others.length > 0 || !isObject(other)) return schema;
  if (keyword === 'anyOf' && Object.keys(other).join() === 'check') return { ...other, orNull: true };
  const { enum: values, known, nullable } = other;
  const types = declaredTypes(other);
  if (!types || types.includes('null') || nullable || ofAnyType.some((name) => name in other)) return schema;
  return {
    ...other,
    ...typed([...types, 'null']),
    ...(Array.isArray(values) && { enum: [...values, null] }),
    ...(isObject(known) && { known: { ...known, values: [known['values'], null].flat() } }),
  };
}

/** Ajv's own way to write one type or null takes less code than a list of types. */
function typed(types: string[]): Schema {
  const [first, ...others] = types.filter((type) => type !== 'null');
  if (first === undefined) return { type: 'null' };
  if (others.length > 0) return { type: types };
  return types.includes('null') ? { type: first, nullable: true } : { type: first };
}

/**
 * Limits integers to those that JavaScript represents exactly: `JSON.parse` changes larger ones silently. The
 * format `int64` says that larger ones are expected, so there the limit is not set.
 */
function boundIntegers(schema: Schema): void {
  const types = declaredTypes(schema);
  if (!types?.includes('integer') || types.includes('number')) return;
  schema['maximum'] ??= Number.MAX_SAFE_INTEGER;
  schema['minimum'] ??= Number.MIN_SAFE_INTEGER;
}
