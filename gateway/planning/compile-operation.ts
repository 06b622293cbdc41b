import { operationFromDocument } from '@apollo/federation-internals';
import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { Projections } from '../completion/projections.js';
import { gatewayError } from '../errors.js';
import type { LoadedSupergraph } from '../supergraph.js';
import { compilePlan, type DataSources } from './compile-plan.js';
import type { CompiledNode, CompiledSubscription } from './compiled-plan.js';

/** An operation as a program: parsed, validated, planned and compiled; a request only runs it. */
export interface CompiledOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly kind: OperationTypeNode;
  readonly name: string | undefined;
  readonly plan: CompiledNode | CompiledSubscription | undefined;
  /** The quick way from the data fetched to the answer. */
  readonly projections: Projections;
}

export interface Compiler {
  readonly supergraph: LoadedSupergraph;
  readonly sources: DataSources;
  readonly introspection: boolean;
}

/** Compiles text from anywhere. Throws an AggregateError of GraphQLErrors with the codes of Apollo Server. */
export function compileText(
  compiler: Compiler,
  text: string,
  operationName: string | undefined,
): CompiledOperation {
  const document = parseText(text);
  const errors = validate(compiler.supergraph.apiSchema, document, rules(compiler));
  if (errors.length > 0) throw new AggregateError(errors.map((error) => invalid(compiler, error)));
  // What is kept goes without locations, which hold on to every token of the text.
  return compileDocument(compiler, parse(text, { noLocation: true }), operationName);
}

/** Compiles a document that has been validated. */
export function compileDocument(
  compiler: Compiler,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledOperation {
  const definition = getOperationAST(document, operationName);
  if (!definition) throw new AggregateError([unresolved(operationName)]);
  const { planner, planningSchema } = compiler.supergraph;
  const operation = operationFromDocument(planningSchema, document, {
    ...(operationName && { operationName }),
  });
  return {
    document,
    definition,
    kind: definition.operation,
    name: definition.name?.value,
    plan: compilePlan(planner.buildQueryPlan(operation), compiler.sources),
    projections: new Projections(compiler.supergraph.apiSchema, document, definition),
  };
}

function rules(compiler: Compiler): readonly ValidationRule[] {
  return compiler.introspection
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
}

function parseText(text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new AggregateError([withCode(error, 'GRAPHQL_PARSE_FAILED', error.message)]);
  }
}

/** Without introspection the names in the schema are nobody's business, suggestions included. */
function invalid(compiler: Compiler, error: GraphQLError): GraphQLError {
  const message = compiler.introspection
    ? error.message
    : error.message.replace(/ ?Did you mean(.+?)\?$/, '');
  return withCode(error, 'GRAPHQL_VALIDATION_FAILED', message);
}

function withCode(error: GraphQLError, code: string, message: string): GraphQLError {
  const { nodes, source, positions } = error;
  return new GraphQLError(message, {
    ...{ nodes, source, positions },
    extensions: { ...error.extensions, code },
  });
}

function unresolved(operationName: string | undefined): GraphQLError {
  return gatewayError(
    'OPERATION_RESOLUTION_FAILURE',
    operationName
      ? `Unknown operation named "${operationName}".`
      : 'Must provide operation name if query contains multiple operations.',
  );
}
