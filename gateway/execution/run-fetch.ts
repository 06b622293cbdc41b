import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Awaitable, SubgraphAnswer } from '../data-sources/data-source.js';
import { publicError } from '../errors.js';
import type { CompiledFetch } from '../planning/compiled-plan.js';
import { CircuitOpenError, publicFailure } from '../resilience/failures.js';
import { copyOf, type DataObject, isDataObject, mergeValue, own, setOwn } from './data.js';
import { EntityRequest } from './entity-request.js';
import type { Representation } from './representation.js';
import { Representations } from './representations.js';
import { applyRewrites } from './rewrites.js';
import type { Execution, Run } from './run.js';
import { requireAnswer } from './subgraph-answer.js';
import { type ClientPath, ClientPaths, commonPath, targetsAt } from './targets.js';

/** Runs one fetch and merges what it brings; a failure is written down and leaves the data as it is. */
export function runFetch(execution: Execution, fetch: CompiledFetch, run: Run): Awaitable<void> {
  const fail = (error: unknown) => void run.errors.push(fetchFailure(execution, fetch, run, error));
  try {
    const call = fetch.representation
      ? askForEntities(execution, fetch, fetch.representation, run)
      : askForRootFields(execution, fetch, run);
    if (!call) return;
    const { answer, take } = call;
    if (!('then' in answer)) return take(answer);
    return answer.then((given) => {
      try {
        take(given);
      } catch (error) {
        fail(error);
      }
    }, fail);
  } catch (error) {
    fail(error);
  }
}

/** A call under way, and what is to be done with its answer. */
interface FetchCall {
  readonly answer: Awaitable<SubgraphAnswer>;
  take(answer: SubgraphAnswer): void;
}

function askForRootFields(
  execution: Execution,
  fetch: CompiledFetch,
  run: Run,
): FetchCall | undefined {
  const targets = targetsAt(run, fetch.place);
  if (targets.length === 0) return undefined;
  const { path } = fetch.place;
  execution.onFetch?.({ subgraph: fetch.subgraph, path, representations: 0 });
  const { operation, source } = fetch;
  const { context, deadline } = run;
  const variables = variablesFor(fetch, run);
  return {
    answer: source.execute({ operation, variables, context, deadline }),
    take(answer) {
      requireAnswer(answer);
      context.caching?.restrict(answer.cacheControl);
      takeRootAnswer(execution, fetch, run, targets, answer);
    },
  };
}

/** Merges an answer of root fields, also an event's, and takes over its errors. */
export function takeRootAnswer(
  execution: Execution,
  fetch: CompiledFetch,
  run: Run,
  targets: readonly DataObject[],
  answer: SubgraphAnswer,
): void {
  const prefix = commonPath(fetch.place.path) ?? [];
  for (const error of answer.errors ?? []) {
    const path = error.path && [...prefix, ...clientSteps(fetch, error.path)];
    addError(execution, fetch, run, error, path);
  }
  if (!answer.data) return;
  applyRewrites(execution.schema, fetch.outputRewrites, answer.data);
  fetch.interned?.intern([answer.data], run.repeats);
  bring(fetch, run, targets, answer.data);
}

function askForEntities(
  execution: Execution,
  fetch: CompiledFetch,
  representation: Representation,
  run: Run,
): FetchCall | undefined {
  const wanted = new Representations(representation, targetsAt(run, fetch.place));
  if (wanted.count === 0) return undefined;
  const { path } = fetch.place;
  execution.onFetch?.({ subgraph: fetch.subgraph, path, representations: wanted.count });
  const { operation, source } = fetch;
  const { context, deadline } = run;
  const variables = variablesFor(fetch, run);
  const request = new EntityRequest(operation, variables, wanted, context, deadline);
  return {
    answer: source.execute(request),
    take(answer) {
      requireAnswer(answer);
      context.caching?.restrict(answer.cacheControl);
      if (answer.errors?.length) takeEntityErrors(execution, fetch, run, wanted, answer.errors);
      if (answer.data) takeEntities(execution, fetch, run, wanted, answer.data);
    },
  };
}

