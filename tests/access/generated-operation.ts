import { randomUUID } from 'node:crypto';
import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type Declaration, leavesOf } from './declarations.js';

export interface Generated {
  source: string;
  variables: Record<string, unknown>;
}

/** Asks for what is declared, with arguments that fit their types; every id in them is `id`. */
export function operationFor({ kind, field }: Declaration, id: string): Generated {
  const given = field.args
    .filter(isGiven)
    .map((arg) => ({ ...arg, value: argumentOf(arg.type, arg.name, id) }));
  const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const head = declared ? `${kind} (${declared})` : kind;
  const call = passed ? `${field.name}(${passed})` : field.name;
  return {
    source: `${head} { ${call} ${selectionOf(field)} }`,
    variables: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  };
}

function selectionOf({ type }: Declaration['field']): string {
  const named = getNamedType(type);
  if (!('getFields' in named)) return '';
  const fields = Object.keys(named.getFields());
  const errors = fields.includes('userErrors') ? ' userErrors { code field }' : '';
  const leaves = isObjectType(named) ? leavesOf(named).join(' ') : '';
  return `{ __typename ${leaves}${errors} }`;
}

/** Storefronts are public, and an id of something else in their place would hide what is asked of the rest. */
function isGiven({ name, type }: { name: string; type: GraphQLInputType }): boolean {
  return isNonNullType(type) || (holdsId(type) && !name.startsWith('storefrontId'));
}

/** Whether an id, or an input with one in it, belongs here. */
function holdsId(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return named.name === 'ID';
  return Object.values(named.getFields()).some((field) => holdsId(field.type));
}

function argumentOf(type: GraphQLInputType, name: string, id: string): unknown {
  if (isNonNullType(type)) return argumentOf(type.ofType, name, id);
  if (isListType(type)) return [argumentOf(type.ofType, name, id)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isGiven);
    return Object.fromEntries(
      fields.map((field) => [field.name, argumentOf(field.type, field.name, id)]),
    );
  }
  return scalar(type.name, name, id);
}

function scalar(type: string, name: string, id: string): unknown {
  switch (type) {
    case 'ID':
      return id;
    case 'Int':
      return 1;
    case 'Boolean':
      return true;
    case 'JSONObject':
      return {};
    case 'String':
      return TEXTS[name] ?? (name === 'idempotencyKey' ? randomUUID() : 'x');
    default:
      return new Date(0).toISOString();
  }
}

const TEXTS: Record<string, string> = { currency: 'GBP', email: 'nobody@example.com' };
