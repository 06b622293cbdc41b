import {
  buildASTSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { connectionProblems } from './relay-rules.js';

/** A fault of the schema and where it is: `Order.total: has no description`. */
export type Problem = string;

/** Everything the API schema breaks of our conventions (docs/conventions of this repository). */
export function schemaProblems(sdl: string): Problem[] {
  const schema = buildASTSchema(parse(sdl));
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  );
  return [
    ...types.flatMap(typeProblems),
    ...schema
      .getDirectives()
      .filter((directive) => !isSpecifiedDirective(directive))
      .flatMap(({ name, description }) => described(`@${name}`, description)),
    ...listProblems(schema),
    ...mutationProblems(schema),
    ...connectionProblems(schema),
  ];
}

/** What these three mean is said by GraphQL itself. */
const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

function typeProblems(type: GraphQLNamedType): Problem[] {
  const own = ROOTS.has(type.name) ? [] : described(type.name, type.description);
  if (isEnumType(type)) {
    return [
      ...own,
      ...type.getValues().flatMap((value) => elementProblems(`${type.name}.${value.name}`, value)),
    ];
  }
  if (isInputObjectType(type)) {
    return [
      ...own,
      ...Object.values(type.getFields()).flatMap((field) =>
        elementProblems(`${type.name}.${field.name}`, field),
      ),
    ];
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    return [
      ...own,
      ...Object.values(type.getFields()).flatMap((field) => fieldProblems(type.name, field)),
    ];
  }
  return own;
}

function fieldProblems(parent: string, field: GraphQLField<unknown, unknown>): Problem[] {
  const at = `${parent}.${field.name}`;
  return [
    ...elementProblems(at, field),
    ...field.args.flatMap((argument) => elementProblems(`${at}(${argument.name})`, argument)),
  ];
}

interface Element {
  description?: string | null | undefined;
  deprecationReason?: string | null | undefined;
  type?: GraphQLArgument['type'] | GraphQLField<unknown, unknown>['type'];
}

function elementProblems(at: string, element: Element): Problem[] {
  const float = element.type && getNamedType(element.type).name === 'Float';
  return [
    ...described(at, element.description),
    ...(float ? [`${at}: is a Float; money is Money, and counts are Int`] : []),
    ...deprecationProblems(at, element.deprecationReason),
  ];
}

function described(at: string, description: string | null | undefined): Problem[] {
  return description?.trim() ? [] : [`${at}: has no description`];
}

/** A reason says until when it stays and what to use instead. */
function deprecationProblems(at: string, reason: string | null | undefined): Problem[] {
  if (reason == null) return [];
  const dated = /\b\d{4}-\d{2}-\d{2}\b/.test(reason);
  const replaced = /\buse\b/i.test(reason);
  return dated && replaced ? [] : [`${at}: its deprecation lacks a date or a replacement`];
}

/** A list on Query is a connection, unless its description says how long it can become ("At most 4"). */
function listProblems(schema: GraphQLSchema): Problem[] {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  return fields
    .filter(({ type }) => isListType(isNonNullType(type) ? type.ofType : type))
    .filter(({ description }) => !/\bat most \d+/i.test(description ?? ''))
    .map(
      ({ name }) =>
        `Query.${name}: is a list without pages; make it a connection or say "at most N"`,
    );
}

/** They open a session whose tokens are kept nowhere, or end the very one that asks; docs/idempotency.md. */
export const WITHOUT_KEY: ReadonlySet<string> = new Set([
  'logIn',
  'refreshSession',
  'logOut',
  'deleteMyAccount',
]);

/** A mutation takes one `input`, with a key that makes it safe to ask again, and answers typed user errors. */
function mutationProblems(schema: GraphQLSchema): Problem[] {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  return fields.flatMap((field) => [
    ...inputProblems(field),
    ...keyProblems(field),
    ...(hasUserErrors(field)
      ? []
      : [`Mutation.${field.name}: answers no userErrors with an enum code`]),
  ]);
}

function inputProblems({ name, args }: GraphQLField<unknown, unknown>): Problem[] {
  const [input, ...others] = args;
  const ok = input?.name === 'input' && isNonNullType(input.type) && others.length === 0;
  return ok ? [] : [`Mutation.${name}: takes something else than one input: ...Input!`];
}

function keyProblems({ name, args }: GraphQLField<unknown, unknown>): Problem[] {
  const input = args[0] && getNamedType(args[0].type);
  const key = isInputObjectType(input) ? input.getFields().idempotencyKey : undefined;
  const ok = WITHOUT_KEY.has(name) || (key && getNamedType(key.type).name === 'String');
  return ok ? [] : [`Mutation.${name}: takes no idempotencyKey: String in its input`];
}

function hasUserErrors({ type }: GraphQLField<unknown, unknown>): boolean {
  const payload = getNamedType(type);
  if (!isObjectType(payload)) return false;
  const errors = payload.getFields().userErrors;
  const error = errors && getNamedType(errors.type);
  if (!isObjectType(error)) return false;
  const { code, field, message } = error.getFields();
  return Boolean(code && isEnumType(getNamedType(code.type)) && field && message);
}
