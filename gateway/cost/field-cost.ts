import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import { CostDirectives, type ListSize } from './cost-directives.js';

export type Field = GraphQLField<unknown, unknown>;

/** What is known of a field's cost without its arguments. */
export interface FieldCost {
  /** Of one thing that it returns, without what is selected of it. */
  readonly weight: number;
  readonly isList: boolean;
  /** How many things there are where no slicing argument says so. */
  readonly assumedSize: number;
  /** Arguments that say how many things are wanted. */
  readonly slicing: readonly GraphQLArgument[];
  /** Fields of what it returns to which the size belongs, as `edges` of a connection; none where it is a list itself. */
  readonly sizedFields: readonly string[];
}

/** Arguments that limit a list wherever the schema does not say otherwise; a list of ids has as many answers. */
const SLICING_ARGUMENTS = ['first', 'last', 'limit', 'ids'];

/** The lists of a connection, by the conventions of Relay and GitHub. */
const CONNECTION_LISTS = ['edges', 'nodes'];

/** What the fields of a schema cost: by `@cost` and `@listSize`, otherwise an object 1, a leaf 0. */
export class FieldCosts {
  readonly directives: CostDirectives;
  readonly #schema: GraphQLSchema;
  readonly #listSize: number;
  readonly #known = new Map<Field, FieldCost>();

  /** `listSize` is what a list is taken to hold where nothing says so. */
  constructor(schema: GraphQLSchema, listSize: number) {
    this.#schema = schema;
    this.#listSize = listSize;
    this.directives = new CostDirectives(schema);
  }

  of(parent: GraphQLCompositeType, field: Field): FieldCost {
    const known = this.#known.get(field);
    if (known) return known;
    const cost = this.#costOf(parent, field);
    this.#known.set(field, cost);
    return cost;
  }

  /** The most that `@cost` says of a type, or of any type it may turn out to be. */
  typeWeight(type: GraphQLNamedType): number {
    const types = isAbstractType(type) ? [type, ...this.#schema.getPossibleTypes(type)] : [type];
    const weights = types.flatMap((each) => this.directives.weight(each) ?? []);
    return weights.length > 0 ? Math.max(...weights) : isCompositeType(type) ? 1 : 0;
  }

  #costOf(parent: GraphQLCompositeType, field: Field): FieldCost {
    const type = getNamedType(field.type);
    const variants = this.#variants(parent, field);
    const weights = variants.flatMap((each) => this.directives.weight(each) ?? []);
    const declared = variants.flatMap((each) => this.directives.listSize(each) ?? [])[0] ?? {};
    const isList = isListType(getNullableType(field.type));
    return {
      weight: weights.length > 0 ? Math.max(...weights) : this.typeWeight(type),
      isList,
      assumedSize: declared.assumedSize ?? this.#listSize,
      slicing: slicingArguments(field, declared),
      sizedFields: isList ? [] : (declared.sizedFields ?? connectionLists(type)),
    };
  }

  /** A field of an interface may be declared differently by each type that has it. */
  #variants(parent: GraphQLCompositeType, field: Field): Field[] {
    if (!isInterfaceType(parent)) return [field];
    const own = this.#schema
      .getPossibleTypes(parent)
      .flatMap((type) => type.getFields()[field.name] ?? []);
    return [field, ...own];
  }
}

function slicingArguments({ args }: Field, { slicingArguments, assumedSize }: ListSize) {
  const byConvention = assumedSize === undefined ? SLICING_ARGUMENTS : [];
  const names = slicingArguments ?? byConvention;
  return args.filter(({ name }) => names.includes(name));
}

function connectionLists(type: GraphQLNamedType): readonly string[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = type.getFields();
  return CONNECTION_LISTS.filter((name) => isListType(getNullableType(fields[name]?.type)));
}
