import type { SubgraphAnswer } from '../data-sources/data-source.js';
import { isDataObject } from './data.js';

/** Throws for what is not an answer in the sense of GraphQL, wherever it comes from. */
export function requireAnswer(answer: SubgraphAnswer): void {
  if (!isAnswer(answer)) throw new Error('The subgraph answered something that is not GraphQL');
}

function isAnswer(answer: unknown): boolean {
  if (!isDataObject(answer)) return false;
  const { data, errors } = answer;
  if (!Array.isArray(errors) && errors !== undefined && errors !== null) return false;
  return data === undefined ? Array.isArray(errors) : data === null || isDataObject(data);
}
