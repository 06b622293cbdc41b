import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Question } from '../../testing/oracle.js';

const TYPE_KEY = 'typeOfObject';

const TYPE_FIELD: SelectionSetNode['selections'][number] = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: TYPE_KEY },
  name: { kind: Kind.NAME, value: '__typename' },
};

/** The question, asking each object for its type, too. */
export function withTypes(question: Question): Question {
  const document = visit(parse(question.query), {
    SelectionSet: (node) => ({ ...node, selections: [...node.selections, TYPE_FIELD] }),
  });
  return { ...question, query: print(document) };
}

/**
 * What graphql-js makes of an answer's data when it takes each value from there: the very same, to the order of the
 * fields, if the answer is as the specification wants it. The answer is one to a question with types.
 */
export async function bySpecification(
  schema: GraphQLSchema,
  { query, variables }: Question,
  { data }: ExecutionResult,
): Promise<unknown> {
  const document: DocumentNode = parse(query);
  const answer = await execute({
    schema,
    document,
    rootValue: data,
    variableValues: variables,
    fieldResolver: (source, _args, _context, { path }) => source[path.key],
    typeResolver: (value) => value[TYPE_KEY],
  });
  return answer.errors ?? answer.data;
}
