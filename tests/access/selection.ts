import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** All that can be asked of a type without arguments, so many objects within each other. */
export function selectionOf(type: GraphQLNamedType, depth: number): string {
  if (!isObjectType(type)) return '{ __typename }';
  const fields = Object.values(type.getFields()).flatMap((field) => fieldOf(field, depth));
  return `{ ${['__typename', ...fields].join(' ')} }`;
}

function fieldOf({ name, type, args }: GraphQLField<unknown, unknown>, depth: number): string[] {
  if (args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)) return [];
  const named = getNamedType(type);
  if (!('getFields' in named)) return [name];
  return depth > 0 ? [`${name} ${selectionOf(named, depth - 1)}`] : [];
}
