import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { Run } from '../execution/run.js';
import type { CompiledOperation } from '../planning/compile-operation.js';
import { completeGenerally } from './general.js';

/**
 * Makes the answer out of the data fetched: only what was asked for, in the order asked, nulls carried
 * up to the next nullable field, introspection answered. The operation's projection does the plain cases.
 *
 * A null that no fetch has explained is reported as `extensions.valueCompletion`, and not at all where
 * errors explain it; so do Apollo Gateway and Apollo Router.
 */
export function completeAnswer(
  schema: GraphQLSchema,
  operation: CompiledOperation,
  run: Run,
): ExecutionResult {
  const projected = operation.projections.for(run.coerced)?.(run.data);
  const { data, errors } = projected
    ? { data: projected, errors: [] }
    : completeGenerally({ schema, ...operation, ...run });
  if (run.errors.length > 0) return { errors: run.errors, data };
  return errors.length > 0 ? { data, extensions: { valueCompletion: errors } } : { data };
}
