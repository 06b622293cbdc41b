import type { ExecutionResult, GraphQLFormattedError } from 'graphql';

/** Extensions that each gateway adds by itself. */
const OWN_EXTENSIONS = ['serviceName', 'requestId', 'stacktrace'];

/** What of an answer has to agree between two gateways, down to the order of the fields. */
export function comparable({ data, errors = [], extensions }: ExecutionResult) {
  const nulled = (extensions?.valueCompletion ?? []) as GraphQLFormattedError[];
  return {
    data: JSON.stringify(data),
    errors: errors.map(comparableError).sort(byText),
    completion: nulled.map(({ path }) => String(path)).sort(),
  };
}

/** Stock orders merged fields by its own normal form, where the specification goes by the document. */
export function regardlessOfOrder(answer: ExecutionResult) {
  const { data, ...others } = comparable(answer);
  return { data: JSON.parse(data ?? 'null') as unknown, ...others };
}

function comparableError({ message, path, extensions = {} }: GraphQLFormattedError): string {
  const shared = Object.entries(extensions).filter(([key]) => !OWN_EXTENSIONS.includes(key));
  return JSON.stringify({ message, path, extensions: Object.fromEntries(shared.sort()) });
}

const byText = (a: string, b: string) => (a < b ? -1 : 1);
