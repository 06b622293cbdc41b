import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** A JSON Schema of draft 2020-12, for an object: the attributes of the products of a category. */
export type AttributeSchema = Record<string, unknown>;
export type Attributes = Record<string, unknown>;

/** What is wrong, and where: `['size']`. */
export interface Problem {
  path: string[];
  message: string;
}

/** Bytes of a schema, and of the attributes of one product, at the most. */
export const MAX_JSON = 20_000;

/** A schema names nothing outside of itself; what it may not say is an error, so that no typing mistake is taken for a rule. */
const newAjv = () => {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false, strictRequired: false });
  addFormats.default(ajv);
  return ajv;
};

/** What is wrong with a schema as such; undefined where nothing is. */
export function schemaProblem(schema: AttributeSchema): string | undefined {
  const tooMuch = jsonProblem(schema);
  if (tooMuch) return tooMuch;
  if (schema.type !== 'object') return 'its type is not "object"';
  try {
    newAjv().compile(schema);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * What is wrong with attributes by the schemas of a category and all above it. They must fit each, and have nothing that
 * none of them speaks of; where there is no schema there are no attributes.
 */
export function attributeProblems(schemas: AttributeSchema[], attributes: Attributes): Problem[] {
  if (schemas.length === 0 && Object.keys(attributes).length === 0) return [];
  const tooMuch = jsonProblem(attributes);
  if (tooMuch) return [{ path: [], message: tooMuch }];
  const validate = compiled(schemas);
  if (validate(attributes)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '', params }) => ({
    path: [...pathOf(instancePath), params.unevaluatedProperty ?? params.missingProperty].filter(
      (part) => part !== undefined,
    ),
    message: message.replace('unevaluated', 'unknown'),
  }));
}

/** `/materials/0` as its parts. */
function pathOf(pointer: string): string[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const COMPILED_KEPT = 500;
const cache = new Map<string, ValidateFunction>();

function compiled(schemas: AttributeSchema[]): ValidateFunction {
  const key = JSON.stringify(schemas);
  const known = cache.get(key);
  if (known) return known;
  const together = { type: 'object', allOf: schemas, unevaluatedProperties: false };
  const validate = newAjv().compile(schemas.length > 0 ? together : NOTHING);
  if (cache.size >= COMPILED_KEPT) cache.delete(cache.keys().next().value ?? '');
  cache.set(key, validate);
  return validate;
}

const NOTHING = { type: 'object', unevaluatedProperties: false };

/** PostgreSQL keeps neither NUL nor halves of characters. */
function jsonProblem(value: object): string | undefined {
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) > MAX_JSON) return `it has more than ${MAX_JSON} bytes`;
  const unfit = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;
  return unfit.test(text) ? 'it has characters that cannot be kept' : undefined;
}
