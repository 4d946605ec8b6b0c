/** Prepares schemas of a contract for Ajv, and what they refer to as one set of definitions. */
import { UniqueNames } from './names.ts';
import { at, keysOf, normalPointer } from './pointer.ts';
import { isObject, type Place, type Problem } from './resolve.ts';
import { type Child, childrenOf, holdsSchemas, mapSchemas, type Schema } from './schema-walk.ts';
import { refusalOf } from './unsupported.ts';
import { declaredTypes, isValueList, mayGrowBelow, typesOfMembers } from './value-lists.ts';

/**
 * Lists of values are closed in a request, and open in a response: there a list is replaced by the types of its
 * members, so that a value newer than the contract is valid.
 */
type Direction = 'request' | 'response';

/** The keywords that limit values and hold no schemas. */
const assertions = new Set([
  'const',
  'dependentRequired',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxContains',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minContains',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'pattern',
  'required',
  'type',
  'uniqueItems',
]);

/** The `$id` of the definitions. */
export const definitionsId = 'definitions';

/** How a schema is copied, which depends on its place. */
interface Context {
  /** Whether lists of values are open. */
  open: boolean;
  /** Whether a value that fails this schema is invalid as a whole, which is not so below `not` and `if`. */
  affirmative: boolean;
  /** The references on the way here that are about the same value. */
  inPlace: readonly string[];
  /** Properties that the schemas around say are not sent in this direction. */
  oneWay: ReadonlySet<string>;
}

/** Keywords whose schemas are about the value itself, not about a part of it. */
const inPlace = new Set(['allOf', 'anyOf', 'dependentSchemas', 'else', 'if', 'not', 'oneOf', 'then']);

const none: ReadonlySet<string> = new Set();

export class SchemaSet {
  readonly problems: Problem[] = [];
  readonly #contract: object;
  readonly #direction: Direction;
  readonly #tags: ReadonlySet<string>;
  /** By pointer and context. */
  readonly #definitions = new Map<string, { name: string; copy: unknown }>();
  readonly #names = new UniqueNames();

  constructor(contract: object, direction: Direction, tags: ReadonlySet<string>) {
    this.#contract = contract;
    this.#direction = direction;
    this.#tags = tags;
  }

  /** The schema for Ajv. What it refers to is added to `definitions`. */
  add({ node, pointer }: Place<unknown>): unknown {
    const open = this.#direction === 'response';
    return this.#copy(node, pointer, { open, affirmative: true, inPlace: [], oneWay: none });
  }

