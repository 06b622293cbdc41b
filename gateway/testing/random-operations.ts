import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import type { CompositeType } from '../completion/collect-fields.js';
import type { Question } from './oracle.js';
import { Random } from './random.js';
import { RandomArguments } from './random-arguments.js';

export interface RandomOptions {
  readonly seed: number;
  /** Literals for arguments, by their name. */
  readonly values?: Readonly<Record<string, string>>;
  /** Names of fields never to ask for. */
  readonly without?: readonly string[];
}

/** Few names, so that selections meet and have to be merged. */
const ALIASES = ['a', 'b', 'c'];

const MOST_CHARACTERS = 4_000;

/** Writes valid queries and mutations over a schema, the same ones for the same seed. */
export class RandomOperations {
  readonly #schema: GraphQLSchema;
  readonly #options: RandomOptions;
  readonly #random: Random;

  constructor(schema: GraphQLSchema, options: RandomOptions) {
    this.#schema = schema;
    this.#options = options;
    this.#random = new Random(options.seed);
  }

  next(): Question {
    for (;;) {
      const question = this.#draft();
      const fits = question.query.length < MOST_CHARACTERS;
      if (fits && validate(this.#schema, parse(question.query)).length === 0) return question;
    }
  }

  #draft(): Question {
    const mutation = this.#random.chance(0.3) ? this.#schema.getMutationType() : undefined;
    const root = mutation ?? this.#schema.getQueryType();
    if (!root) throw new Error('the schema has no queries');
    return new Draft(this.#schema, this.#random, this.#options).operation(root);
  }
}

/** One operation as it is written. */
class Draft {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #without: readonly string[];
  readonly #arguments: RandomArguments;
  /** Named fragments by the name of their type. */
  readonly #fragments = new Map<string, string[]>();
  #definitions = '';
  /** Selections that may still be written; bounds what fragments within fragments make of it. */
  #left = 60;

  constructor(schema: GraphQLSchema, random: Random, { values = {}, without = [] }: RandomOptions) {
    this.#schema = schema;
    this.#random = random;
    this.#without = without;
    this.#arguments = new RandomArguments(values, random);
  }

  operation(root: GraphQLObjectType): Question {
    const selections = this.#selections(root, 4);
    const kind = root === this.#schema.getMutationType() ? 'mutation' : 'query';
    const query = `${kind} Random${this.#arguments.declarations} ${selections}${this.#definitions}`;
    return { query, variables: this.#arguments.variables };
  }

  #selections(type: CompositeType, depth: number): string {
    const parts = this.#fields(type, depth);
    for (const each of this.#conditions(type)) parts.push(this.#fragment(each, depth));
    if (this.#random.chance(0.1)) parts.push(this.#spread(type, depth));
    const named = this.#random.chance(0.2) && !this.#without.includes('__typename');
    if (parts.length === 0 || named) parts.push(`${this.#alias()}__typename`);
    return `{ ${parts.join(' ')} }`;
  }

  /** Types to make fragments for: some of those that an object of `type` may be. */
  #conditions(type: CompositeType): CompositeType[] {
    const all = isAbstractType(type)
      ? [...this.#schema.getPossibleTypes(type), ...this.#overlapping(type)]
      : isObjectType(type)
        ? [type, ...type.getInterfaces()]
        : [];
    const probability = isAbstractType(type) ? 0.4 : 0.1;
    return all.filter(() => this.#left > 0 && this.#random.chance(probability));
  }

  #overlapping(type: CompositeType): CompositeType[] {
    return Object.values(this.#schema.getTypeMap()).filter(
      (each): each is CompositeType =>
        isAbstractType(each) && isAbstractType(type) && each !== type && this.#overlap(each, type),
    );
  }

  #overlap(a: CompositeType, b: CompositeType): boolean {
    if (!isAbstractType(a) || !isAbstractType(b)) return false;
    const possible = this.#schema.getPossibleTypes(a);
    return possible.some((each) => this.#schema.isSubType(b, each));
  }

  #fields(type: CompositeType, depth: number): string[] {
    if (isUnionType(type)) return [];
    const fields = Object.values(type.getFields()).filter(
      ({ name, type: output }) =>
        !this.#without.includes(name) &&
        ((depth > 0 && this.#left > 0) || isLeafType(getNamedType(output))),
    );
    const count = fields.length > 0 ? 1 + this.#random.below(4) : 0;
    return Array.from({ length: count }, () => this.#field(this.#random.pick(fields), depth));
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.#left -= 1;
    const args = this.#arguments.of(field.args);
    const type = getNamedType(field.type);
    const selections = isCompositeType(type) ? this.#selections(type, depth - 1) : '';
    return `${this.#alias()}${field.name}${args} ${this.#directives()} ${selections}`;
  }

  #fragment(type: CompositeType, depth: number): string {
    if (this.#random.chance(0.2)) return this.#spread(type, depth);
    return `... on ${type.name} ${this.#directives()} ${this.#selections(type, depth)}`;
  }

  /** A named fragment, one there is or a new one. */
  #spread(type: CompositeType, depth: number): string {
    const known = this.#fragments.get(type.name) ?? [];
    if (known.length > 0 && this.#random.chance(0.5)) {
      return `...${this.#random.pick(known)} ${this.#directives()}`;
    }
    const selections = this.#selections(type, Math.min(depth, 2));
    const name = `F${this.#definitions.length}`;
    this.#definitions += ` fragment ${name} on ${type.name} ${selections}`;
    this.#fragments.set(type.name, [...known, name]);
    return `...${name} ${this.#directives()}`;
  }

  #directives(): string {
    return ['@include', '@skip']
      .filter(() => this.#random.chance(0.08))
      .map((name) => `${name}(if: ${this.#arguments.condition()})`)
      .join(' ');
  }

  #alias(): string {
    return this.#random.chance(0.35) ? `${this.#random.pick(ALIASES)}: ` : '';
  }
}
