import { declaredAccess } from '@waybill/kernel/graphql/access.js';
import { Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';

export const SUBGRAPHS = ['users', 'catalog', 'orders', 'payments'];

/** These stand for what they hold, and are met nowhere else than in a field that says who may use it. */
const WRAPPER = /(Connection|Edge|Payload|UserError|PageInfo|Money)$/;

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

/** Everything in the SDL of a subgraph that does not say who may use it: `Query.orders: says nothing ...`. */
export function accessProblems(sdl: string): string[] {
  return parse(sdl).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    return ROOTS.has(definition.name.value) ? rootProblems(definition) : typeProblems(definition);
  });
}

const NOTHING = "says nothing about who may use it: @Access('...') of kernel/graphql/access.ts";

function rootProblems({ name, fields = [] }: ObjectTypeDefinitionNode): string[] {
  return fields
    .filter((field) => !field.name.value.startsWith('_') && !declaredAccess(field))
    .map((field) => `${name.value}.${field.name.value}: ${NOTHING}`);
}

function typeProblems(type: ObjectTypeDefinitionNode): string[] {
  const { value: name } = type.name;
  if (WRAPPER.test(name) || name.startsWith('_') || declaredAccess(type)) return [];
  return [`${name}: ${NOTHING}`];
}