  /** The schemas that added schemas refer to. */
  get definitions(): Record<string, unknown> {
    return Object.fromEntries([...this.#definitions.values()].map(({ name, copy }) => [name, copy]));
  }

  #copy(schema: unknown, pointer: string, context: Context): unknown {
    if (!isObject(schema)) return schema;
    this.#check(schema, pointer);
    const oneWay = new Set([...context.oneWay, ...this.#oneWayNames(schema)]);
    const copy: Schema = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === '$ref') copy[keyword] = this.#refer(String(value), pointer, context);
      else if (assertions.has(keyword)) copy[keyword] = value;
      // Definitions within a schema are copied when something refers to them.
      else if (holdsSchemas(keyword) && keyword !== '$defs') {
        copy[keyword] = mapSchemas(keyword, value, pointer, (child) =>
          this.#copy(child.schema, child.pointer, {
            open: context.open && this.#mayGrow(child, pointer),
            affirmative: context.affirmative && keyword !== 'not' && keyword !== 'if',
            inPlace: inPlace.has(keyword) ? context.inPlace : [],
            oneWay: keyword === 'allOf' ? oneWay : none,
          }),
        );
      }
    }
    if (context.open && isValueList(copy)) {
      copy['type'] = typesOfMembers(copy);
      delete (copy as Schema)['enum'];
    }
    if (context.affirmative) {
      if (!/64$/.test(String(schema['format']))) boundIntegers(copy);
      if (Array.isArray(copy['required']))
        copy['required'] = copy['required'].filter((name) => !oneWay.has(name));
    }
    this.#rewriteOneOf(copy, schema, pointer, context.open);
    return copy;
  }

  #mayGrow({ keyword, name }: Child, parent: string): boolean {
    return mayGrowBelow(keyword) && !(keyword === 'properties' && this.#tags.has(`${parent} ${name}`));
  }

  #refer($ref: string, pointer: string, context: Context): string {
    const place = normalPointer($ref);
    const target = at(place, this.#contract);
    if (target === undefined || !$ref.startsWith('#')) {
      this.problems.push({ pointer, message: `"${$ref}" leads to nothing in this document.` });
    } else if (context.inPlace.includes(place)) {
      const message = `"${$ref}" leads back here without going into a property or an item: no value could be checked.`;
      this.problems.push({ pointer, message });
    }
    const key = `${place} ${context.open} ${context.affirmative}`;
    let definition = this.#definitions.get(key);
    if (!definition) {
      definition = { name: this.#names.add(keysOf(place).at(-1) ?? ''), copy: true };
      // Before it is copied, since it may refer to itself.
      this.#definitions.set(key, definition);
      const chain = [...context.inPlace, place];
      definition.copy = this.#copy(target, place, { ...context, inPlace: chain, oneWay: none });
    }
    return `${definitionsId}#/$defs/${definition.name}`;
  }

  /** Adds the problems of this schema, without those of the schemas in it. */
  #check(schema: Schema, pointer: string): void {
    const say = (message: string, keyword = '') =>
      this.problems.push({ pointer: keyword ? `${pointer}/${keyword}` : pointer, message });
    for (const keyword of Object.keys(schema)) {
      const message = refusalOf(keyword);
      if (message) say(message, keyword);
    }
    const { enum: values, pattern, patternProperties, properties } = schema;
    if (typeof pattern === 'string') this.#checkPattern(pattern, `${pointer}/pattern`);
    for (const text of Object.keys(Object(patternProperties))) {
      this.#checkPattern(text, `${pointer}/patternProperties`);
    }
    const types = declaredTypes(schema);
    if (types?.length === 0)
      say('An empty list of types takes no value: name the types, or leave it out.', 'type');
    if (Array.isArray(values)) {
      if (values.length === 0) say('An empty list takes no value: name the values, or leave it out.', 'enum');
      else if (types && typesOfMembers({ ...schema, enum: values }).length === 0) {
        say(`No value of the list is of type ${types.join(' or ')}: YAML wants quotes around text.`, 'enum');
      }
    }
    // In a JavaScript object this name sets the prototype.
    if (Object.hasOwn(Object(properties), '__proto__'))
      say('A property can not be called "__proto__".', 'properties');
  }

  #checkPattern(text: string, pointer: string): void {
    try {
      new RegExp(text, 'u');
    } catch (error) {
      const reason = (error as Error).message.split(': ').at(-1);
      const message = `"${text}" is no regular expression of ECMAScript with the flag u (${reason}): write it as one, as JSON Schema asks.`;
      this.problems.push({ pointer, message });
    }
  }

  /** Properties that are not sent in this direction, and so can't be required: `readOnly` ones of a request. */
  #oneWayNames(schema: Schema): string[] {
    const flag = this.#direction === 'request' ? 'readOnly' : 'writeOnly';
    const isOneWay = (property: unknown) => this.#combined(property).some((part) => part[flag] === true);
    return this.#combined(schema)
      .flatMap(({ properties }) => Object.entries(Object(properties)))
      .flatMap(([name, property]) => (isOneWay(property) ? [name] : []));
  }

  /** A schema and those that `$ref` and `allOf` combine with it. */
  #combined(schema: unknown): Schema[] {
    const found = new Set<Schema>();
    const add = (part: unknown): void => {
      if (!isObject(part) || found.has(part)) return;
      found.add(part);
      const { $ref, allOf } = part;
      if (typeof $ref === 'string') add(at($ref, this.#contract));
      if (Array.isArray(allOf)) for (const each of allOf) add(each);
    };
    add(schema);
    return [...found];
  }

  /**
   * A `oneOf` whose branches have different tags gets a `discriminator`, so that a violation is reported of the
   * branch that was meant. One with opened lists becomes `anyOf`, since its branches may overlap.
   */
  #rewriteOneOf(copy: Schema, schema: Schema, pointer: string, open: boolean): void {
    const { oneOf, ...others } = copy;
    if (!Array.isArray(schema['oneOf']) || !Array.isArray(oneOf)) return;
    const tag = Object(schema['discriminator'])['propertyName'];
    if (typeof tag === 'string' && this.#tagDecides(schema, tag)) {
      copy['discriminator'] = { propertyName: tag };
      // Ajv applies a discriminator to objects only.
      copy['type'] = 'object';
      return;
    }
    if (!open || !schema['oneOf'].some((branch, index) => this.#opens(branch, `${pointer}/oneOf/${index}`)))
      return;
    delete copy['oneOf'];
    if (others['anyOf'] === undefined) copy['anyOf'] = oneOf;
    else copy['allOf'] = [...((others['allOf'] as unknown[]) ?? []), { anyOf: oneOf }];
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
    const { $ref, ...beside } = Object(branch);
    const hasRules = Object.keys(beside).some((keyword) => assertions.has(keyword) || holdsSchemas(keyword));
    // Ajv follows the reference of a branch only without other keywords beside it.
    if ($ref !== undefined && hasRules) return [undefined];
    const { properties, required } = Object($ref === undefined ? branch : at($ref, this.#contract));
    const property = Object(properties)[tag];
    if (!isObject(property) || !Array.isArray(required) || !required.includes(tag)) return [undefined];
    if (property['readOnly'] || property['writeOnly']) return [undefined];
    if (property['const'] !== undefined) return [property['const']];
    return Array.isArray(property['enum']) ? property['enum'] : [undefined];
  }

  /** Whether a list in this schema, or in one that it refers to, is opened. */
  #opens(schema: unknown, pointer: string, seen = new Set<string>()): boolean {
    if (!isObject(schema)) return false;
    if (isValueList(schema)) return true;
    const { $ref } = schema;
    if (typeof $ref === 'string' && !seen.has($ref)) {
      seen.add($ref);
      if (this.#opens(at($ref, this.#contract), normalPointer($ref), seen)) return true;
    }
    return childrenOf(schema, pointer).some(
      (child) => this.#mayGrow(child, pointer) && this.#opens(child.schema, child.pointer, seen),
    );
  }
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
