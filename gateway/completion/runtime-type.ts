import { type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';
import { type DataObject, own } from '../execution/data.js';
import type { CompositeType } from './collect-fields.js';

/**
 * The object's own type, or the declared one where it does not say, or says an interface: an interface
 * object of a subgraph. Undefined where it names a type that clients do not know, for then it is hidden
 * from them.
 */
export function runtimeType(
  schema: GraphQLSchema,
  declared: CompositeType,
  object: DataObject,
): CompositeType | undefined {
  if (isObjectType(declared)) return declared;
  const name = own(object, '__typename');
  if (typeof name !== 'string') return declared;
  const actual = schema.getType(name);
  if (isObjectType(actual)) return schema.isSubType(declared, actual) ? actual : declared;
  return isAbstractType(actual) ? declared : undefined;
}
