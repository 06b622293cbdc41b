import {
  type GraphQLArgument,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  parseValue,
  valueFromASTUntyped,
} from 'graphql';
import type { Random } from './random.js';

const LEAVES: Readonly<Record<string, readonly string[]>> = {
  Int: ['0', '1', '2', '7'],
  Float: ['0.5', '1', '-2.25'],
  Boolean: ['true', 'false'],
  ID: ['"1"', '"2"'],
};
const TEXTS = ['"one"', '""', '"ü \\"q\\" \\\\ \\n"'];

/** Writes arguments, as literals or by variables, and keeps the variables that they need. */
export class RandomArguments {
  readonly #values: Readonly<Record<string, string>>;
  readonly #random: Random;
  readonly #declared = new Map<string, string>();
  readonly variables: Record<string, unknown> = {};

  /** `values` are literals for arguments, by their name. */
  constructor(values: Readonly<Record<string, string>>, random: Random) {
    this.#values = values;
    this.#random = random;
  }

  /** In parentheses; nothing where none is given. */
  of(args: readonly GraphQLArgument[]): string {
    const given = args.filter((arg) => isRequiredArgument(arg) || this.#random.chance(0.8));
    const written = given.map((arg) => `${arg.name}: ${this.#value(arg)}`);
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }

  /** A condition of `@include` and `@skip`. */
  condition(): string {
    if (this.#random.chance(0.2)) return this.#random.pick(['true', 'false']);
    const name = this.#random.pick(['yes', 'no']);
    this.#declared.set(name, name === 'yes' ? 'Boolean! = true' : 'Boolean!');
    if (name === 'no') this.variables.no = false;
    return `$${name}`;
  }

  /** What an operation has to declare; nothing where it needs no variables. */
  get declarations(): string {
    const all = [...this.#declared].map(([name, type]) => `$${name}: ${type}`);
    return all.length > 0 ? `(${all.join(', ')})` : '';
  }

  #value({ name, type }: GraphQLArgument): string {
    const literal = this.#known(name) ?? this.#literal(type, 2);
    return this.#random.chance(0.4) ? this.#variable(type, literal) : literal;
  }

  #known(name: string): string | undefined {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  #variable(type: GraphQLInputType, literal: string): string {
    const name = `v${this.#declared.size}`;
    const byDefault = this.#random.chance(0.3) && literal !== 'null';
    this.#declared.set(name, byDefault ? `${type} = ${literal}` : `${type}`);
    const absent = byDefault || (!isNonNullType(type) && this.#random.chance(0.2));
    if (!absent) this.variables[name] = valueFromASTUntyped(parseValue(literal));
    return `$${name}`;
  }

  #literal(type: GraphQLInputType, depth: number): string {
    if (isNonNullType(type)) return this.#present(type.ofType, depth);
    return this.#random.chance(0.15) ? 'null' : this.#present(type, depth);
  }

  #present(type: GraphQLInputType, depth: number): string {
    if (isNonNullType(type)) return this.#present(type.ofType, depth);
    if (isListType(type)) {
      const elements = Array.from({ length: this.#random.below(3) }, () =>
        this.#literal(type.ofType, depth),
      );
      return `[${elements.join(', ')}]`;
    }
    if (isEnumType(type)) return this.#random.pick(type.getValues()).name;
    if (!isInputObjectType(type)) return this.#random.pick(LEAVES[type.name] ?? TEXTS);
    const fields = Object.values(type.getFields()).filter(
      (field) => isRequiredInputField(field) || (depth > 0 && this.#random.chance(0.5)),
    );
    const written = fields.map((each) => `${each.name}: ${this.#literal(each.type, depth - 1)}`);
    return `{ ${written.join(', ')} }`;
  }
}
