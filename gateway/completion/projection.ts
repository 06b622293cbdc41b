import {
  type DocumentNode,
  type GraphQLAbstractType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import type { DataObject } from '../execution/data.js';
import {
  type CollectedField,
  type CompositeType,
  definitionOf,
  FieldCollector,
  type Selecting,
} from './collect-fields.js';
import { leafCheck } from './leaves.js';
import { runtimeType } from './runtime-type.js';

type Complete = (value: unknown) => unknown;
type Step = { readonly key: string; readonly complete: Complete };

/** Makes an answer's data out of the data fetched; undefined for an answer it does not know how to make. */
export type Projection = (data: DataObject) => DataObject | undefined;

/** Thrown where only the general way knows what to do; made once, for its stack says nothing. */
const UNUSUAL = new Error('unusual');

/**
 * Compiles what graphql-js would do to complete an operation's answer into closures: no look-up of types,
 * no collecting of fields, no promises. It knows the plain cases only: a null in a non-null place, a value
 * that does not fit its type or introspection is left to `completeGenerally`. The projection holds for
 * one set of values of the variables that decide `@skip` and `@include`. An object type is compiled when
 * the first such object comes along, so that no document makes more work than its answer.
 */
export function compileProjection(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  conditions: Readonly<Record<string, unknown>>,
): Projection {
  const compiler = new Compiler(schema, new FieldCollector(schema, document, conditions));
  const root = schema.getRootType(definition.operation);
  const complete = root ? compiler.object(root, [definition]) : unusual;
  return (data) => caught(complete, data);
}

function caught(complete: Complete, data: DataObject): DataObject | undefined {
  try {
    return complete(data) as DataObject;
  } catch (error) {
    if (error === UNUSUAL) return undefined;
    throw error;
  }
}

class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #collector: FieldCollector;

  constructor(schema: GraphQLSchema, collector: FieldCollector) {
    this.#schema = schema;
    this.#collector = collector;
  }

  object(type: CompositeType, parents: readonly Selecting[]): Complete {
    let steps: readonly Step[] | undefined;
    return (value) => {
      if (typeof value !== 'object' || value === null) throw UNUSUAL;
      steps ??= this.#steps(type, parents);
      const result: DataObject = {};
      for (const { key, complete } of steps) result[key] = complete((value as DataObject)[key]);
      return result;
    };
  }

  #steps(type: CompositeType, parents: readonly Selecting[]): readonly Step[] {
    return [...this.#collector.fieldsOf(type, parents)].map(([key, field]) => {
      if (key in Object.prototype) throw UNUSUAL;
      return { key, complete: this.#field(type, field) };
    });
  }

  #field(type: CompositeType, field: CollectedField): Complete {
    if (field.name === '__typename') return isObjectType(type) ? () => type.name : unusual;
    const definition = definitionOf(type, field);
    return definition ? this.#output(definition.type, field.nodes) : unusual;
  }

  #output(type: GraphQLOutputType, nodes: CollectedField['nodes']): Complete {
    if (isNonNullType(type)) {
      const complete = this.#output(type.ofType, nodes);
      return (value) => complete(value) ?? unusual();
    }
    if (isListType(type)) return orNull(listOf(this.#output(type.ofType, nodes)));
    if (isLeafType(type)) return orNull(leafOf(leafCheck(type)));
    return orNull(isObjectType(type) ? this.object(type, nodes) : this.#abstract(type, nodes));
  }

  #abstract(type: GraphQLAbstractType, nodes: CollectedField['nodes']): Complete {
    const completers = new Map<CompositeType, Complete>();
    return (value) => {
      const actual = runtimeType(this.#schema, type, value as DataObject);
      if (!actual) throw UNUSUAL;
      const complete = completers.get(actual) ?? this.object(actual, nodes);
      completers.set(actual, complete);
      return complete(value);
    };
  }
}

function unusual(): never {
  throw UNUSUAL;
}

function orNull(complete: Complete): Complete {
  return (value) => (value === null || value === undefined ? null : complete(value));
}

function listOf(complete: Complete): Complete {
  return (value) => (Array.isArray(value) ? value.map(complete) : unusual());
}

function leafOf(fits: (value: unknown) => boolean): Complete {
  return (value) => (fits(value) ? value : unusual());
}
