import type { IncomingHttpHeaders } from 'node:http';
import { credentialsIn } from './authentication.js';
import { gatewayError } from './errors.js';

/** Headers of a client's request that are passed on to subgraphs, by lower-case name. */
export type Forwarded = Readonly<Record<string, string>>;

/** Takes from the headers of a request those to be passed on; undefined where none is. May throw BAD_REQUEST. */
export interface PickHeaders {
  (headers: Readonly<Record<string, unknown>>): Forwarded | undefined;
  /** In lower case. */
  readonly names: readonly string[];
}

const NOT_IN_A_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;

/** These are about one connection or one body, or the gateway's own to say. */
const OWN = new Set([
  ...[
    'connection',
    'keep-alive',
    'proxy-connection',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
  ],
  ...[
    'host',
    'expect',
    'content-length',
    'content-type',
    'content-encoding',
    'accept',
    'accept-encoding',
  ],
  ...['x-request-id', 'traceparent', 'tracestate'],
]);

/** Undefined without names; throws a TypeError for those that no client may decide about. */
export function headerPicker(names: readonly string[] = []): PickHeaders | undefined {
  const picked = names.map(forwardable);
  if (picked.length === 0) return undefined;
  const pick = (headers: Readonly<Record<string, unknown>>) => {
    const found = picked.filter((name) => typeof headers[name] === 'string');
    if (found.length === 0) return undefined;
    return Object.fromEntries(found.map((name) => [name, checked(name, headers[name] as string)]));
  };
  return Object.assign(pick, { names: picked });
}

/** What comes over a WebSocket has not gone through a parser of HTTP. */
function checked(name: string, value: string): string {
  if (!NOT_IN_A_VALUE.test(value)) return value;
  throw gatewayError('BAD_REQUEST', `The header "${name}" has characters that no header may have`);
}

/** The name in lower case; throws a TypeError where such a header cannot be passed on. */
export function forwardable(name: string): string {
  const lower = name.toLowerCase();
  if (!NAME.test(name)) throw new TypeError(`"${name}" is no name of a header`);
  if (OWN.has(lower) || lower.startsWith('sec-')) {
    throw new TypeError(`The header "${lower}" cannot be passed on: it is the gateway's own`);
  }
  return lower;
}

/**
 * What a WebSocket client sends in place of a request's headers. Those that come with an operation outdo its
 * connectionParams, and they the headers of the upgrade; of those no cookie, which browsers send for foreign pages, too.
 */
export function webSocketHeaders(
  { cookie: _cookie, ...upgrade }: IncomingHttpHeaders,
  ...params: ReadonlyArray<Readonly<Record<string, unknown>> | undefined>
): Readonly<Record<string, unknown>> {
  // As entries: to Object.assign a header called "__proto__" would be a prototype.
  const given = params.flatMap((each) => [
    ...Object.entries(lowerCased(each)),
    ...Object.entries(credentialsIn(each)),
  ]);
  return { ...upgrade, ...Object.fromEntries(given) };
}

function lowerCased(params: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
