import { isDeepStrictEqual } from 'node:util';
import { type ExecutionResult, type GraphQLError, parse } from 'graphql';
import { comparable, regardlessOfOrder } from '../../testing/comparable.js';
import type { Question } from '../../testing/oracle.js';
import { RandomOperations } from '../../testing/random-operations.js';
import type { Kind } from './kind.js';
import type { Ask, ThreeGateways } from './three-gateways.js';

export interface Answers {
  readonly question: Question;
  /** What stock answers; undefined where its planner gives up. */
  readonly stock: ExecutionResult | undefined;
  readonly inProcess: ExecutionResult;
  readonly overHttp: ExecutionResult;
  /** The answer of a query in process, completed by the general rules. */
  readonly general?: ExecutionResult;
  /** The answer of a query in process whose text alone was wanted, parsed. */
  readonly written?: ExecutionResult;
}

/** Random operations over the graph, the same ones for the same seed. */
export function* randomQuestions(
  kind: Kind,
  { schema }: ThreeGateways,
  seed: number,
  count: number,
): Generator<Question> {
  const options = { seed, values: kind.values, without: kind.withoutAtRandom };
  const random = new RandomOperations(schema, options);
  for (let i = 0; i < count; i += 1) yield random.next();
}

/** Asks all gateways `count` of them. */
export async function* randomAnswers(
  kind: Kind,
  gateways: ThreeGateways,
  seed: number,
  count: number,
): AsyncGenerator<Answers> {
  for (const question of randomQuestions(kind, gateways, seed, count)) {
    const stock = await gateways.stock(question).catch(() => undefined);
    const inProcess = await gateways.inProcess(question);
    const overHttp = await gateways.overHttp(question);
    const answers = { question, stock, inProcess, overHttp };
    if (!stock || question.query.startsWith('mutation')) yield answers;
    else {
      const general = await generally(gateways.inProcess, question);
      yield { ...answers, general, written: JSON.parse(await gateways.text(question)) };
    }
  }
}

/** Introspection next to a query keeps its answer from being completed in the quick way. */
async function generally(ask: Ask, question: Question): Promise<ExecutionResult> {
  const [definition] = parse(question.query).definitions;
  const from = definition && 'selectionSet' in definition && definition.selectionSet?.loc?.start;
  if (typeof from !== 'number') throw new Error('an operation comes first');
  const query = `${question.query.slice(0, from + 1)} introspected: __schema { __typename } ${question.query.slice(from + 1)}`;
  const { data, ...answer } = await ask({ ...question, query });
  if (!data) return { ...answer, ...(data === null && { data }) };
  const { introspected, ...others } = data;
  if (!introspected) throw new Error('introspection is not answered');
  return { ...answer, data: others };
}

/** All the answers where they differ; undefined where they agree. */
export function difference(
  answers: Answers,
  { stockForgetsTypes = false }: Pick<Kind, 'stockForgetsTypes'> = {},
): Answers | undefined {
  const { stock, inProcess, overHttp, general = inProcess, written = inProcess } = answers;
  const ours = regardlessOfOrder(inProcess);
  const agrees = stock
    ? isDeepStrictEqual(ours, expected(stock)) ||
      (stockForgetsTypes && isPart(stock.data, inProcess.data))
    : inProcess.errors !== undefined;
  const alike = [overHttp, general, written].every((answer) =>
    isDeepStrictEqual(comparable(answer), comparable(inProcess)),
  );
  return agrees && alike ? undefined : answers;
}

/** Stock says of an error somewhere in a list that it is at `@`. */
function expected({ errors = [], ...answer }: ExecutionResult) {
  const placed = errors.map(({ message, path, extensions }) => {
    const list = path?.indexOf('@') ?? -1;
    return { message, extensions, path: list < 0 ? path : path?.slice(0, list) };
  });
  return regardlessOfOrder({ ...answer, errors: placed as unknown as GraphQLError[] });
}

/** Whether a value lacks nothing but fields of the whole, or has null in place of them. */
function isPart(value: unknown, whole: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value == null || value === whole;
  return (
    typeof whole === 'object' &&
    whole !== null &&
    Object.entries(value).every(([key, part]) => isPart(part, Reflect.get(whole, key)))
  );
}
