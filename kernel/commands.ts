import { SpanKind } from '@opentelemetry/api';
import { type BatchHandler, batched } from './batch.js';
import { callersHeader } from './callers.js';
import { request } from './http-client.js';
import { ASSERTION_HEADER, signAssertion } from './identity.js';
import { inSpan } from './tracing.js';

/** Command name → its contract; the shape of each entry of a `Commands` interface. */
export type Contracts = Record<string, { input: unknown; output: unknown }>;

/** What a subgraph implements: every command takes a batch. */
export type CommandHandlers<C> = {
  [K in keyof C]: C[K] extends { input: infer I; output: infer O } ? BatchHandler<I, O> : never;
};

/** What a caller sees: one call, one answer; batching happens beneath. */
export type CommandClient<C> = {
  [K in keyof C]: C[K] extends { input: infer I; output: infer O }
    ? (input: I) => Promise<O>
    : never;
};

/** A client of a subgraph in this process. */
export function localCommands<C>(handlers: CommandHandlers<C>): CommandClient<C> {
  const entries = Object.entries(handlers as Record<string, BatchHandler<unknown, unknown>>);
  return Object.fromEntries(
    entries.map(([name, handler]) => [name, traced(name, SpanKind.INTERNAL, batched(handler))]),
  ) as CommandClient<C>;
}

export interface RemoteCommandOptions {
  /** Base address of the subgraph, e.g. `http://catalog:4102`. */
  url: string;
  /** INTERNAL_SECRET, shared by all processes. */
  secret: string;
  /** The service that calls, for the callee's log. */
  service: string;
}

/** A client of a subgraph in another process: `POST /commands/<name>` with a JSON array. */
export function remoteCommands<C>(options: RemoteCommandOptions): CommandClient<C> {
  const calls = new Map<string, (input: unknown) => Promise<unknown>>();
  const call = (name: string) => {
    const known = calls.get(name);
    if (known) return known;
    const send = batched((inputs: unknown[]) => post(options, name, inputs));
    const made = traced(name, SpanKind.CLIENT, send);
    calls.set(name, made);
    return made;
  };
  return new Proxy({} as CommandClient<C> & object, {
    get: (_, name) => (typeof name === 'string' && name !== 'then' ? call(name) : undefined),
  });
}

/** Each call is a span of its caller's trace, whichever batch it travels in. */
function traced<Input, Output>(
  name: string,
  kind: SpanKind,
  call: (input: Input) => Promise<Output>,
) {
  const options = { kind, attributes: { 'rpc.method': name } };
  return (input: Input) => inSpan(`command ${name}`, options, () => call(input));
}

/** How an answer travels: exactly one of the two per input. */
export type CommandAnswer = { ok: unknown } | { error: string };

async function post(options: RemoteCommandOptions, name: string, inputs: unknown[]) {
  const assertion = signAssertion({ kind: 'service', name: options.service }, options.secret);
  const answers = await request<CommandAnswer[]>(`${options.url}/commands/${name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [ASSERTION_HEADER]: assertion,
      ...callersHeader(inputs),
    },
    body: JSON.stringify(inputs),
  });
  return answers.map((answer) => ('error' in answer ? new Error(answer.error) : answer.ok));
}
