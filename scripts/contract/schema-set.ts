/** Prepares schemas of a contract for Ajv, with all that they refer to as one set of definitions. */
import { UniqueNames } from './names.ts';
import { complainAbout } from './not-taken.ts';
import { at, keysOf, normalPointer } from './pointer.ts';
import { isObject, type Place, type Problem } from './resolve.ts';
import { type Child, childrenOf, holdsSchemas, mapSchemas, type Schema } from './schema-walk.ts';
import { declaredTypes, isValueList, mayGrowBelow, typesOfMembers } from './value-lists.ts';

/**
 * A request is closed: it is held to the lists of values as they are. A response is open: a list of two or
 * more values stands for the types of its members, so that a value newer than the contract gets through.
 */
export type Direction = 'request' | 'response';

/** The keywords that say which values are valid and hold no schemas. All others are words, or none of JSON Schema's. */
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

/** What the references of prepared schemas begin with. */
export const definitionsId = 'definitions';

/** How a schema is read, which depends on where it stands. */
interface Reading {
  /** Whether lists of values take new members. */
  open: boolean;
  /** Whether a value that is refused here is refused altogether: not so below `not` and `if`. */
  affirmative: boolean;
  /** The references on the way here that went into no property and no item. */
  inPlace: readonly string[];
  /** Properties that are left out in this direction, known from the `allOf` around. */
  oneWay: ReadonlySet<string>;
}

/** Keywords whose schemas are about the same value, not about a part of it. */
const inPlace = new Set(['allOf', 'anyOf', 'dependentSchemas', 'else', 'if', 'not', 'oneOf', 'then']);

const none: ReadonlySet<string> = new Set();

export class SchemaSet {
  readonly problems: Problem[] = [];
  readonly #contract: object;
  readonly #direction: Direction;
  readonly #tags: ReadonlySet<string>;
  /** The definitions by the pointer that they were found at and how they were read. */
  readonly #definitions = new Map<string, { name: string; copy: unknown }>();
  readonly #names = new UniqueNames();

  constructor(contract: object, direction: Direction, tags: ReadonlySet<string>) {
    this.#contract = contract;
    this.#direction = direction;
    this.#tags = tags;
  }

  /** The schema as Ajv is to have it. All that it refers to is among the definitions afterwards. */
  add({ node, pointer }: Place<unknown>): unknown {
    const open = this.#direction === 'response';
    return this.#copy(node, pointer, { open, affirmative: true, inPlace: [], oneWay: none });
  }

