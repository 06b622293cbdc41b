import { buildSchema, getOperationAST, type OperationDefinitionNode, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { prepareOperation } from './prepare-operation.js';
import { resumptionOf, withPosition } from './resumption.js';

const NAMES = { argument: 'after', field: 'at' };
const SCHEMA = buildSchema(`
  type Query { a: Int }
  type Subscription {
    events(after: ID, of: String): Event
    notFrom(of: String): Event
    many(after: ID): [Event]
    number(after: ID): Int
    odd(after: ID): Odd
    needy(after: ID): Needy
    fromObject(after: Position): Event
  }
  input Position { at: Int }
  interface Event { at: ID! name: String }
  type Odd { at: [Int] }
  type Needy { at(zone: String!): ID }
`);

function read(text: string): [ReturnType<typeof parse>, OperationDefinitionNode] {
  const document = parse(text, { noLocation: true });
  const definition = getOperationAST(document);
  if (!definition) throw new Error('no operation');
  return [document, definition];
}

const positioned = (text: string) => {
  const result = withPosition(SCHEMA, ...read(text), NAMES);
  return result && print(result).replace(/\s+/g, ' ');
};

const resumed = (client: string, primary: string) =>
  resumptionOf(SCHEMA, read(client)[1], NAMES, prepareOperation(primary, 'Q'));

describe('the position of an event', () => {
  it('is selected on top of what the client selects', () => {
    expect(positioned('subscription { e: events { name } }')).toBe(
      'subscription { e: events { name gateway__position: at } }',
    );
  });

  it.each([
    'notFrom { name }',
    'many { name }',
    'number',
    'odd { at }',
    'needy { __typename }',
    'fromObject { name }',
  ])('is not to be had from %s', (field) => {
    expect(positioned(`subscription { ${field} }`)).toBeUndefined();
  });
});

describe('an operation that asks for what comes after a position', () => {
  const client = 'subscription { events { name } }';

  it('takes the position as a variable, and no other that it does not use', () => {
    const primary = `subscription Q($of: String, $x: ID) {
      e: events(of: $of, after: $x) { name gateway__position: at }
    }`;
    const { operation, rootKey } = resumed(client, primary) ?? {};
    expect(rootKey).toBe('e');
    expect(operation?.text.replace(/\s+/g, ' ')).toBe(
      'subscription Q($of: String, $gateway__after: ID) { e: events(of: $of, after: $gateway__after) { name gateway__position: at } }',
    );
    expect(operation?.bodyStart).toContain('"operationName":"Q"');
  });

  it('does not exist where the subgraph does not tell the position', () => {
    expect(resumed(client, 'subscription Q { events { name } }')).toBeUndefined();
  });
});
