import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { decidedSubscription } from './decided-subscription.js';
import { withoutSuggestions } from './discretion.js';
import { gatewayError } from './errors.js';
import type { Graph } from './graph.js';
import { checkDocument } from './limits/check-document.js';
import type { Limits } from './limits/default-limits.js';
import { scanText } from './limits/scan-text.js';
import type { Operation, Variables } from './operation.js';
import { rootConditions, SingleDecidedFieldRule } from './planning/root-conditions.js';

/** How operations are read. */
export interface ReadingRules {
  /** What operations from clients may ask for. */
  readonly limits: Limits | undefined;
  /** Answer `__schema` and `__type`. */
  readonly introspection: boolean;
}

/**
 * Holds text from a client against the limits; throws an AggregateError of what it is over. This comes before anything
 * that takes more time than the text is long.
 */
export function requireLimits(
  graph: Graph,
  rules: ReadingRules,
  text: string,
  variables: Variables,
): void {
  const { limits } = rules;
  if (!limits) return;
  const tooLong = scanText(text, limits);
  if (tooLong) throw new AggregateError([tooLong]);
  const errors = checkDocument(graph, parseText(text), variables, limits);
  if (errors.length > 0) throw new AggregateError(errors.map((error) => refused(rules, error)));
}

/** Parses, validates and compiles text from anywhere. Throws an AggregateError of GraphQLErrors with codes. */
export function readOperation(
  graph: Graph,
  rules: ReadingRules,
  text: string,
  operationName: string | undefined,
): Operation {
  const document = parseText(text);
  const errors = validate(graph.apiSchema, document, validationRules(rules));
  if (errors.length > 0) throw new AggregateError(errors.map((error) => invalid(rules, error)));
  // What is kept goes without locations, which hold on to every token of the text.
  return compileDocument(graph, parse(text, { noLocation: true }), operationName);
}

/** Compiles the operation of that name in a document that has been validated. */
export function compileDocument(
  graph: Graph,
  document: DocumentNode,
  operationName: string | undefined,
): Operation {
  const definition = operationIn(document, operationName);
  const conditions =
    definition.operation === 'subscription' ? rootConditions(document, definition) : undefined;
  return conditions
    ? decidedSubscription(graph, document, definition, conditions)
    : graph.compile(document, definition);
}

function operationIn(
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode {
  const definition = getOperationAST(document, operationName);
  if (definition) return definition;
  const message = operationName
    ? `Unknown operation named "${operationName}".`
    : 'Must provide operation name if query contains multiple operations.';
  throw new AggregateError([gatewayError('OPERATION_RESOLUTION_FAILURE', message)]);
}

const RULES = specifiedRules.map((rule) =>
  rule === SingleFieldSubscriptionsRule ? SingleDecidedFieldRule : rule,
);

function validationRules({ introspection }: ReadingRules): readonly ValidationRule[] {
  return introspection ? RULES : [...RULES, NoSchemaIntrospectionCustomRule];
}

function parseText(text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new AggregateError([withCode(error, 'GRAPHQL_PARSE_FAILED', error.message)]);
  }
}

/** A limit has a code of its own; what validation says gets its code. */
function refused(rules: ReadingRules, error: GraphQLError): GraphQLError {
  return error.extensions.code === undefined ? invalid(rules, error) : error;
}

/** Without introspection the names in the schema are nobody's business, suggestions included. */
function invalid({ introspection }: ReadingRules, error: GraphQLError): GraphQLError {
  const message = introspection ? error.message : withoutSuggestions(error.message);
  return withCode(error, 'GRAPHQL_VALIDATION_FAILED', message);
}

function withCode(error: GraphQLError, code: string, message: string): GraphQLError {
  const { nodes, source, positions } = error;
  return new GraphQLError(message, {
    ...{ nodes, source, positions },
    extensions: { ...error.extensions, code },
  });
}
