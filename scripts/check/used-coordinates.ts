import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  parse,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * What of a schema an operation uses, as coordinates: `Type`, `Type.field`, `Type.field.argument`, `Input.field` and
 * `Enum.VALUE`. A variable may hold anything that its type allows.
 */
export function usedCoordinates(schema: GraphQLSchema, text: string): Set<string> {
  const used = new Set<string>();
  const info = new TypeInfo(schema);
  const document = parse(text);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: () => {
        const [parent, field] = [info.getParentType(), info.getFieldDef()];
        if (!parent || !field) return;
        used.add(parent.name).add(`${parent.name}.${field.name}`);
        used.add(getNamedType(field.type).name);
      },
      Argument: ({ name }) => {
        const [parent, field] = [info.getParentType(), info.getFieldDef()];
        if (parent && field) used.add(`${parent.name}.${field.name}.${name.value}`);
      },
      ObjectField: ({ name }) => {
        const input = info.getParentInputType();
        if (input) used.add(`${getNamedType(input).name}.${name.value}`);
      },
      ObjectValue: () => {
        const input = info.getInputType();
        if (input) used.add(getNamedType(input).name);
      },
      EnumValue: ({ value }) => {
        const input = info.getInputType();
        if (input) used.add(getNamedType(input).name).add(`${getNamedType(input).name}.${value}`);
      },
      NamedType: ({ name }) => void used.add(name.value),
      Directive: ({ name }) => void used.add(`@${name.value}`),
      VariableDefinition: ({ type }) => {
        const variable = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
        if (variable) addInput(used, variable);
      },
    }),
  );
  return used;
}

function addInput(used: Set<string>, type: GraphQLInputType): void {
  const named = getNamedType(type);
  const isKnown = used.has(`${named.name}.*`);
  used.add(named.name);
  if (isKnown) return;
  if (isEnumType(named))
    for (const { name } of named.getValues()) used.add(`${named.name}.${name}`);
  if (!isInputObjectType(named)) return;
  used.add(`${named.name}.*`);
  for (const field of Object.values(named.getFields())) {
    used.add(`${named.name}.${field.name}`);
    addInput(used, field.type);
  }
}
