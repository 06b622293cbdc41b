import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  isAbstractType,
  isUnionType,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

export type CompositeType = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType;

/** An operation or a field: whatever has selections. */
export type Selecting = { readonly selectionSet?: SelectionSetNode | undefined };

export interface CollectedField {
  readonly name: string;
  /** The type whose selection it is: the object's own, or that of the fragment around it. */
  readonly parent: CompositeType;
  /** The selections that meet under one response name; their sub-selections merge. */
  readonly nodes: FieldNode[];
}

/** The field as the type defines it, or as the fragment's type does for an object of unknown type. */
export function definitionOf(type: CompositeType, { name, parent }: CollectedField) {
  if (!isUnionType(type) && type.getFields()[name]) return type.getFields()[name];
  return isUnionType(parent) ? undefined : parent.getFields()[name];
}

/** GraphQL's CollectFields with the values of the conditions known beforehand. */
export class FieldCollector {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #conditions: Readonly<Record<string, unknown>>;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    conditions: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    this.#conditions = conditions;
  }

  /**
   * The fields of an object of that type by response name, in the order of the answer. An interface or
   * a union stands for an object that does not say what it is.
   */
  fieldsOf(
    type: CompositeType,
    parents: readonly Selecting[],
  ): ReadonlyMap<string, CollectedField> {
    const fields = new Map<string, CollectedField>();
    const visited = new Set<string>();
    for (const { selectionSet } of parents) {
      if (selectionSet) this.#collect(type, type, selectionSet, fields, visited);
    }
    return fields;
  }

  #collect(
    type: CompositeType,
    parent: CompositeType,
    { selections }: SelectionSetNode,
    fields: Map<string, CollectedField>,
    visited: Set<string>,
  ): void {
    for (const selection of selections) {
      if (!this.#included(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const field = fields.get(key);
        if (field) field.nodes.push(selection);
        else fields.set(key, { name: selection.name.value, parent, nodes: [selection] });
        continue;
      }
      const fragment = this.#fragment(selection, visited);
      const condition = fragment && this.#condition(type, parent, fragment.typeCondition);
      if (condition) this.#collect(type, condition, fragment.selectionSet, fields, visited);
    }
  }

  /** The fragment to go into; a named one only once per selection set. */
  #fragment(selection: Exclude<SelectionNode, { kind: Kind.FIELD }>, visited: Set<string>) {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
    const name = selection.name.value;
    if (visited.has(name)) return undefined;
    visited.add(name);
    return this.#fragments.get(name);
  }

  /** The type of a fragment that applies to objects of `type`. */
  #condition(
    type: CompositeType,
    parent: CompositeType,
    condition: NamedTypeNode | undefined,
  ): CompositeType | undefined {
    if (!condition) return parent;
    const wanted = this.#schema.getType(condition.name.value);
    if (wanted === type) return type;
    const applies = isAbstractType(wanted) && !isUnionType(type);
    return applies && this.#schema.isSubType(wanted, type) ? wanted : undefined;
  }

  #included({ directives = [] }: SelectionNode): boolean {
    return directives.every((directive) => {
      const { value: name } = directive.name;
      if (name !== 'skip' && name !== 'include') return true;
      return this.#value(directive) === (name === 'include');
    });
  }

  #value(directive: DirectiveNode | ConstDirectiveNode): boolean {
    const value = directive.arguments?.find((each) => each.name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) return this.#conditions[value.name.value] === true;
    return value?.kind === Kind.BOOLEAN && value.value;
  }
}

/** Names of the variables that decide what of a document is included. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  const walk = (selections: readonly SelectionNode[]) => {
    for (const selection of selections) {
      for (const { name, arguments: given = [] } of selection.directives ?? []) {
        const [argument] = name.value === 'skip' || name.value === 'include' ? given : [];
        if (argument?.value.kind === Kind.VARIABLE) names.add(argument.value.name.value);
      }
      if ('selectionSet' in selection) walk(selection.selectionSet?.selections ?? []);
    }
  };
  for (const definition of document.definitions) {
    if ('selectionSet' in definition) walk(definition.selectionSet.selections);
  }
  return [...names];
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  return fragments;
}
