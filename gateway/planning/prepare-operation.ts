import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { PreparedOperation } from '../data-sources/data-source.js';

/** Parses a fetch's operation and writes the constant part of its request body, once per plan. */
export function prepareOperation(text: string, name: string | undefined): PreparedOperation {
  const named = name ? `,"operationName":${JSON.stringify(name)}` : '';
  const document = parse(text, { noLocation: true });
  return {
    text,
    document,
    name,
    kind: getOperationAST(document)?.operation ?? OperationTypeNode.QUERY,
    bodyStart: `{"query":${JSON.stringify(text)}${named},"variables":`,
  };
}
