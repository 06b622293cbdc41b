import {
  type FieldNode,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  Kind,
  type ValueNode,
} from 'graphql';
import type { Field, FieldCosts } from './field-cost.js';

/** What the arguments that a field is given cost: an input object 1, a leaf 0, or what `@cost` says. */
export function argumentsWeight(node: FieldNode, field: Field, costs: FieldCosts): number {
  let sum = 0;
  for (const { name, value } of node.arguments ?? []) {
    const argument = field.args.find((each) => each.name === name.value);
    if (argument)
      sum += costs.directives.weight(argument) ?? valueWeight(value, argument.type, costs);
  }
  return sum;
}

function valueWeight(value: ValueNode, type: GraphQLInputType, costs: FieldCosts): number {
  if (value.kind === Kind.LIST) {
    return value.values.reduce((sum, each) => sum + valueWeight(each, type, costs), 0);
  }
  const named = getNamedType(type);
  const own = costs.directives.weight(named) ?? (isInputObjectType(named) ? 1 : 0);
  if (value.kind !== Kind.OBJECT || !isInputObjectType(named)) return own;
  const inputs = named.getFields();
  return value.fields.reduce((sum, { name, value: given }) => {
    const input = inputs[name.value];
    if (!input) return sum;
    return sum + (costs.directives.weight(input) ?? valueWeight(given, input.type, costs));
  }, own);
}