function takeEntities(
  execution: Execution,
  fetch: CompiledFetch,
  run: Run,
  { count, groups }: Representations,
  data: Record<string, unknown>,
): void {
  const entities = own(data, '_entities');
  if (!Array.isArray(entities) || entities.length !== count) {
    throw new Error(`"_entities" did not answer ${count} entities`);
  }
  for (const entity of entities) applyRewrites(execution.schema, fetch.outputRewrites, entity);
  fetch.interned?.intern(entities, run.repeats);
  for (let i = 0; i < entities.length; i += 1) {
    const entity: unknown = entities[i];
    if (isDataObject(entity)) bring(fetch, run, groups[i] ?? [], entity);
  }
}

/**
 * Merges what a fetch brought into all the objects it stands for. They get an object in common where nobody else will
 * merge anything into it, and otherwise copies of their own.
 */
function bring(
  { composites }: CompiledFetch,
  { repeats }: Run,
  targets: readonly DataObject[],
  source: DataObject,
): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (targets.length === 1 || typeof value !== 'object' || value === null) {
      for (const target of targets) mergeValue(target, key, value);
      continue;
    }
    const field = composites.get(key);
    if (field?.exclusive) repeats.add(field.path, targets.length - 1);
    for (const target of targets) mergeValue(target, key, field?.exclusive ? value : copyOf(value));
  }
}

function takeEntityErrors(
  execution: Execution,
  fetch: CompiledFetch,
  run: Run,
  { groups }: Representations,
  errors: readonly GraphQLFormattedError[],
): void {
  const { path } = fetch.place;
  const paths = new ClientPaths(run.data, path);
  for (const error of errors) {
    const [field, index, ...rest] = error.path ?? [];
    const targets = typeof index === 'number' ? groups[index] : undefined;
    if (field !== '_entities' || !targets) {
      addError(execution, fetch, run, error, commonPath(path));
      continue;
    }
    // An error of one representation is an error at every place that it stands for.
    for (const place of paths.of(targets)) {
      addError(execution, fetch, run, error, [...place, ...clientSteps(fetch, rest)]);
    }
  }
}

/** The planner may have renamed a field in what it asks a subgraph; a client knows its own name only. */
function clientSteps(fetch: CompiledFetch, path: ReadonlyArray<string | number>): ClientPath {
  if (fetch.clientNames.size === 0) return [...path];
  return path.map((step) =>
    typeof step === 'string' ? (fetch.clientNames.get(step) ?? step) : step,
  );
}

export function variablesFor(fetch: CompiledFetch, run: Run): DataObject {
  const variables: DataObject = {};
  for (const name of fetch.variableNames) {
    if (Object.hasOwn(run.variables, name)) setOwn(variables, name, run.variables[name]);
  }
  return variables;
}

function addError(
  execution: Execution,
  fetch: CompiledFetch,
  run: Run,
  error: GraphQLFormattedError,
  path: ClientPath | undefined,
): void {
  const where = { requestId: run.context.requestId, subgraph: fetch.subgraph };
  run.errors.push(publicError(error, path, where, execution.errors));
}

export function fetchFailure(
  execution: Execution,
  fetch: CompiledFetch,
  run: Run,
  error: unknown,
): GraphQLError {
  const { requestId } = run.context;
  const { subgraph, place } = fetch;
  const { path } = place;
  // That a breaker opened has been written down once, not for each call that is spared.
  if (!(error instanceof CircuitOpenError)) {
    execution.errors.log.error({ requestId, subgraph, path, err: error }, 'A fetch failed');
  }
  const clientPath = commonPath(path);
  const { message, ...extensions } = publicFailure(error);
  return new GraphQLError(message, {
    ...(clientPath && { path: clientPath }),
    extensions: { ...extensions, requestId },
  });
}
