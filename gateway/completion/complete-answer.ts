import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { Run } from '../execution/run.js';
import type { CompiledOperation } from '../planning/compile-operation.js';
import { WrittenAnswer } from '../written-answer.js';
import { completeGenerally } from './general.js';

/** So many objects must repeat for a writer to be quicker than `JSON.stringify`, which writes each of them. */
const WORTH_WRITING = 16;

/**
 * Makes the answer out of the data fetched: only what was asked for, in the order asked, nulls carried
 * up to the next nullable field, introspection answered. The operation's projection does the plain cases, and
 * its writer those whose text is all that is wanted.
 *
 * A null that no fetch has explained is reported as `extensions.valueCompletion`, and not at all where
 * errors explain it; so do Apollo Gateway and Apollo Router.
 */
export function completeAnswer(
  schema: GraphQLSchema,
  operation: CompiledOperation,
  run: Run,
): ExecutionResult {
  const { projections } = operation;
  const asText = run.context.text === true && run.errors.length === 0;
  if (asText && run.repeats.count >= WORTH_WRITING) {
    const text = projections.write(run.data, run.repeats.paths, run.coerced);
    if (text !== undefined) return new WrittenAnswer(`{"data":${text}}`);
  }
  const projected = projections.project(run.data, run.coerced);
  if (asText && projected) return new WrittenAnswer(JSON.stringify({ data: projected }));
  const { data, errors } = projected
    ? { data: projected, errors: [] }
    : completeGenerally({ schema, ...operation, ...run });
  if (run.errors.length > 0) return { errors: run.errors, data };
  return errors.length > 0 ? { data, extensions: { valueCompletion: errors } } : { data };
}
