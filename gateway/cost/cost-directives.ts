import {
  type GraphQLDirective,
  type GraphQLSchema,
  getDirectiveValues,
  valueFromASTUntyped,
} from 'graphql';

/** The arguments of one `@listSize`. */
export interface ListSize {
  readonly assumedSize?: number | undefined;
  readonly slicingArguments?: readonly string[] | undefined;
  readonly sizedFields?: readonly string[] | undefined;
}

type AstNode = Parameters<typeof getDirectiveValues>[1];
type Annotated = { readonly astNode?: AstNode | null | undefined };
type Extended = Annotated & { readonly extensionASTNodes?: readonly AstNode[] };

/** `@cost` and `@listSize` of a schema, as the GraphQL Cost Directives Specification and Federation 2.9 define them. */
export class CostDirectives {
  readonly #cost: GraphQLDirective | undefined;
  readonly #listSize: GraphQLDirective | undefined;

  constructor(schema: GraphQLSchema) {
    const named = namesIn(schema);
    this.#cost = schema.getDirective(named('cost')) ?? undefined;
    this.#listSize = schema.getDirective(named('listSize')) ?? undefined;
  }

  /** What `@cost` says of a type, a field, an argument or a field of an input. */
  weight(of: Extended): number | undefined {
    const weight = Number(this.#values(this.#cost, of)?.weight ?? Number.NaN);
    return Number.isNaN(weight) ? undefined : Math.max(0, weight);
  }

  listSize(field: Annotated): ListSize | undefined {
    return this.#values(this.#listSize, field) as ListSize | undefined;
  }

  #values(directive: GraphQLDirective | undefined, { astNode, extensionASTNodes = [] }: Extended) {
    if (!directive) return undefined;
    for (const node of [astNode, ...extensionASTNodes]) {
      const values = node && getDirectiveValues(directive, node);
      if (values) return values;
    }
    return undefined;
  }
}

const COST_SPECIFICATION = 'https://specs.apollo.dev/cost/';

/** A supergraph may import the directives under other names; its `@link` tells which. */
function namesIn({ astNode }: GraphQLSchema): (name: string) => string {
  const renamed = new Map<string, string>();
  for (const { arguments: given = [] } of astNode?.directives ?? []) {
    const link = new Map(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
    const imports = link.get('import');
    if (!String(link.get('url')).startsWith(COST_SPECIFICATION) || !Array.isArray(imports))
      continue;
    for (const each of imports) {
      if (isRenamed(each)) renamed.set(bare(each.name), bare(each.as));
    }
  }
  return (name) => renamed.get(name) ?? name;
}

function isRenamed(each: unknown): each is { name: string; as: string } {
  return typeof each === 'object' && each !== null && 'name' in each && 'as' in each;
}

const bare = (name: string) => name.replace(/^@/, '');
