import 'reflect-metadata';
import {
  defaultFieldResolver,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { Directive } from 'type-graphql';
import { forbidden, unauthenticated } from '../errors.js';
import { accountOf, hasRole, type Identity, isManager, isStaff } from '../identity.js';

/** Who may use something, from everybody to the fewest; docs/access.md has all of it. */
export const ACCESS = {
  ANYONE: 'Everybody, also who is not logged in.',
  OWNER:
    'Whose it is, and staff. To anybody else it looks as if there were none: the answer is that for an id which nobody has.',
  SIGNED_IN: 'People who are logged in, and partners with their key.',
  PERSON: 'People who are logged in.',
  PARTNER: 'Partners with their key, for themselves, and staff.',
  STAFF: 'Staff, managers, administrators, and our own services.',
  MANAGER: 'Managers and administrators.',
  ADMIN: 'Administrators.',
} as const;

export type Access = keyof typeof ACCESS;

/** How a declaration stands in the SDL of a subgraph; it does not leave it. One class may be a type and an input. */
export const ACCESS_DIRECTIVE =
  '"Who may use it: a type with all that is in it, or a field."\ndirective @access(to: String!, scopes: String) on OBJECT | FIELD_DEFINITION | INPUT_OBJECT\n';

/**
 * Says who may use a query, mutation or subscription, a field, or all fields of a type that say nothing else. What is
 * not OWNER is enforced here for all four subgraphs, however the field is reached; who the owner of a row is, resolvers
 * know. The key of a partner needs one of the scopes, separated by spaces: READ for queries and subscriptions and WRITE for
 * mutations, unless it says others.
 */
export const Access = (to: Access, scopes?: string) =>
  Directive(`@access(to: "${to}"${scopes ? `, scopes: "${scopes}"` : ''})`);

type Declaring = ObjectTypeDefinitionNode | FieldDefinitionNode | null | undefined;

/** What a type or field declares; undefined where it says nothing. Throws on what is no Access. */
export function declaredAccess(node: Declaring): Access | undefined {
  const to = declared(node, 'to');
  if (to === undefined) return undefined;
  if (!Object.hasOwn(ACCESS, to)) throw new Error(`@access(to: "${to}") means nothing`);
  return to as Access;
}

/** What the key of a partner must be good for to use a field, one of these; undefined where it is no root field. */
export function neededScopes(type: string, field: Declaring): string[] | undefined {
  const usual = SCOPES[type];
  return usual === undefined ? undefined : (declared(field, 'scopes') ?? usual).split(' ');
}

function declared(node: Declaring, argument: string): string | undefined {
  const directive = node?.directives?.find(({ name }) => name.value === 'access');
  const value = directive?.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === 'StringValue' ? value.value : undefined;
}

/** Whether the role of somebody is enough; whether something is theirs is another question. */
export function mayUse(identity: Identity, access: Access): boolean {
  switch (access) {
    case 'ANYONE':
    case 'OWNER':
      return true;
    case 'SIGNED_IN':
      return accountOf(identity) !== undefined || identity.kind === 'service';
    case 'PERSON':
      return identity.kind === 'user';
    case 'PARTNER':
      return identity.kind === 'partner' || isStaff(identity);
    case 'STAFF':
      return isStaff(identity);
    case 'MANAGER':
      return isManager(identity);
    case 'ADMIN':
      return hasRole(identity, 'ADMIN');
  }
}

/** What the key of a partner must be good for, by the kind of operation. */
const SCOPES: Readonly<Record<string, string | undefined>> = {
  Query: 'READ',
  Subscription: 'READ',
  Mutation: 'WRITE',
};

function hasScope(identity: Identity, scopes: readonly string[]): boolean {
  return identity.kind !== 'partner' || scopes.some((each) => identity.scopes.includes(each));
}

/** Whether roles do not matter. */
const isForAll = (access: Access) => access === 'ANYONE' || access === 'OWNER';

type Context = { identity: Identity };

/** Has each field of the schema answer only those to whom it is declared; the schema is changed in place. */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const ofType = declaredAccess(type.astNode);
    for (const field of Object.values(type.getFields())) {
      const access = declaredAccess(field.astNode) ?? ofType;
      if (access) guard(type, field, access);
    }
  }
  return schema;
}

/** An entity of a type that somebody may not use is none to them. */
export function guardedReference<Reference, Whose>(
  access: Access | undefined,
  resolve: (reference: Reference, context: Whose) => unknown,
): (reference: Reference, context: Whose) => unknown {
  if (!access || isForAll(access)) return resolve;
  return (reference, context) =>
    mayUse((context as Context).identity, access) ? resolve(reference, context) : null;
}

function guard(type: GraphQLObjectType, field: GraphQLField<unknown, Context>, access: Access) {
  const scopes = neededScopes(type.name, field.astNode);
  if (!scopes && isForAll(access)) return;
  const isAllowed = ({ identity }: Context) =>
    mayUse(identity, access) && (!scopes || hasScope(identity, scopes));
  const refuse = refusalOf(type, field);
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = (source, args, context, info) =>
    isAllowed(context) ? resolve(source, args, context, info) : refuse(context.identity);
  if (subscribe) {
    field.subscribe = (source, args, context, info) => {
      if (!isAllowed(context)) throw refusal(context.identity);
      return subscribe(source, args, context, info);
    };
  }
}

/**
 * How a field refuses. A mutation tells it in its `userErrors` where their codes have FORBIDDEN; a field of a type is
 * empty where it can be; all else is an error.
 */
function refusalOf(
  { name }: GraphQLObjectType,
  { type }: GraphQLField<unknown, Context>,
): (identity: Identity) => unknown {
  const throws = (identity: Identity) => {
    throw refusal(identity);
  };
  if (name === 'Query' || name === 'Subscription') return throws;
  if (name === 'Mutation') {
    const payload = refusedPayload(getNamedType(type));
    if (!payload) return throws;
    return (identity) => (identity.kind === 'anonymous' ? throws(identity) : payload);
  }
  const empty = emptyValue(type);
  return empty === undefined ? throws : () => empty;
}

/** Whoever is not logged in may try again as somebody. */
function refusal({ kind }: Identity) {
  return kind === 'anonymous' ? unauthenticated() : forbidden();
}

function refusedPayload(payload: GraphQLNamedType): object | undefined {
  const fields = isObjectType(payload) ? payload.getFields() : {};
  const error = fields.userErrors && getNamedType(fields.userErrors.type);
  const codes = isObjectType(error) ? getNamedType(error.getFields().code?.type) : undefined;
  if (!isEnumType(codes) || !codes.getValue('FORBIDDEN')) return undefined;
  const nothing = Object.entries(fields).map(([name, { type }]) => [name, nothingOf(type)]);
  const message = 'Your role does not allow this.';
  const userErrors = [{ code: 'FORBIDDEN', field: null, message }];
  return { ...Object.fromEntries(nothing), userErrors };
}

/** What a field answers that has nothing to show; undefined where it must answer something. */
function emptyValue(type: GraphQLOutputType): null | [] | undefined {
  if (!isNonNullType(type)) return null;
  return isListType(type.ofType) ? [] : undefined;
}

/** In a payload: nothing was done, or none of it. */
function nothingOf(type: GraphQLOutputType): null | [] | false | 0 {
  const empty = emptyValue(type);
  if (empty !== undefined) return empty;
  return getNamedType(type).name === 'Boolean' ? false : 0;
}
