import {
  type GraphQLDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  getDirectiveValues,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { CacheScope } from './cache-policy.js';

/** The arguments of one `@cacheControl`. */
export interface CacheHint {
  /** Seconds. */
  readonly maxAge?: number | undefined;
  readonly scope?: CacheScope | undefined;
  readonly inheritMaxAge?: boolean | undefined;
}

export const NO_HINT: CacheHint = {};

type Annotated = Pick<GraphQLNamedType, 'astNode' | 'extensionASTNodes'>;

/** The `@cacheControl` hints of a schema, as Apollo Server defines the directive. */
export class CacheHints {
  readonly #types = new Map<string, CacheHint>();
  readonly #fields = new Map<string, CacheHint>();

  constructor(schema: GraphQLSchema) {
    const directive = schema.getDirective('cacheControl');
    if (directive) this.#collect(schema, directive);
  }

  /** Whether the schema says nothing about caching. */
  get none(): boolean {
    return this.#types.size === 0 && this.#fields.size === 0;
  }

  ofType(name: string): CacheHint {
    return this.#types.get(name) ?? NO_HINT;
  }

  ofField(type: string, field: string): CacheHint | undefined {
    return this.#fields.get(`${type}.${field}`);
  }

  #collect(schema: GraphQLSchema, directive: GraphQLDirective): void {
    for (const type of Object.values(schema.getTypeMap())) {
      const object = isObjectType(type) || isInterfaceType(type);
      if (!object && !isUnionType(type)) continue;
      const hint = hintOn(type, directive);
      if (hint) this.#types.set(type.name, hint);
      for (const field of object ? Object.values(type.getFields()) : []) {
        const fieldHint = field.astNode && hintIn(field.astNode, directive);
        if (fieldHint) this.#fields.set(`${type.name}.${field.name}`, fieldHint);
      }
    }
  }
}

function hintOn(type: Annotated, directive: GraphQLDirective): CacheHint | undefined {
  for (const node of [type.astNode, ...type.extensionASTNodes]) {
    const hint = node && hintIn(node, directive);
    if (hint) return hint;
  }
  return undefined;
}

function hintIn(
  node: Parameters<typeof getDirectiveValues>[1],
  directive: GraphQLDirective,
): CacheHint | undefined {
  const values = getDirectiveValues(directive, node);
  if (!values) return undefined;
  const { maxAge, scope, inheritMaxAge } = values;
  return {
    maxAge: typeof maxAge === 'number' && maxAge >= 0 ? maxAge : undefined,
    scope: scope === 'PRIVATE' || scope === 'PUBLIC' ? scope : undefined,
    inheritMaxAge: inheritMaxAge === true,
  };
}
