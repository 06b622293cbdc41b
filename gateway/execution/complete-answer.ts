import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { type DataObject, own } from './data.js';

export interface CompletionArgs {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly data: DataObject;
  readonly errors: readonly GraphQLError[];
}

/**
 * Makes the answer out of the data fetched: only what was asked for, in the order asked, nulls carried
 * up to the next nullable field, introspection answered.
 *
 * A null that no fetch has explained is reported as `extensions.valueCompletion`, and not at all where
 * errors explain it; so do Apollo Gateway and Apollo Router.
 */
export function completeAnswer(args: CompletionArgs): ExecutionResult {
  const completed = execute({
    schema: args.schema,
    document: args.document,
    operationName: args.operationName,
    variableValues: args.variables,
    rootValue: args.data,
    fieldResolver: byResponseName,
  }) as ExecutionResult;
  const data = completed.data ?? null;
  if (args.errors.length > 0) return { errors: args.errors, data };
  return completed.errors ? { data, extensions: { valueCompletion: completed.errors } } : { data };
}

const byResponseName: GraphQLFieldResolver<DataObject, unknown> = (source, _args, _context, info) =>
  own(source, String(info.path.key));
