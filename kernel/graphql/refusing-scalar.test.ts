import { buildSchema, execute, GraphQLScalarType, GraphQLSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { refusingScalar } from './refusing-scalar.js';

const localDate = new GraphQLScalarType({
  name: 'LocalDate',
  parseValue: (value) => {
    if (/^\d{4}-\d\d-\d\d$/.test(String(value))) return value;
    throw new TypeError(`${value} is no day`);
  },
});
const config = buildSchema(
  'scalar LocalDate type Query { on(day: LocalDate): LocalDate }',
).toConfig();
const schema = new GraphQLSchema(config);
Object.assign(schema.getType('LocalDate') as object, refusingScalar(localDate).toConfig());

const REFUSED = [
  { message: expect.stringContaining('yesterday'), extensions: { code: 'BAD_USER_INPUT' } },
];

describe('a scalar that refuses', () => {
  it('says so to whoever wrote the value into the text', () => {
    expect(validate(schema, parse('{ on(day: "yesterday") }'))).toMatchObject(REFUSED);
    expect(validate(schema, parse('{ on(day: "2026-11-22") }'))).toEqual([]);
  });

  it('says so to whoever sent the value in a variable', async () => {
    const document = parse('query ($day: LocalDate) { on(day: $day) }');
    const on = (day: string) =>
      execute({
        schema,
        document,
        variableValues: { day },
        rootValue: { on: ({ day: given }: { day: unknown }) => given },
      });
    expect((await on('yesterday')).errors).toMatchObject(REFUSED);
    expect(await on('2026-11-22')).toEqual({ data: { on: '2026-11-22' } });
  });
});
