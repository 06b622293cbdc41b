import { persistedId } from '../../persisted-operations.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** What a client may say in graphql-transport-ws. */
export type ClientMessage =
  | { readonly type: 'connection_init' | 'ping' | 'pong'; readonly payload?: JsonObject | null }
  | { readonly type: 'subscribe'; readonly id: string; readonly payload: JsonObject }
  | { readonly type: 'complete'; readonly id: string };

/** Reads a client's message; throws an Error that says what is wrong with it. */
export function readMessage(text: string): ClientMessage {
  const message = parse(text);
  switch (message.type) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      if (message.payload != null) requireObject(message, message.payload);
      break;
    case 'subscribe':
      requireId(message);
      requireOperation(message, requireObject(message, message.payload));
      break;
    case 'complete':
      requireId(message);
      break;
    default:
      throw new Error('Invalid message: a client may not send this "type"');
  }
  return message as unknown as ClientMessage;
}

function parse(text: string): JsonObject {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {}
  if (!isObject(message)) throw new Error('Invalid message: it must be a JSON object');
  return message;
}

function requireId({ type, id }: JsonObject): void {
  if (typeof id !== 'string' || id === '') throw invalid(type, 'needs an "id"');
}

function requireObject({ type }: JsonObject, payload: unknown): JsonObject {
  if (!isObject(payload)) throw invalid(type, 'needs an object as its "payload"');
  return payload;
}

/** The text may be missing where the operation is named by its id. */
function requireOperation({ type }: JsonObject, payload: JsonObject): void {
  const { query, operationName, variables, extensions } = payload;
  if (extensions != null && !isObject(extensions)) throw invalid(type, 'has wrong "extensions"');
  if (typeof query !== 'string' && (query != null || persistedId(payload) === undefined)) {
    throw invalid(type, 'needs a "query"');
  }
  if (operationName != null && typeof operationName !== 'string') {
    throw invalid(type, 'has a wrong "operationName"');
  }
  if (variables != null && !isObject(variables)) throw invalid(type, 'has wrong "variables"');
}

function invalid(type: unknown, complaint: string): Error {
  return new Error(`Invalid message: "${type}" ${complaint}`);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
