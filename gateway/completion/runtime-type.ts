import { type GraphQLSchema, isObjectType } from 'graphql';
import { type DataObject, own } from '../execution/data.js';
import type { CompositeType } from './collect-fields.js';

/**
 * The object's own type, or the declared one where it does not say, or says what clients do not know: an
 * interface object of a subgraph, for one.
 */
export function runtimeType(
  schema: GraphQLSchema,
  declared: CompositeType,
  object: DataObject,
): CompositeType {
  if (isObjectType(declared)) return declared;
  const name = own(object, '__typename');
  const actual = typeof name === 'string' ? schema.getType(name) : undefined;
  return isObjectType(actual) && schema.isSubType(declared, actual) ? actual : declared;
}
