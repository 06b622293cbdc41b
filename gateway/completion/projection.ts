import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { DataObject } from '../execution/data.js';
import { FieldCollector } from './collect-fields.js';
import { CompletionCompiler, type Forms, orUndefined, unusual } from './compile-completion.js';
import { leafCheck } from './leaves.js';

/** Makes an answer's data out of the data fetched; undefined for an answer it does not know how to make. */
export type Projection = (data: DataObject) => DataObject | undefined;

/** The projection holds for one set of values of the variables that decide `@skip` and `@include`. */
export function compileProjection(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  conditions: Readonly<Record<string, unknown>>,
): Projection {
  const collector = new FieldCollector(schema, document, conditions);
  const root = schema.getRootType(definition.operation);
  const compiler = new CompletionCompiler(schema, collector, OBJECTS);
  const complete = root ? compiler.object(root, [definition]) : unusual;
  return (data) => orUndefined(() => complete(data) as DataObject);
}

/** An answer as objects of its own, for what was fetched has more in it than was asked for. */
const OBJECTS: Forms<unknown> = {
  nothing: null,
  constant: (value) => value,
  leaf: (type) => {
    const fits = leafCheck(type);
    return (value) => (fits(value) ? value : unusual());
  },
  list: (complete) => (value) => (Array.isArray(value) ? value.map(complete) : unusual()),
  object: (steps) => (value) => {
    const result: DataObject = {};
    for (const { key, complete } of steps) result[key] = complete((value as DataObject)[key]);
    return result;
  },
};
