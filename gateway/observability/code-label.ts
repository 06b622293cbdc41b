import type { GraphQLFormattedError } from 'graphql';
import { GATEWAY_ERROR_CODES } from '../errors.js';

/** The code of an error as a label: those of the gateway are few, a subgraph may have any. */
export function codeLabel(error: GraphQLFormattedError | undefined): string {
  const code = String(error?.extensions?.code);
  return Object.hasOwn(GATEWAY_ERROR_CODES, code) ? code : 'other';
}
