import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { SubgraphAnswer } from '../data-sources/data-source.js';
import { publicError } from '../errors.js';
import type { CompiledFetch } from '../planning/compiled-plan.js';
import { CircuitOpenError, publicFailure } from '../resilience/failures.js';
import { type DataObject, isDataObject, mergeInto, own, setOwn } from './data.js';
import { type Representations, representationsOf } from './representations.js';
import { applyRewrites } from './rewrites.js';
import type { Execution, Run } from './run.js';
import { requireAnswer } from './subgraph-answer.js';
import { type ClientPath, commonPath, pathsAt, targetsAt } from './targets.js';

type FetchVariables = { representations?: DataObject[]; [name: string]: unknown };

/** Runs one fetch and merges what it brings; a failure is written down and leaves the data as it is. */
export async function runFetch(
  execution: Execution,
  fetch: CompiledFetch,
  run: Run,
): Promise<void> {
  try {
    if (fetch.requires) await fetchEntities(execution, fetch, run);
    else await fetchRootFields(execution, fetch, run);
  } catch (error) {
    run.errors.push(fetchFailure(execution, fetch, run, error));
  }
}

async function fetchRootFields(execution: Execution, fetch: CompiledFetch, run: Run) {
  const targets = targetsAt(run.data, fetch.path);
  if (targets.length === 0) return;
  execution.onFetch?.({ subgraph: fetch.subgraph, path: fetch.path, representations: 0 });
  const answer = await send(fetch, run, variablesFor(fetch, run));
  requireAnswer(answer);
  run.context.caching?.restrict(answer.cacheControl);
  takeRootAnswer(execution, fetch, run, targets, answer);
}

/** Merges an answer of root fields, also an event's, and takes over its errors. */
export function takeRootAnswer(
  execution: Execution,
  fetch: CompiledFetch,
  run: Run,
  targets: readonly DataObject[],
  answer: SubgraphAnswer,
): void {
  const prefix = commonPath(fetch.path) ?? [];
  for (const error of answer.errors ?? []) {
    const path = error.path && [...prefix, ...clientSteps(fetch, error.path)];
    addError(execution, fetch, run, error, path);
  }
  if (!answer.data) return;
  applyRewrites(execution.schema, fetch.outputRewrites, answer.data);
  for (const target of targets) mergeInto(target, answer.data);
}

async function fetchEntities(execution: Execution, fetch: CompiledFetch, run: Run) {
  const targets = targetsAt(run.data, fetch.path);
  const wanted = representationsOf(fetch, targets, execution.schema);
  const { values } = wanted;
  if (values.length === 0) return;
  execution.onFetch?.({
    subgraph: fetch.subgraph,
    path: fetch.path,
    representations: values.length,
  });
  const variables = variablesFor(fetch, run);
  variables.representations = values;
  const answer = await send(fetch, run, variables);
  requireAnswer(answer);
  run.context.caching?.restrict(answer.cacheControl);
  if (answer.errors?.length) takeEntityErrors(execution, fetch, run, wanted, answer.errors);
  if (answer.data) takeEntities(execution, fetch, targets, wanted, answer.data);
}

function takeEntities(
  execution: Execution,
  fetch: CompiledFetch,
  targets: readonly DataObject[],
  wanted: Representations,
  data: Record<string, unknown>,
): void {
  const entities = own(data, '_entities');
  if (!Array.isArray(entities) || entities.length !== wanted.values.length) {
    throw new Error(`"_entities" did not answer ${wanted.values.length} entities`);
  }
  entities.forEach((entity: unknown, index) => {
    if (!isDataObject(entity)) return;
    applyRewrites(execution.schema, fetch.outputRewrites, entity);
    for (const position of wanted.targets[index] ?? []) {
      const target = targets[position];
      if (target) mergeInto(target, entity);
    }
  });
}

function takeEntityErrors(
  execution: Execution,
  fetch: CompiledFetch,
  run: Run,
  wanted: Representations,
  errors: readonly GraphQLFormattedError[],
): void {
  const paths = pathsAt(run.data, fetch.path);
  for (const error of errors) {
    for (const path of entityErrorPaths(fetch, wanted, paths, error)) {
      addError(execution, fetch, run, error, path);
    }
  }
}

/** An error of one representation is an error at every place that representation stands for. */
function entityErrorPaths(
  fetch: CompiledFetch,
  wanted: Representations,
  paths: readonly ClientPath[],
  error: GraphQLFormattedError,
): Array<ClientPath | undefined> {
  const [field, index, ...rest] = error.path ?? [];
  const positions = typeof index === 'number' ? wanted.targets[index] : undefined;
  if (field !== '_entities' || !positions) return [commonPath(fetch.path)];
  return positions.map((position) => [...(paths[position] ?? []), ...clientSteps(fetch, rest)]);
}

/** The planner may have renamed a field in what it asks a subgraph; a client knows its own name only. */
function clientSteps(fetch: CompiledFetch, path: ReadonlyArray<string | number>): ClientPath {
  if (fetch.clientNames.size === 0) return [...path];
  return path.map((step) =>
    typeof step === 'string' ? (fetch.clientNames.get(step) ?? step) : step,
  );
}

export function variablesFor(fetch: CompiledFetch, run: Run): FetchVariables {
  const variables: FetchVariables = {};
  for (const name of fetch.variableNames) {
    if (Object.hasOwn(run.variables, name)) setOwn(variables, name, run.variables[name]);
  }
  return variables;
}

function send(fetch: CompiledFetch, run: Run, variables: FetchVariables) {
  const { operation, source } = fetch;
  return source.execute({ operation, variables, context: run.context, deadline: run.deadline });
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
  const { subgraph, path } = fetch;
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
