/** Keywords of our own for Ajv: what a validator of a contract needs and JSON Schema has no word for. */
import { createRequire } from 'node:module';
import type { CodeKeywordDefinition, KeywordCxt } from 'ajv';
import { headersInAnyCase } from './json-schema.ts';

// By `require`: it takes half the time of `import`, where a loader hooks each module.
const require = createRequire(import.meta.url);
const codegen: typeof import('ajv/dist/compile/codegen/index.js') = require('ajv/dist/compile/codegen');
const code: typeof import('ajv/dist/compile/codegen/code.js') = require('ajv/dist/compile/codegen/code');
const dataType: typeof import('ajv/dist/compile/validate/dataType.js') = require('ajv/dist/compile/validate/dataType');
const { default: names }: typeof import('ajv/dist/compile/names.js') = require('ajv/dist/compile/names');
const util: typeof import('ajv/dist/compile/util.js') = require('ajv/dist/compile/util');
const { default: equal }: typeof import('ajv/dist/runtime/equal.js') = require('ajv/dist/runtime/equal');
const {
  default: ucs2length,
}: typeof import('ajv/dist/runtime/ucs2length.js') = require('ajv/dist/runtime/ucs2length');
const { _, and, Name, not, strConcat } = codegen;

/** The functions of Ajv that validators call, and have to import. */
export const helpers = { equal, ucs2length };

/** The function of a check. No name of Ajv's begins like this. */
export const functionName = (check: string) => `check_${check}`;

/** `check: name` holds the value to the function of that check, which the module has to import. */
const check = (onImport: (check: string) => void): CodeKeywordDefinition => ({
  keyword: 'check',
  schemaType: 'string',
  code(cxt) {
    const { gen, data, schema, parentSchema } = cxt;
    const { errors, vErrors } = names;
    onImport(schema);
    const validate = new Name(functionName(schema));
    const call = _`${validate}.call(this, ${data}, { instancePath: ${pathOf(cxt)} })`;
    cxt.result(parentSchema['orNull'] ? _`${data} === null || ${call}` : call, undefined, () => {
      gen.assign(
        vErrors,
        _`${vErrors} === null ? ${validate}.errors : ${vErrors}.concat(${validate}.errors)`,
      );
      gen.assign(errors, _`${vErrors}.length`);
    });
  },
});

/** `known: { at, values }` notes a value that is not among them, and takes it all the same. */
const known: CodeKeywordDefinition = {
  keyword: 'known',
  schemaType: 'object',
  code(cxt) {
    const { gen, data, it, schema, parentSchema } = cxt;
    const isOther = schema.values.map((value: unknown) =>
      typeof value === 'object' && value !== null
        ? _`!${util.useFunc(gen, equal)}(${data}, ${code.stringify(value)})`
        : _`${data} !== ${code.stringify(value)}`,
    );
    // In a branch of a union, Ajv goes on after a value of a wrong type.
    if (it.compositeRule) {
      const types = dataType.getSchemaTypes(parentSchema);
      const { Wrong } = dataType.DataType;
      isOther.unshift(not(dataType.checkDataTypes(types, data, it.opts.strictNumbers, Wrong)));
    }
    gen.if(and(...isOther), () => gen.code(_`this?.note?.(${schema.at}, ${pathOf(cxt)}, ${data})`));
  },
};

/** `headersInAnyCase: names` reads the names of headers as the contract spells them, whatever their letter case. */
const headers: CodeKeywordDefinition = {
  keyword: headersInAnyCase,
  type: 'object',
  schemaType: 'array',
  before: 'required',
  code({ gen, data, schema }) {
    const spelled = _`${code.stringify(schema)}.find((known) => known.toLowerCase() === name.toLowerCase())`;
    const entries = _`Object.entries(${data}).map(([name, value]) => [${spelled} ?? name, value])`;
    gen.assign(data as InstanceType<typeof Name>, _`Object.fromEntries(${entries})`, true);
  },
};

/** The pointer to the value, or to the property whose name it is. */
function pathOf({ it }: KeywordCxt) {
  const path = strConcat(names.instancePath, it.errorPath);
  if (!it.propertyName) return path;
  return strConcat(path, util.getErrorPath(it.propertyName, util.Type.Str, false) as typeof path);
}

/** @param onImport - Gets the name of each check that is referred to. */
export const keywords = (onImport: (check: string) => void) => [check(onImport), known, headers];
