import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { jsonString } from '../completion/json-string.js';
import { type DataObject, isDataObject, mergeInto, own, setOwn } from './data.js';
import { applyRewrites } from './rewrites.js';
import { isOfType } from './type-conditions.js';

/** A field of a representation, with the text before its value. */
interface WrittenField {
  readonly key: string;
  readonly start: string;
  readonly fields: readonly WrittenField[] | undefined;
}

/** How objects of one type are represented, where that is plain. */
export interface PlainRepresentation {
  /** The keys of all that is sent. */
  readonly keys: readonly string[];
  readonly fields: readonly WrittenField[];
  /** The text after the last of them. */
  readonly end: string;
  /** The field that tells most objects apart, if their fields alone decide. */
  readonly by: string | undefined;
}

/** What of an entity is sent along when a subgraph is asked about it. */
export class Representation {
  readonly #schema: GraphQLSchema;
  readonly #requires: readonly QueryPlanSelectionNode[];
  readonly #rewrites: readonly FetchDataRewrite[];
  readonly #plain = new Map<unknown, PlainRepresentation | undefined>();

  constructor(
    schema: GraphQLSchema,
    requires: readonly QueryPlanSelectionNode[],
    rewrites: readonly FetchDataRewrite[],
  ) {
    this.#schema = schema;
    this.#requires = requires;
    this.#rewrites = rewrites;
  }

  /** Undefined when a required field is absent, for then fetching it has failed before. */
  select(target: DataObject): DataObject | undefined {
    const value = select(this.#schema, target, this.#requires);
    if (!isDataObject(value) || !own(value, '__typename')) return undefined;
    applyRewrites(this.#schema, this.#rewrites, value);
    return value;
  }

  /** The same as JSON. */
  write(target: DataObject, plain = this.plainFor(target)): string | undefined {
    if (plain) return writeFields(plain.fields, target, plain.end);
    const value = this.select(target);
    return value && JSON.stringify(value);
  }

  /** How objects of the target's type are represented; undefined where that is not plain. */
  plainFor(target: DataObject): PlainRepresentation | undefined {
    const type = own(target, '__typename');
    const known = this.#plain.get(type);
    if (known || this.#plain.has(type)) return known;
    const plain = typeof type === 'string' ? this.#compile(type) : undefined;
    // A subgraph may name any type; those that are known are few.
    if (plain) this.#plain.set(type, plain);
    return plain;
  }

  /** Plain is one fragment for the type and nothing but fields in it; more than one may be left out alone. */
  #compile(type: string): PlainRepresentation | undefined {
    if (type === '' || this.#rewrites.length > 0) return undefined;
    const parts = this.#requires.filter(
      (each) =>
        each.kind === 'Field' ||
        (each.typeCondition &&
          isOfType(this.#schema, { __typename: type }, each.typeCondition, false)),
    );
    const [part] = parts;
    if (parts.length !== 1 || part?.kind !== 'InlineFragment') return undefined;
    const fields = writtenFields(part.selections);
    if (!fields?.some(({ key }) => key === '__typename')) return undefined;
    const flat = fields.every((field) => field.fields === undefined);
    const by = flat ? fields.find(({ key }) => key !== '__typename')?.key : undefined;
    return { keys: fields.map(({ key }) => key), by, ...withName(fields, type) };
  }
}

function writtenFields(selections: readonly QueryPlanSelectionNode[]): WrittenField[] | undefined {
  const fields: WrittenField[] = [];
  for (const selection of selections) {
    if (selection.kind !== 'Field') return undefined;
    const key = selection.alias ?? selection.name;
    const inside = selection.selections && writtenFields(selection.selections);
    if (selection.selections && !inside) return undefined;
    if (fields.some((field) => field.key === key)) return undefined;
    const start = `${fields.length === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    fields.push({ key, start, fields: inside });
  }
  return fields.length > 0 ? fields : undefined;
}

/** The name of the type is known: it goes into the text before the next value. */
function withName(fields: readonly WrittenField[], type: string) {
  const others: WrittenField[] = [];
  let before = '';
  for (const field of fields) {
    if (field.key === '__typename') before += field.start + JSON.stringify(type);
    else {
      others.push({ ...field, start: before + field.start });
      before = '';
    }
  }
  return { fields: others, end: `${before}}` };
}

function writeFields(
  fields: readonly WrittenField[],
  source: DataObject,
  end = '}',
): string | undefined {
  let text = '';
  for (const { key, start, fields: inside } of fields) {
    const value = own(source, key);
    if (value === undefined) return undefined;
    text += start + (inside ? writeInside(inside, value) : writeLeaf(value));
  }
  return text + end;
}

function writeInside(fields: readonly WrittenField[], value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => writeInside(fields, each)).join()}]`;
  return isDataObject(value) ? (writeFields(fields, value) ?? 'null') : writeLeaf(value);
}

function writeLeaf(value: unknown): string {
  return typeof value === 'string' ? jsonString(value) : (JSON.stringify(value) ?? 'null');
}

/** The selected part of `source`; null when a field is absent. */
function select(
  schema: GraphQLSchema,
  source: unknown,
  selections: readonly QueryPlanSelectionNode[],
): unknown {
  if (Array.isArray(source)) return source.map((element) => select(schema, element, selections));
  if (!isDataObject(source)) return source;
  const result: DataObject = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      const value = own(source, name);
      if (value === undefined) return null;
      setOwn(
        result,
        name,
        selection.selections ? select(schema, value, selection.selections) : value,
      );
    } else if (
      selection.typeCondition &&
      isOfType(schema, source, selection.typeCondition, false)
    ) {
      const part = select(schema, source, selection.selections);
      if (isDataObject(part)) mergeInto(result, part);
    }
  }
  return result;
}
