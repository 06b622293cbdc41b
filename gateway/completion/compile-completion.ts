import {
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { DataObject } from '../execution/data.js';
import {
  type CollectedField,
  type CompositeType,
  definitionOf,
  type FieldCollector,
  type Selecting,
} from './collect-fields.js';
import { runtimeType } from './runtime-type.js';

/** Completes one value: what it comes to is an object, or the text of one. */
export type Complete<Part> = (value: unknown) => Part;

export type Step<Part> = { readonly key: string; readonly complete: Complete<Part> };

/** What a completion makes of each kind of value. Where a value stands is told by the keys that lead to it. */
export interface Forms<Part> {
  readonly nothing: Part;
  constant(value: string): Part;
  leaf(type: GraphQLLeafType): Complete<Part>;
  /** Completes an array. */
  list(complete: Complete<Part>, path: string): Complete<Part>;
  /** Completes an object by its fields, in that order. */
  object(steps: readonly Step<Part>[], path: string): Complete<Part>;
}

/** Thrown where only the general way knows what to do; made once, for its stack says nothing. */
const UNUSUAL = new Error('unusual');

export function unusual(): never {
  throw UNUSUAL;
}

/** Undefined for a value that is unusual. */
export function orUndefined<Result>(complete: () => Result): Result | undefined {
  try {
    return complete();
  } catch (error) {
    if (error === UNUSUAL) return undefined;
    throw error;
  }
}

/**
 * Compiles what graphql-js would do to complete an operation's answer into closures: no look-up of types,
 * no collecting of fields, no promises. It knows the plain cases only: a null in a non-null place, a value
 * that does not fit its type or introspection is left to `completeGenerally`. An object type is compiled when
 * the first such object comes along, so that no document makes more work than its answer.
 */
export class CompletionCompiler<Part> {
  readonly #schema: GraphQLSchema;
  readonly #collector: FieldCollector;
  readonly #forms: Forms<Part>;

  constructor(schema: GraphQLSchema, collector: FieldCollector, forms: Forms<Part>) {
    this.#schema = schema;
    this.#collector = collector;
    this.#forms = forms;
  }

  object(type: CompositeType, parents: readonly Selecting[], path = ''): Complete<Part> {
    let complete: Complete<Part> | undefined;
    return (value) => {
      if (typeof value !== 'object' || value === null) throw UNUSUAL;
      complete ??= this.#forms.object(this.#steps(type, parents, path), path);
      return complete(value);
    };
  }

  #steps(type: CompositeType, parents: readonly Selecting[], path: string): Step<Part>[] {
    return [...this.#collector.fieldsOf(type, parents)].map(([key, field]) => {
      if (key in Object.prototype) throw UNUSUAL;
      return { key, complete: this.#field(type, field, path ? `${path}.${key}` : key) };
    });
  }

  #field(type: CompositeType, field: CollectedField, path: string): Complete<Part> {
    if (field.name === '__typename') {
      if (!isObjectType(type)) return unusual;
      const name = this.#forms.constant(type.name);
      return () => name;
    }
    const definition = definitionOf(type, field);
    return definition ? this.#output(definition.type, field.nodes, path) : unusual;
  }

  #output(type: GraphQLOutputType, nodes: CollectedField['nodes'], path: string): Complete<Part> {
    if (isNonNullType(type)) return notNull(this.#present(type.ofType, nodes, path));
    return this.#orNull(this.#present(type, nodes, path));
  }

  /** Completes a value that is not null. */
  #present(type: GraphQLOutputType, nodes: CollectedField['nodes'], path: string): Complete<Part> {
    if (isListType(type)) return this.#forms.list(this.#output(type.ofType, nodes, path), path);
    if (isLeafType(type)) return this.#forms.leaf(type);
    if (isObjectType(type)) return this.object(type, nodes, path);
    return this.#abstract(type as GraphQLAbstractType, nodes, path);
  }

  #orNull(complete: Complete<Part>): Complete<Part> {
    const { nothing } = this.#forms;
    return (value) => (value === null || value === undefined ? nothing : complete(value));
  }

  #abstract(
    type: GraphQLAbstractType,
    nodes: CollectedField['nodes'],
    path: string,
  ): Complete<Part> {
    const completers = new Map<CompositeType, Complete<Part>>();
    return (value) => {
      const actual = runtimeType(this.#schema, type, value as DataObject);
      if (!actual) throw UNUSUAL;
      const complete = completers.get(actual) ?? this.object(actual, nodes, path);
      completers.set(actual, complete);
      return complete(value);
    };
  }
}

function notNull<Part>(complete: Complete<Part>): Complete<Part> {
  return (value) => (value === null || value === undefined ? unusual() : complete(value));
}
