import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import { type DataObject, own } from './data.js';

/** Whether the object is of the type named; `unknown` answers for one that does not say what it is. */
export function isOfType(
  schema: GraphQLSchema,
  object: DataObject,
  typeName: string,
  unknown: boolean,
): boolean {
  const actual = own(object, '__typename');
  if (typeof actual !== 'string') return unknown;
  if (actual === typeName) return true;
  const type = schema.getType(actual);
  const condition = schema.getType(typeName);
  if (!isAbstractType(condition)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(condition, type);
}
