import { type GraphQLLeafType, isEnumType } from 'graphql';

/**
 * Whether a value is one of the leaf type's serialized values; a subgraph has serialized it already. Of a
 * custom scalar the gateway knows nothing but the name, so everything fits.
 */
export function leafCheck(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    return (value) => typeof value === 'string' && type.getValue(value) !== undefined;
  }
  return BUILT_IN[type.name] ?? (() => true);
}

const isString = (value: unknown) => typeof value === 'string';

/** As in Apollo Gateway any integer that JSON writes as one: subgraphs that send more than 32 bits are many. */
const isInteger = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) < 1e21;

const BUILT_IN: Readonly<Record<string, ((value: unknown) => boolean) | undefined>> = {
  String: isString,
  ID: (value) => isString(value) || isInteger(value),
  Boolean: (value) => typeof value === 'boolean',
  Float: (value) => Number.isFinite(value),
  Int: isInteger,
};
