import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { conditionVariables } from './collect-fields.js';
import { compileProjection, type Projection } from './projection.js';

/** Combinations of conditions an operation keeps a projection for; a client could name many. */
const MOST_VARIANTS = 16;

/** The projections of one operation, one for each combination of `@skip` and `@include` asked for. */
export class Projections {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly #definition: OperationDefinitionNode;
  readonly #variables: readonly string[];
  readonly #variants = new Map<string, Projection>();

  constructor(schema: GraphQLSchema, document: DocumentNode, definition: OperationDefinitionNode) {
    this.#schema = schema;
    this.#document = document;
    this.#definition = definition;
    this.#variables = conditionVariables(document);
  }

  /** The projection for these variables; undefined when there are too many variants already. */
  for(coerced: Readonly<Record<string, unknown>>): Projection | undefined {
    const key = this.#variables.map((name) => (coerced[name] === true ? 1 : 0)).join('');
    const known = this.#variants.get(key);
    if (known) return known;
    if (this.#variants.size >= MOST_VARIANTS) return undefined;
    const projection = compileProjection(this.#schema, this.#document, this.#definition, coerced);
    this.#variants.set(key, projection);
    return projection;
  }
}
