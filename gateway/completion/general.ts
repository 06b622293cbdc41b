import {
  executeSync,
  GraphQLError,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import { type DataObject, isDataObject, own, setOwn } from '../execution/data.js';
import {
  type CollectedField,
  type CompositeType,
  definitionOf,
  FieldCollector,
  type Selecting,
} from './collect-fields.js';
import { leafCheck } from './leaves.js';
import type { CompletionRequest } from './request.js';
import { runtimeType } from './runtime-type.js';

interface Path {
  readonly key: string | number;
  readonly before: Path | undefined;
}

/** Thrown from a place that must not be null up to the next one that may. */
const NULLED = new Error('null in a non-null place');

/** Completes any answer by the rules of the specification, noting each null that had to move up. */
export function completeGenerally(request: CompletionRequest): {
  data: DataObject | null;
  errors: readonly GraphQLError[];
} {
  const completion = new Completion(request);
  const root = request.schema.getRootType(request.definition.operation);
  const data = completion.nullable(() =>
    root ? completion.object(root, [request.definition], request.data, undefined) : null,
  );
  return { data, errors: completion.errors };
}

class Completion {
  readonly errors: GraphQLError[] = [];
  readonly #request: CompletionRequest;
  readonly #collector: FieldCollector;

  constructor(request: CompletionRequest) {
    this.#request = request;
    this.#collector = new FieldCollector(request.schema, request.document, request.coerced);
  }

  nullable<T>(complete: () => T): T | null {
    try {
      return complete();
    } catch (error) {
      if (error === NULLED) return null;
      throw error;
    }
  }

  object(
    type: CompositeType,
    parents: readonly Selecting[],
    source: DataObject,
    path: Path | undefined,
  ): DataObject {
    const result: DataObject = {};
    for (const [key, field] of this.#collector.fieldsOf(type, parents)) {
      setOwn(result, key, this.#field(type, field, key, source, { key, before: path }));
    }
    return result;
  }

  #field(type: CompositeType, field: CollectedField, key: string, source: DataObject, path: Path) {
    if (field.name === '__typename') return this.#concreteName(type, own(source, key));
    if (field.name === '__schema' || field.name === '__type') return this.#introspect(field, key);
    const definition = definitionOf(type, field);
    return definition ? this.#value(definition.type, field, own(source, key), path) : null;
  }

  #value(type: GraphQLOutputType, field: CollectedField, value: unknown, path: Path): unknown {
    if (!isNonNullType(type)) {
      if (value === null || value === undefined) return null;
      return this.nullable(() => this.#present(type, field, value, path));
    }
    const noted = this.errors.length;
    const result = this.#value(type.ofType, field, value, path);
    if (result !== null) return result;
    if (this.errors.length === noted)
      this.#note('Cannot return null for a non-nullable field', path);
    throw NULLED;
  }

  #present(type: GraphQLOutputType, field: CollectedField, value: unknown, path: Path): unknown {
    if (isListType(type) && Array.isArray(value)) {
      return value.map((element, key) =>
        this.#value(type.ofType, field, element, { key, before: path }),
      );
    }
    if (isLeafType(type) && leafCheck(type)(value)) return value;
    if (isLeafType(type) || isListType(type) || isNonNullType(type) || !isDataObject(value)) {
      this.#note('Invalid value found', path);
      return null;
    }
    const actual = runtimeType(this.#request.schema, type, value);
    if (actual) return this.object(actual, field.nodes, value, path);
    this.#note('Invalid __typename found', path);
    return null;
  }

  /** An object that cannot say what it is must not claim to be an interface. */
  #concreteName(type: CompositeType, fetched: unknown): string {
    if (isObjectType(type)) return type.name;
    const named = typeof fetched === 'string' && this.#request.schema.getType(fetched);
    if (!isObjectType(named)) throw NULLED;
    return named.name;
  }

  #introspect({ nodes }: CollectedField, key: string): unknown {
    const { schema, document, definition, variables } = this.#request;
    const selectionSet = { kind: Kind.SELECTION_SET, selections: nodes } as const;
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    const { data } = executeSync({
      schema,
      document: {
        kind: Kind.DOCUMENT,
        definitions: [{ ...definition, selectionSet }, ...fragments],
      },
      variableValues: variables,
    });
    return data ? own(data, key) : null;
  }

  #note(message: string, path: Path): void {
    this.errors.push(new GraphQLError(message, { path: keysOf(path) }));
  }
}

function keysOf(path: Path | undefined): Array<string | number> {
  return path ? [...keysOf(path.before), path.key] : [];
}
