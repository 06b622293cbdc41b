import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { argumentsWeight } from './argument-weights.js';
import { constant, evaluate, NOTHING, plus, type Size, type Term, times } from './cost-term.js';
import { type Field, type FieldCost, FieldCosts } from './field-cost.js';

/** What an operation may cost at most, in objects that it may return and whatever `@cost` weighs more. */
export interface OperationCost {
  /** A static estimate: where a variable limits a list, it counts as its default, else as if it were not given. */
  readonly cost: number;
  /** The same with the variables of a request. */
  costWith(variables: Readonly<Record<string, unknown>>): number;
}

/** A mutation costs this per root field, on top of what it returns; as in Apollo's demand control. */
const MUTATION_WEIGHT = 10;

/** `__schema` and `__type`, whatever is selected of them: how deep that goes is limited by validation. */
const INTROSPECTION_WEIGHT = 100;

/** Sizes that the field above hands to the lists named, as a connection to its `edges`. */
interface Sized {
  readonly fields: readonly string[];
  readonly size: Size;
}

/** Estimates costs by the cost directives of a schema. */
export class OperationCosts {
  readonly #schema: GraphQLSchema;
  readonly #fields: FieldCosts;

  constructor(schema: GraphQLSchema, listSize: number) {
    this.#schema = schema;
    this.#fields = new FieldCosts(schema, listSize);
  }

  /** The cost of an operation. Takes time in proportion to the text, however often fragments are spread. */
  of(document: DocumentNode, definition: OperationDefinitionNode): OperationCost {
    const term = new Estimate(this.#schema, this.#fields, document, definition).term();
    const cost = evaluate(term, {});
    return {
      cost,
      costWith: term.parts.length === 0 ? () => cost : (variables) => evaluate(term, variables),
    };
  }
}

/** The way through one operation. */
class Estimate {
  readonly #schema: GraphQLSchema;
  readonly #fields: FieldCosts;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #defaults = new Map<string, ValueNode>();
  /** One for each field that sizes others, so that fragments in it are gone through once. */
  readonly #sized = new Map<FieldNode, Sized>();
  /** Terms of fragments, by the sizes handed to them and by name. */
  readonly #terms = new Map<Sized | undefined, Map<string, Term>>();

  constructor(
    schema: GraphQLSchema,
    fields: FieldCosts,
    { definitions }: DocumentNode,
    operation: OperationDefinitionNode,
  ) {
    this.#schema = schema;
    this.#fields = fields;
    this.#operation = operation;
    for (const each of definitions) {
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(each.name.value, each);
    }
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      if (defaultValue) this.#defaults.set(variable.name.value, defaultValue);
    }
  }

  term(): Term {
    const { operation, selectionSet } = this.#operation;
    return this.#selections(selectionSet, this.#schema.getRootType(operation), undefined);
  }

  #selections(
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType | undefined | null,
    sized: Sized | undefined,
  ): Term {
    if (!parent) return NOTHING;
    return plus(selections.map((selection) => this.#selection(selection, parent, sized)));
  }

  #selection(selection: SelectionNode, parent: GraphQLCompositeType, sized?: Sized): Term {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.#field(selection, parent, sized);
      case Kind.INLINE_FRAGMENT: {
        const { typeCondition, selectionSet } = selection;
        const type = typeCondition ? this.#composite(typeCondition.name.value) : parent;
        return this.#selections(selectionSet, type, sized);
      }
      case Kind.FRAGMENT_SPREAD:
        return this.#fragment(selection.name.value, sized);
    }
  }

  #fragment(name: string, sized: Sized | undefined): Term {
    const terms = this.#terms.get(sized) ?? new Map<string, Term>();
    this.#terms.set(sized, terms);
    const known = terms.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return NOTHING;
    // A fragment within itself is refused by validation; until then it counts nothing.
    terms.set(name, NOTHING);
    const type = this.#composite(fragment.typeCondition.name.value);
    const term = this.#selections(fragment.selectionSet, type, sized);
    terms.set(name, term);
    return term;
  }

  #composite(name: string): GraphQLCompositeType | undefined {
    const type = this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, sized: Sized | undefined): Term {
    const name = node.name.value;
    if (name === '__schema' || name === '__type') return constant(INTROSPECTION_WEIGHT);
    const field = isUnionType(parent) ? undefined : parent.getFields()[name];
    if (!field) return NOTHING;
    const cost = this.#fields.of(parent, field);
    const size = this.#size(node, cost);
    const type = getNamedType(field.type);
    const inner =
      node.selectionSet && isCompositeType(type)
        ? this.#selections(node.selectionSet, type, this.#handed(node, cost.sizedFields, size))
        : NOTHING;
    const one = plus([constant(cost.weight), inner]);
    const all = cost.isList ? times(sized?.fields.includes(name) ? sized.size : size, one) : one;
    return plus([all, constant(this.#arguments(node, field, parent))]);
  }

  #handed(node: FieldNode, fields: readonly string[], size: Size): Sized | undefined {
    if (fields.length === 0) return undefined;
    const sized = this.#sized.get(node) ?? { fields, size };
    this.#sized.set(node, sized);
    return sized;
  }

  #arguments(node: FieldNode, field: Field, parent: GraphQLCompositeType): number {
    const isMutation = parent === this.#schema.getMutationType();
    return (isMutation ? MUTATION_WEIGHT : 0) + argumentsWeight(node, field, this.#fields);
  }

  /** How many things a field returns, by its slicing arguments: the most that any of them asks for. */
  #size(node: FieldNode, { slicing, assumedSize }: FieldCost): Size {
    const asked = slicing.flatMap((argument) => this.#slice(node, argument) ?? []);
    return { asked, assumed: assumedSize };
  }

  #slice(
    node: FieldNode,
    { name, defaultValue }: GraphQLArgument,
  ): Size['asked'][number] | undefined {
    const fallback = typeof defaultValue === 'number' ? defaultValue : undefined;
    const value = node.arguments?.find((each) => each.name.value === name)?.value;
    if (value?.kind === Kind.INT || value?.kind === Kind.LIST) return { number: sizeOf(value) };
    if (value?.kind !== Kind.VARIABLE)
      return fallback === undefined ? undefined : { number: fallback };
    const variable = value.name.value;
    const own = this.#defaults.get(variable);
    return { variable, number: sizeOf(own) ?? fallback };
  }
}

/** A slicing argument is a number, or a list that has as many elements. */
function sizeOf(value: ValueNode | undefined): number | undefined {
  if (value?.kind === Kind.LIST) return value.values.length;
  return value?.kind === Kind.INT ? Number(value.value) : undefined;
}
