import {
  type DocumentNode,
  type GraphQLLeafType,
  type GraphQLSchema,
  isEnumType,
  type OperationDefinitionNode,
} from 'graphql';
import type { DataObject } from '../execution/data.js';
import { FieldCollector } from './collect-fields.js';
import {
  type Complete,
  CompletionCompiler,
  type Forms,
  orUndefined,
  type Step,
  unusual,
} from './compile-completion.js';
import { jsonString } from './json-string.js';
import { leafCheck } from './leaves.js';
import { Repetitions } from './repetitions.js';

/**
 * Writes an answer's data as JSON; undefined for an answer it does not know how to write. `repeated` are the paths at
 * which the data has one and the same object in many places, so that it is written once.
 */
export type Writer = (data: DataObject, repeated: ReadonlySet<string>) => string | undefined;

/** The writer holds for one set of values of the variables that decide `@skip` and `@include`. */
export function compileWriter(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  conditions: Readonly<Record<string, unknown>>,
): Writer {
  const collector = new FieldCollector(schema, document, conditions);
  const root = schema.getRootType(definition.operation);
  const repetitions = new Repetitions();
  const compiler = new CompletionCompiler(schema, collector, new Texts(repetitions));
  const write = root ? compiler.object(root, [definition]) : unusual;
  return (data, repeated) => repetitions.during(repeated, () => orUndefined(() => write(data)));
}

class Texts implements Forms<string> {
  readonly nothing = 'null';
  readonly #repetitions: Repetitions;

  constructor(repetitions: Repetitions) {
    this.#repetitions = repetitions;
  }

  constant(value: string): string {
    return JSON.stringify(value);
  }

  leaf(type: GraphQLLeafType): Complete<string> {
    const fits = leafCheck(type);
    const write = leafWriter(type);
    return (value) => (fits(value) ? write(value) : unusual());
  }

  list(complete: Complete<string>, path: string): Complete<string> {
    return this.#repetitions.once(path, (value) => {
      if (!Array.isArray(value)) return unusual();
      if (value.length === 0) return '[]';
      let text = `[${complete(value[0])}`;
      for (let i = 1; i < value.length; i += 1) text += `,${complete(value[i])}`;
      return `${text}]`;
    });
  }

  object(steps: readonly Step<string>[], path: string): Complete<string> {
    const fields = steps.map(({ key, complete }, i) => ({
      start: `${i === 0 ? '{' : ','}${JSON.stringify(key)}:`,
      ...{ key, complete },
    }));
    if (fields.length === 0) return () => '{}';
    return this.#repetitions.once(path, (value) => {
      let text = '';
      for (const { start, key, complete } of fields) {
        text += start + complete((value as DataObject)[key]);
      }
      return `${text}}`;
    });
  }
}

/** Writes a value that fits the type as `JSON.stringify` would. */
function leafWriter(type: GraphQLLeafType): Complete<string> {
  if (isEnumType(type)) return (value) => `"${value}"`;
  // A custom scalar may be anything, even what JSON leaves out.
  return BUILT_IN[type.name] ?? ((value) => JSON.stringify(value) ?? unusual());
}

const BUILT_IN: Readonly<Record<string, Complete<string> | undefined>> = {
  String: (value) => jsonString(value as string),
  ID: (value) => (typeof value === 'string' ? jsonString(value) : String(value)),
  Boolean: String,
  Float: String,
  Int: String,
};
