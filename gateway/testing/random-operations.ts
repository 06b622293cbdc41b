import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { CompositeType } from '../completion/collect-fields.js';
import type { Question } from './oracle.js';

const CONDITIONS = ['@include(if: $yes)', '@skip(if: $yes)', '@include(if: $no)', '@skip(if: $no)'];

/** Writes valid queries over a schema, the same ones for the same seed. */
export class RandomOperations {
  readonly #schema: GraphQLSchema;
  readonly #values: Readonly<Record<string, string>>;
  #state: number;
  #aliases = 0;

  /** `values` are literals for arguments, by their name. */
  constructor(schema: GraphQLSchema, values: Readonly<Record<string, string>>, seed: number) {
    this.#schema = schema;
    this.#values = values;
    this.#state = seed;
  }

  next(): Question {
    const root = this.#schema.getQueryType();
    if (!root) throw new Error('the schema has no queries');
    const selections = this.#selections(root, 3);
    const used = ['yes', 'no'].filter((name) => selections.includes(`$${name})`));
    const declared = used.map((name) => `$${name}: Boolean!`).join(', ');
    const query = `query Random${declared && `(${declared})`} ${selections}`;
    return { query, variables: { yes: true, no: false } };
  }

  #selections(type: CompositeType, depth: number): string {
    const parts = this.#fields(type, depth);
    if (isAbstractType(type)) {
      for (const each of this.#schema.getPossibleTypes(type)) {
        if (this.#chance(0.6)) parts.push(this.#fragment(each, depth));
      }
    } else if (isObjectType(type)) {
      for (const each of type.getInterfaces()) {
        if (this.#chance(0.2)) parts.push(this.#fragment(each, depth));
      }
    }
    if (parts.length === 0 || this.#chance(0.2)) parts.push(`${this.#alias(0.5)}__typename`);
    return `{ ${parts.join(' ')} }`;
  }

  #fields(type: CompositeType, depth: number): string[] {
    if (isUnionType(type)) return [];
    const fields = Object.values(type.getFields()).filter(
      (field) => depth > 0 || isLeafType(getNamedType(field.type)),
    );
    const count = fields.length > 0 ? 1 + Math.floor(this.#random() * 4) : 0;
    return Array.from({ length: count }, () => this.#field(this.#pick(fields), depth));
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.map(({ name }) => `${name}: ${this.#values[name] ?? 'null'}`);
    const args = given.length > 0 ? `(${given.join(', ')})` : '';
    const alias = this.#alias(given.length > 0 ? 1 : 0.4);
    const type = getNamedType(field.type);
    const selections = isCompositeType(type) ? this.#selections(type, depth - 1) : '';
    return `${alias}${field.name}${args} ${this.#condition()} ${selections}`;
  }

  #fragment(type: CompositeType, depth: number): string {
    return `... on ${type.name} ${this.#condition()} ${this.#selections(type, depth)}`;
  }

  #condition(): string {
    return this.#chance(0.15) ? this.#pick(CONDITIONS) : '';
  }

  #alias(probability: number): string {
    this.#aliases += 1;
    return this.#chance(probability) ? `a${this.#aliases}: ` : '';
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<T>(choices: readonly T[]): T {
    const choice = choices[Math.floor(this.#random() * choices.length)];
    if (choice === undefined) throw new Error('nothing to pick from');
    return choice;
  }

  #random(): number {
    this.#state = (this.#state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return this.#state / 2_147_483_648;
  }
}
