import type { RequestContext } from '../request.js';
import type { HttpSourceOptions } from './http.js';

/** What tells a subgraph who asks: the client's own headers, except for those that the gateway decides. */
export function callerHeaders(
  { headersFor }: HttpSourceOptions,
  { identity, address, forwarded }: RequestContext,
): Record<string, string> {
  const own = headersFor?.(identity, address) ?? {};
  if (!forwarded) return own;
  const decided = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const others = Object.entries(forwarded).filter(([name]) => !decided.has(name));
  return { ...own, ...Object.fromEntries(others) };
}
