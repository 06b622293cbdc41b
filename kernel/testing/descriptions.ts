import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

/** What federation adds to a subgraph schema; it carries no descriptions. */
const FEDERATION = /^_|__/;
const FEDERATION_FIELDS = new Set(['_entities', '_service']);

/** Coordinates (`User.name`, `Query.user(id:)`) of whatever in a schema has no description. */
export function undescribed(schema: GraphQLSchema): string[] {
  const roots = new Set([
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ]);
  const own = Object.values(schema.getTypeMap()).filter(
    (type) =>
      !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !FEDERATION.test(type.name),
  );
  return own.flatMap((type) => [
    ...(type.description || roots.has(type as never) ? [] : [type.name]),
    ...parts(type)
      .filter(([, description]) => !description)
      .map(([coordinate]) => coordinate),
  ]);
}

type Part = [coordinate: string, description: string | null | undefined];

function parts(type: GraphQLNamedType): Part[] {
  if (isEnumType(type)) {
    return type.getValues().map((value) => [`${type.name}.${value.name}`, value.description]);
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return fields.map((field) => [`${type.name}.${field.name}`, field.description]);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields()).filter(({ name }) => !FEDERATION_FIELDS.has(name));
  return fields.flatMap((field): Part[] => [
    [`${type.name}.${field.name}`, field.description],
    ...field.args.map((arg): Part => [`${type.name}.${field.name}(${arg.name}:)`, arg.description]),
  ]);
}
