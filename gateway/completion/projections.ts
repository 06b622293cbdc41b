import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { DataObject } from '../execution/data.js';
import { conditionVariables } from './collect-fields.js';
import { compileProjection, type Projection } from './projection.js';
import { compileWriter, type Writer } from './writer.js';

/** Combinations of conditions an operation keeps compiled; a client could name many. */
const MOST_VARIANTS = 16;

/** The quick ways to an operation's answer, each compiled when it is first needed. */
interface Variant {
  projection?: Projection;
  writer?: Writer;
}

type Conditions = Readonly<Record<string, unknown>>;

/** What completes the answers of one operation, for each combination of `@skip` and `@include` asked for. */
export class Projections {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly #definition: OperationDefinitionNode;
  readonly #variables: readonly string[];
  readonly #variants = new Map<string, Variant>();

  constructor(schema: GraphQLSchema, document: DocumentNode, definition: OperationDefinitionNode) {
    this.#schema = schema;
    this.#document = document;
    this.#definition = definition;
    this.#variables = conditionVariables(document);
  }

  /** The answer's data; undefined where it is unusual, or where there are too many variants already. */
  project(data: DataObject, coerced: Conditions): DataObject | undefined {
    const variant = this.#variant(coerced);
    if (!variant) return undefined;
    variant.projection ??= compileProjection(
      ...([this.#schema, this.#document, this.#definition, coerced] as const),
    );
    return variant.projection(data);
  }

  /** The JSON of the answer's data, likewise. */
  write(data: DataObject, repeated: ReadonlySet<string>, coerced: Conditions): string | undefined {
    const variant = this.#variant(coerced);
    if (!variant) return undefined;
    variant.writer ??= compileWriter(
      ...([this.#schema, this.#document, this.#definition, coerced] as const),
    );
    return variant.writer(data, repeated);
  }

  #variant(coerced: Conditions): Variant | undefined {
    const key = this.#variables.map((name) => (coerced[name] === true ? 1 : 0)).join('');
    const known = this.#variants.get(key);
    if (known || this.#variants.size >= MOST_VARIANTS) return known;
    const variant = {};
    this.#variants.set(key, variant);
    return variant;
  }
}
