import type { ExecutionResult } from 'graphql';
import { textOf, WrittenAnswer } from '../../written-answer.js';

const texts = new WeakMap<ExecutionResult, string>();

/** An answer as JSON, written once for all who get the same one. */
export function answerText(answer: ExecutionResult): string {
  if (answer instanceof WrittenAnswer) return answer.text;
  const known = texts.get(answer);
  if (known !== undefined) return known;
  const text = textOf(answer);
  texts.set(answer, text);
  return text;
}
