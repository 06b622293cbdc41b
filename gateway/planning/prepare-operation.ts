import { parse } from 'graphql';
import type { PreparedOperation } from '../data-sources/data-source.js';

/** Parses a fetch's operation and writes the constant part of its request body, once per plan. */
export function prepareOperation(text: string, name: string | undefined): PreparedOperation {
  const named = name ? `,"operationName":${JSON.stringify(name)}` : '';
  return {
    text,
    document: parse(text, { noLocation: true }),
    name,
    bodyStart: `{"query":${JSON.stringify(text)}${named},"variables":`,
  };
}
