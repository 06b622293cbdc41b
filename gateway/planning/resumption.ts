import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  Kind,
  type OperationDefinitionNode,
  parseType,
  print,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { PreparedOperation } from '../data-sources/data-source.js';
import { prepareOperation } from './prepare-operation.js';

/** By which names a subscription says where it stands: its events have `field`, and `argument` asks for those after one. */
export interface ResumeNames {
  readonly argument: string;
  readonly field: string;
}

/** How to ask a subgraph for the events after the last one seen. */
export interface Resumption {
  /** The subgraph's operation, asking for what comes after RESUME_VARIABLE. */
  readonly operation: PreparedOperation;
  /** Where the position of an event is: the root field's name in the subgraph's answer. */
  readonly rootKey: string;
}

/** An event's position, under a name that no client uses. */
export const POSITION_KEY = 'gateway__position';

export const RESUME_VARIABLE = 'gateway__after';

/** Whether a position is among the arguments of the root field: whoever subscribes gets what was before, too. */
export function startsAnywhere(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  { argument }: ResumeNames,
): boolean {
  return rootArgument(schema, definition, argument) !== undefined;
}

/** The document of a subscription with the position of each event selected; undefined where there is none. */
export function withPosition(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  names: ResumeNames,
): DocumentNode | undefined {
  const [root, ...others] = definition.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || !root.selectionSet) return undefined;
  if (!startsAnywhere(schema, definition, names)) return undefined;
  const type = getNullableType(rootField(schema, definition)?.type);
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  if (!isPosition(type.getFields()[names.field])) return undefined;
  const inside = [...root.selectionSet.selections, positionField(names.field)];
  const field = { ...root, selectionSet: { ...root.selectionSet, selections: inside } };
  const selectionSet = { ...definition.selectionSet, selections: [field, ...others] };
  const changed = { ...definition, selectionSet };
  const definitions = document.definitions.map((each) => (each === definition ? changed : each));
  return { ...document, definitions };
}

/** What the planner made of a document with a position; undefined when its events do not carry one. */
export function resumptionOf(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  names: ResumeNames,
  primary: PreparedOperation,
): Resumption | undefined {
  const argument = rootArgument(schema, definition, names.argument);
  const operation = primary.document.definitions.find(
    (each) => each.kind === Kind.OPERATION_DEFINITION,
  );
  const root = operation?.selectionSet.selections[0];
  if (!argument || !operation || root?.kind !== Kind.FIELD || !selectsPosition(root))
    return undefined;
  const asking = withVariable(operation, root, names.argument, argument.type.toString());
  const text = primary.document.definitions
    .map((each) => print(each === operation ? asking : each))
    .join('\n');
  return {
    operation: prepareOperation(text, primary.name),
    rootKey: root.alias?.value ?? root.name.value,
  };
}

function rootField(
  schema: GraphQLSchema,
  { selectionSet }: OperationDefinitionNode,
): GraphQLField<unknown, unknown> | undefined {
  const [root] = selectionSet.selections;
  if (root?.kind !== Kind.FIELD) return undefined;
  return schema.getSubscriptionType()?.getFields()[root.name.value];
}

function rootArgument(schema: GraphQLSchema, definition: OperationDefinitionNode, name: string) {
  const argument = rootField(schema, definition)?.args.find((each) => each.name === name);
  return argument && isLeafType(getNullableType(argument.type)) ? argument : undefined;
}

function isPosition(field: GraphQLField<unknown, unknown> | undefined): boolean {
  if (!field || field.args.some(isRequiredArgument)) return false;
  return !isListType(getNullableType(field.type)) && isLeafType(getNamedType(field.type));
}

function positionField(name: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: POSITION_KEY },
    name: { kind: Kind.NAME, value: name },
  };
}

function selectsPosition({ selectionSet }: FieldNode): boolean {
  const selections = selectionSet?.selections ?? [];
  return selections.some((each) => each.kind === Kind.FIELD && each.alias?.value === POSITION_KEY);
}

function withVariable(
  operation: OperationDefinitionNode,
  root: FieldNode,
  name: string,
  type: string,
): OperationDefinitionNode {
  const variable = {
    kind: Kind.VARIABLE,
    name: { kind: Kind.NAME, value: RESUME_VARIABLE },
  } as const;
  const others = root.arguments?.filter((each) => each.name.value !== name) ?? [];
  const after: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: variable,
  };
  const field = { ...root, arguments: [...others, after] };
  const selectionSet = { ...operation.selectionSet, selections: [field] };
  const used = variablesIn({ ...operation, selectionSet, variableDefinitions: [] });
  const kept = operation.variableDefinitions?.filter((each) => used.has(each.variable.name.value));
  const declared: VariableDefinitionNode = {
    kind: Kind.VARIABLE_DEFINITION,
    variable,
    type: parseType(type),
  };
  return { ...operation, selectionSet, variableDefinitions: [...(kept ?? []), declared] };
}

function variablesIn(operation: OperationDefinitionNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(operation, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}
