/** Prepares schemas of a contract for Ajv, with all that they refer to as one set of definitions. */
import { UniqueNames } from './names.ts';
import { complainAbout } from './not-taken.ts';
import { at, keysOf } from './pointer.ts';
import { follow, isObject, type Place, type Problem } from './resolve.ts';
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

export class SchemaSet {
  readonly problems: Problem[] = [];
  readonly #contract: object;
  readonly #direction: Direction;
  readonly #tags: ReadonlySet<string>;
  /** The definitions by the pointer that they were found at and whether lists in them are open. */
  readonly #definitions = new Map<string, { name: string; copy: unknown }>();
  readonly #names = new UniqueNames();

  constructor(contract: object, direction: Direction, tags: ReadonlySet<string>) {
    this.#contract = contract;
    this.#direction = direction;
    this.#tags = tags;
  }

  /** The schema as Ajv is to have it. All that it refers to is among the definitions afterwards. */
  add({ node, pointer }: Place<unknown>): unknown {
    return this.#copy(node, pointer, this.#direction === 'response');
  }

  /** What the references of added schemas lead to. */
  get definitions(): Record<string, unknown> {
    return Object.fromEntries([...this.#definitions.values()].map(({ name, copy }) => [name, copy]));
  }

  #copy(schema: unknown, pointer: string, open: boolean): unknown {
    if (!isObject(schema)) return schema;
    const copy: Schema = {};
    for (const [keyword, value] of Object.entries(schema)) {
      const message = complainAbout(keyword);
      if (message) this.problems.push({ pointer, message });
      else if (keyword === '$ref') copy[keyword] = this.#refer(String(value), pointer, open);
      else if (assertions.has(keyword)) copy[keyword] = value;
      // Definitions inside of a schema are reached by references, like all others.
      else if (holdsSchemas(keyword) && keyword !== '$defs') {
        copy[keyword] = mapSchemas(keyword, value, pointer, (child) =>
          this.#copy(child.schema, child.pointer, open && this.#mayGrow(child, pointer)),
        );
      }
    }
    this.#checkPatterns(schema, pointer);
    if (open && isValueList(copy)) {
      copy['type'] = typesOfMembers(copy);
      delete (copy as Schema)['enum'];
    }
    if (schema['format'] !== 'int64') boundIntegers(copy);
    this.#dropOneWay(copy, schema, pointer);
    this.#decideAlternatives(copy, schema, pointer, open);
    return copy;
  }

  #mayGrow({ keyword, name }: Child, parent: string): boolean {
    return mayGrowBelow(keyword) && !(keyword === 'properties' && this.#tags.has(`${parent} ${name}`));
  }

  #refer($ref: string, pointer: string, open: boolean): string {
    const target = at($ref, this.#contract);
    if (target === undefined || !$ref.startsWith('#')) {
      this.problems.push({ pointer, message: `"${$ref}" leads to nothing in this document.` });
    }
    follow(this.#contract, { $ref }, pointer);
    const key = `${$ref} ${open}`;
    let definition = this.#definitions.get(key);
    if (!definition) {
      definition = { name: this.#names.add(keysOf($ref).at(-1) ?? ''), copy: true };
      // Known before it is copied, as it may refer to itself.
      this.#definitions.set(key, definition);
      definition.copy = this.#copy(target, $ref, open);
    }
    return `${definitionsId}#/$defs/${definition.name}`;
  }

  #checkPatterns(schema: Schema, pointer: string): void {
    const { pattern, patternProperties } = schema;
    for (const text of [pattern, ...Object.keys(Object(patternProperties))]) {
      if (typeof text !== 'string') continue;
      try {
        new RegExp(text, 'u');
      } catch (error) {
        const reason = (error as Error).message.replace(/^Invalid regular expression: /, '');
        this.problems.push({
          pointer: `${pointer}/${text === pattern ? 'pattern' : 'patternProperties'}`,
          message: `"${text}" is no regular expression of ECMAScript with the flag u (${reason}): write it as one, as JSON Schema asks.`,
        });
      }
    }
  }

  /** A field that only answers have (`readOnly`) can't be required of a request, nor the other way round. */
  #dropOneWay(copy: Schema, schema: Schema, pointer: string): void {
    if (!Array.isArray(copy['required'])) return;
    const flag = this.#direction === 'request' ? 'readOnly' : 'writeOnly';
    copy['required'] = copy['required'].filter((name) => {
      const property = Object(schema['properties'])[name];
      return (
        Object(property)[flag] !== true &&
        Object(follow(this.#contract, property, pointer).node)[flag] !== true
      );
    });
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
      copy['type'] ??= 'object';
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
    return values.every((value) => typeof value === 'string') && new Set(values).size === values.length;
  }

  /** Whether there is a list in this schema, or behind its references, that is opened. */
  #opens(schema: unknown, pointer: string, seen = new Set<string>()): boolean {
    if (!isObject(schema)) return false;
    if (isValueList(schema)) return true;
    const { $ref } = schema;
    if (typeof $ref === 'string' && !seen.has($ref)) {
      seen.add($ref);
      if (this.#opens(at($ref, this.#contract), $ref, seen)) return true;
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
