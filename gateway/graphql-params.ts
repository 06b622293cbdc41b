import { gatewayError } from './errors.js';
import { type PersistedReference, persistedId, persistedQuery } from './persisted-operations.js';

/** A GraphQL request, whichever way it came. */
export interface GraphqlParams {
  readonly query: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly persistedId: string | undefined;
  /** The id is the hash of an automatic persisted query, which may be registered later. */
  readonly automatic: boolean;
}

type Loose = PersistedReference & { query?: unknown; operationName?: unknown; variables?: unknown };

/** Reads the parameters of a request; throws a BAD_REQUEST error for wrong ones. */
export function readParams(body: unknown): GraphqlParams {
  if (!isRecord(body)) throw bad('The request must be one JSON object; batching is not supported');
  const { query, operationName, variables, extensions } = body as Loose;
  if (query != null && typeof query !== 'string') throw bad('"query" must be a string');
  if (operationName != null && typeof operationName !== 'string') {
    throw bad('"operationName" must be a string');
  }
  if (variables != null && !isRecord(variables)) throw bad('"variables" must be an object');
  if (extensions != null && !isRecord(extensions)) throw bad('"extensions" must be an object');
  return {
    query: query || undefined,
    operationName: operationName || undefined,
    variables: variables ?? {},
    persistedId: persistedId(body),
    automatic: persistedQuery(extensions)?.sha256Hash !== undefined,
  };
}

/** Reads the parameters of a GET, whose `variables` and `extensions` are JSON. */
export function readSearch(search: URLSearchParams): GraphqlParams {
  const fields: Record<string, unknown> = Object.fromEntries(search);
  for (const key of ['variables', 'extensions']) {
    const text = search.get(key);
    if (text) fields[key] = parseJson(text, `"${key}" must be JSON`);
    else delete fields[key];
  }
  return readParams(fields);
}

export function parseJson(text: string, complaint = 'Invalid JSON in the body'): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad(complaint);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(message: string) {
  return gatewayError('BAD_REQUEST', message);
}
