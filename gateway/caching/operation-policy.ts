import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { CacheHint, CacheHints } from './cache-hints.js';
import { type CachePolicy, NOT_CACHEABLE, restricted, UNRESTRICTED } from './cache-policy.js';

type Field = GraphQLField<unknown, unknown>;

/**
 * What the hints of a schema allow for the answers of an operation: the least that any of its fields allows.
 * The rules are those of Apollo Server's cache control (its documentation: "Server-side caching"):
 *
 * - a root field, and a field of an object, interface or union type, is not cacheable unless a hint says so;
 *   `inheritMaxAge` leaves the latter to its parent, to which any other field is left anyway;
 * - a hint on a type holds for the fields that return it, and one on the field wins.
 *
 * As the policy is found without the data, fields that `@skip` or `@include` may leave out count, and so do the
 * hints of every type that an interface or a union may turn out to be.
 */
export function operationPolicy(
  schema: GraphQLSchema,
  hints: CacheHints,
  document: DocumentNode,
  { operation, name }: Pick<OperationDefinitionNode, 'operation' | 'name'>,
): CachePolicy {
  if (operation !== 'query') return NOT_CACHEABLE;
  const alone = separateOperations(document)[name?.value ?? ''] ?? document;
  const types = new TypeInfo(schema);
  const root = schema.getQueryType();
  let policy = UNRESTRICTED;
  const Field = () => {
    const [parent, field] = [types.getParentType(), types.getFieldDef()];
    if (!parent || !field || field.name === '__typename') return;
    for (const hint of fieldHints(schema, hints, parent, field)) {
      policy = restricted(policy, policyOf(hint, field, parent === root));
    }
  };
  visit(alone, visitWithTypeInfo(types, { Field }));
  return policy;
}

/** The hints that may hold for a field, one for each type the parent may turn out to be. */
function fieldHints(
  schema: GraphQLSchema,
  hints: CacheHints,
  parent: GraphQLCompositeType,
  field: Field,
): CacheHint[] {
  const declared = isUnionType(parent) ? undefined : hints.ofField(parent.name, field.name);
  const parents = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
  const returned = returnedHint(schema, hints, field);
  return parents.map(({ name }) => {
    const own = hints.ofField(name, field.name) ?? declared;
    return {
      maxAge: own?.maxAge ?? returned.maxAge,
      scope: own?.scope ?? returned.scope,
      inheritMaxAge: own?.inheritMaxAge || returned.inheritMaxAge,
    };
  });
}

/** The hint of the type that a field returns, no laxer than those of the types it may turn out to be. */
function returnedHint(schema: GraphQLSchema, hints: CacheHints, field: Field): CacheHint {
  const type = getNamedType(field.type);
  const hint = hints.ofType(type.name);
  if (!isAbstractType(type)) return hint;
  const all = [hint, ...schema.getPossibleTypes(type).map(({ name }) => hints.ofType(name))];
  const ages = all.flatMap(({ maxAge }) => maxAge ?? []);
  const said = hint.maxAge !== undefined || hint.inheritMaxAge;
  return {
    ...hint,
    maxAge: said && ages.length > 0 ? Math.min(...ages) : undefined,
    scope: all.some(({ scope }) => scope === 'PRIVATE') ? 'PRIVATE' : hint.scope,
  };
}

function policyOf(hint: CacheHint, field: Field, isRoot: boolean): CachePolicy {
  const needsHint = isRoot || (isCompositeType(getNamedType(field.type)) && !hint.inheritMaxAge);
  return {
    maxAge: hint.maxAge ?? (needsHint ? 0 : UNRESTRICTED.maxAge),
    scope: hint.scope ?? 'PUBLIC',
  };
}
