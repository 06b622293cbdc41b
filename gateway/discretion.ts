import { type ExecutionResult, GraphQLError } from 'graphql';
import type { AnswerStream, Operation } from './operation.js';

const SUGGESTION = 'Did you mean';

/**
 * A message without the names that graphql-js suggests in it, which are names of the schema. Not by a regular
 * expression: the message may quote a client's megabyte, which a search for each "Did you mean" in it would take
 * minutes for.
 */
export function withoutSuggestions(message: string): string {
  const [before = '', ...texts] = message.split(SUGGESTION);
  const shown = [before];
  for (const text of texts) {
    const end = text.indexOf('?');
    if (end < 0) shown.push(SUGGESTION, text);
    else shown.push((shown.pop() ?? '').trimEnd(), text.slice(end + 1));
  }
  return shown.join('');
}

/** The same operation, whose errors suggest nothing. */
export function discreet(operation: Operation): Operation {
  return {
    ...operation,
    run: (variables, context) => operation.run(variables, context).then(discreetAnswer),
    subscribe: async (variables, context) => {
      const answer = await operation.subscribe(variables, context);
      return Symbol.asyncIterator in answer ? discreetStream(answer) : discreetAnswer(answer);
    },
  };
}

function discreetAnswer(answer: ExecutionResult): ExecutionResult {
  const { errors } = answer;
  return errors ? { ...answer, errors: errors.map(discreetError) } : answer;
}

function discreetError(error: GraphQLError): GraphQLError {
  const message = withoutSuggestions(error.message);
  if (message === error.message) return error;
  const { nodes, source, positions, path, extensions } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}

function discreetStream(stream: AnswerStream): AnswerStream {
  const ended = { value: undefined, done: true } as const;
  return {
    async next() {
      const event = await stream.next();
      return event.done ? event : { value: discreetAnswer(event.value), done: false };
    },
    return: async () => (await stream.return?.()) ?? ended,
    throw: async (error) => (await stream.throw?.(error)) ?? ended,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