  /** What the references of added schemas lead to. */
  get definitions(): Record<string, unknown> {
    return Object.fromEntries([...this.#definitions.values()].map(({ name, copy }) => [name, copy]));
  }

  #copy(schema: unknown, pointer: string, reading: Reading): unknown {
    if (!isObject(schema)) return schema;
    this.#complain(schema, pointer);
    const oneWay = new Set([...reading.oneWay, ...this.#oneWayNames(schema)]);
    const copy: Schema = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === '$ref') copy[keyword] = this.#refer(String(value), pointer, reading);
      else if (assertions.has(keyword)) copy[keyword] = value;
      // Definitions inside of a schema are reached by references, like all others.
      else if (holdsSchemas(keyword) && keyword !== '$defs') {
        copy[keyword] = mapSchemas(keyword, value, pointer, (child) =>
          this.#copy(child.schema, child.pointer, {
            open: reading.open && this.#mayGrow(child, pointer),
            affirmative: reading.affirmative && keyword !== 'not' && keyword !== 'if',
            inPlace: inPlace.has(keyword) ? reading.inPlace : [],
            oneWay: keyword === 'allOf' ? oneWay : none,
          }),
        );
      }
    }
    if (reading.open && isValueList(copy)) {
      copy['type'] = typesOfMembers(copy);
      delete (copy as Schema)['enum'];
    }
    if (reading.affirmative) {
      if (!/64$/.test(String(schema['format']))) boundIntegers(copy);
      if (Array.isArray(copy['required']))
        copy['required'] = copy['required'].filter((name) => !oneWay.has(name));
    }
    this.#decideAlternatives(copy, schema, pointer, reading.open);
    return copy;
  }

  #mayGrow({ keyword, name }: Child, parent: string): boolean {
    return mayGrowBelow(keyword) && !(keyword === 'properties' && this.#tags.has(`${parent} ${name}`));
  }

  #refer($ref: string, pointer: string, reading: Reading): string {
    const place = normalPointer($ref);
    const target = at(place, this.#contract);
    if (target === undefined || !$ref.startsWith('#')) {
      this.problems.push({ pointer, message: `"${$ref}" leads to nothing in this document.` });
    } else if (reading.inPlace.includes(place)) {
      const message = `"${$ref}" leads back here without going into a property or an item: no value could be checked.`;
      this.problems.push({ pointer, message });
    }
    const key = `${place} ${reading.open} ${reading.affirmative}`;
    let definition = this.#definitions.get(key);
    if (!definition) {
      definition = { name: this.#names.add(keysOf(place).at(-1) ?? ''), copy: true };
      // Known before it is copied, as it may refer to itself.
      this.#definitions.set(key, definition);
      const chain = [...reading.inPlace, place];
      definition.copy = this.#copy(target, place, { ...reading, inPlace: chain, oneWay: none });
    }
    return `${definitionsId}#/$defs/${definition.name}`;
  }

  /** Notes what can't be taken of this schema, the schemas in it left aside. */
  #complain(schema: Schema, pointer: string): void {
    const say = (message: string, keyword = '') =>
      this.problems.push({ pointer: keyword ? `${pointer}/${keyword}` : pointer, message });
    for (const keyword of Object.keys(schema)) {
      const message = complainAbout(keyword);
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
    // JavaScript gives an object of this name another meaning.
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

  /** Fields that only answers have (`readOnly`) can't be required of a request, nor the other way round. */
  #oneWayNames(schema: unknown, seen = new Set<unknown>()): string[] {
    if (!isObject(schema) || seen.has(schema)) return [];
    seen.add(schema);
    const { $ref, allOf, properties } = schema;
    const flag = this.#direction === 'request' ? 'readOnly' : 'writeOnly';
    const own = Object.entries(Object(properties)).filter(([, property]) => this.#isFlagged(property, flag));
    const parts = [...(Array.isArray(allOf) ? allOf : [])];
    if (typeof $ref === 'string') parts.push(at($ref, this.#contract));
    return [...own.map(([name]) => name), ...parts.flatMap((part) => this.#oneWayNames(part, seen))];
  }

  #isFlagged(schema: unknown, flag: string, seen = new Set<unknown>()): boolean {
    if (!isObject(schema) || seen.has(schema)) return false;
    seen.add(schema);
    const { $ref, allOf } = schema;
    const parts = [...(Array.isArray(allOf) ? allOf : [])];
    if (typeof $ref === 'string') parts.push(at($ref, this.#contract));
    return schema[flag] === true || parts.some((part) => this.#isFlagged(part, flag, seen));
  }

  /**
   * A `oneOf` whose branches have a tag each is decided by it, so that a fault is told of the branch that was
   * meant. One that lists were opened in becomes `anyOf`: its branches may overlap now.
   */
  #decideAlternatives(copy: Schema, schema: Schema, pointer: string, open: boolean): void {
    const { oneOf, ...others } = copy;
    if (!Array.isArray(schema['oneOf']) || !Array.isArray(oneOf)) return;
    const tag = Object(schema['discriminator'])['propertyName'];
    if (typeof tag === 'string' && this.#tagDecides(schema, tag)) {
      copy['discriminator'] = { propertyName: tag };
      // Ajv looks at the branches of objects only.
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
    // What the branch has seen would not be told from what is left over.
    if ('unevaluatedProperties' in schema || 'unevaluatedItems' in schema) return false;
    const values = (schema['oneOf'] as unknown[]).flatMap((branch) => {
      const { $ref, ...beside } = Object(branch);
      // Ajv looks behind a reference only where nothing that counts stands beside it.
      const plain = Object.keys(beside).every(
        (keyword) => !assertions.has(keyword) && !holdsSchemas(keyword),
      );
      const node = $ref === undefined ? branch : plain ? at($ref, this.#contract) : undefined;
      const { properties, required } = Object(node);
      const property = Object(properties)[tag];
      if (!isObject(property) || !Array.isArray(required) || !required.includes(tag)) return [undefined];
      if (property['readOnly'] || property['writeOnly']) return [undefined];
      return property['const'] === undefined ? (property['enum'] ?? [undefined]) : [property['const']];
    });
    // Ajv keeps them as the names of an object, and takes what every object has for taken.
    const isUsable = (value: unknown) => typeof value === 'string' && value !== '' && !(value in {});
    return values.every(isUsable) && new Set(values).size === values.length;
  }

  /** Whether there is a list in this schema, or behind its references, that is opened. */
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
 * JSON has whole numbers of any size, JavaScript only up to 2^53: a larger one has changed in silence when it was
 * parsed. The format `int64` says that large ones are to be expected.
 */
function boundIntegers(schema: Schema): void {
  const types = declaredTypes(schema);
  if (!types?.includes('integer') || types.includes('number')) return;
  schema['maximum'] ??= Number.MAX_SAFE_INTEGER;
  schema['minimum'] ??= Number.MIN_SAFE_INTEGER;
}
