import {
  type ASTVisitFn,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  SingleFieldSubscriptionsRule,
  type ValidationRule,
} from 'graphql';
import { FieldCollector } from '../completion/collect-fields.js';

/**
 * Names of the variables by which `@skip` and `@include` decide what a subscription's one root field is; undefined
 * where no condition does. Until that is decided, a subscription can be neither planned nor told to be valid.
 */
export function rootConditions(
  document: DocumentNode,
  definition: OperationDefinitionNode,
): readonly string[] | undefined {
  const conditions = rootSelections(document, definition).flatMap(conditionsOf);
  if (conditions.length === 0) return undefined;
  const names = conditions.flatMap((condition) => {
    const value = condition.arguments?.[0]?.value;
    return value?.kind === Kind.VARIABLE ? [value.name.value] : [];
  });
  return [...new Set(names)];
}

/**
 * The document with the conditions of its root field decided: what is left out is gone, what is included is there
 * unconditionally, fragments around it are written out. Undefined when it does not select exactly one field.
 */
export function decideRoot(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): { document: DocumentNode; definition: OperationDefinitionNode } | undefined {
  const root = schema.getRootType(definition.operation);
  const collector = new FieldCollector(schema, document, variables);
  const [field, ...others] = root ? collector.fieldsOf(root, [definition]).values() : [];
  if (!field || others.length > 0) return undefined;
  const selectionSet = {
    kind: Kind.SELECTION_SET,
    selections: field.nodes.map(unconditional),
  } as const;
  const decided = { ...definition, selectionSet };
  const definitions = document.definitions.map((each) => (each === definition ? decided : each));
  return { document: { ...document, definitions }, definition: decided };
}

/** graphql-js's rule, which throws on a root field that a variable decides: that one is left to `decideRoot`. */
export const SingleDecidedFieldRule: ValidationRule = (context) => {
  const rule = SingleFieldSubscriptionsRule(context) as {
    OperationDefinition: ASTVisitFn<OperationDefinitionNode>;
  };
  return {
    OperationDefinition: (...visit) =>
      rootConditions(context.getDocument(), visit[0])?.length
        ? undefined
        : rule.OperationDefinition(...visit),
  };
};

/** The root fields and every fragment around them. */
function rootSelections(
  document: DocumentNode,
  { selectionSet }: OperationDefinitionNode,
): readonly SelectionNode[] {
  const visited = new Set<string>();
  const inside = (selection: SelectionNode): readonly SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) return walk(selection.selectionSet.selections);
    const { value: name } = selection.name;
    if (visited.has(name)) return [];
    visited.add(name);
    return walk(fragment(document, name)?.selectionSet.selections ?? []);
  };
  const walk = (selections: readonly SelectionNode[]): readonly SelectionNode[] =>
    selections.flatMap((selection) => [selection, ...inside(selection)]);
  return walk(selectionSet.selections);
}

function fragment({ definitions }: DocumentNode, name: string) {
  return definitions.find(
    (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name,
  ) as { selectionSet: OperationDefinitionNode['selectionSet'] } | undefined;
}

function conditionsOf({ directives = [] }: SelectionNode): readonly DirectiveNode[] {
  return directives.filter(isCondition);
}

function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include';
}

function unconditional(field: FieldNode): FieldNode {
  return { ...field, directives: field.directives?.filter((each) => !isCondition(each)) ?? [] };
}
