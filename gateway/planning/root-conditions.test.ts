import { buildSchema, getOperationAST, parse, print, specifiedRules, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { decideRoot, rootConditions, SingleDecidedFieldRule } from './root-conditions.js';

const SCHEMA = buildSchema(`
  type Query { a: Int }
  type Subscription { a: A b: A }
  type A { n: Int m: Int }
`);

function decided(text: string, variables: Record<string, unknown>): string | undefined {
  const document = parse(text, { noLocation: true });
  const definition = getOperationAST(document);
  if (!definition) throw new Error('no operation');
  const result = decideRoot(SCHEMA, document, definition, variables);
  return result && print(result.document).replace(/\s+/g, ' ');
}

function conditions(text: string) {
  const document = parse(text);
  const definition = getOperationAST(document);
  return definition && rootConditions(document, definition);
}

describe('conditions of the root field', () => {
  it.each([
    ['subscription { a { n } }', undefined],
    ['subscription($x: Boolean!) { a { n @skip(if: $x) } }', undefined],
    ['subscription { a @include(if: true) { n } }', []],
    ['subscription($x: Boolean!) { a @include(if: $x) { n } }', ['x']],
    ['subscription($x: Boolean!) { ... @skip(if: $x) { a { n } } }', ['x']],
    [
      `subscription($x: Boolean!, $y: Boolean!) { ...F @include(if: $x) }
       fragment F on Subscription { a @skip(if: $y) @include(if: $x) { n } }`,
      ['x', 'y'],
    ],
    ['subscription { ...F } fragment F on Subscription { ...F }', undefined],
  ])('in %s depend on %o', (text, names) => {
    expect(conditions(text)).toEqual(names);
  });

  it('are gone once they are decided, others stay', () => {
    const text = `subscription($x: Boolean!) { c: a @include(if: $x) { n @skip(if: $x) } }`;
    expect(decided(text, { x: true })).toBe(
      'subscription ($x: Boolean!) { c: a { n @skip(if: $x) } }',
    );
  });

  it('choose one of several fields, through fragments', () => {
    const text = `subscription($x: Boolean!) { ...F ... @skip(if: $x) { b { n } } }
      fragment F on Subscription { a @include(if: $x) { n } ... on Subscription { a @include(if: $x) { m } } }`;
    expect(decided(text, { x: true })).toMatch(/^subscription \(.*\) { a { n } a { m } }/);
    expect(decided(text, { x: false })).toMatch(/^subscription \(.*\) { b { n } }/);
  });

  it.each([
    ['subscription($x: Boolean!) { a @include(if: $x) { n } }', false],
    ['subscription($x: Boolean!) { a @include(if: $x) { n } b { n } }', true],
    ['subscription($x: Boolean!) { a @include(if: $x) { n } c: a { n } }', true],
    ['subscription { a @include(if: false) { n } }', false],
  ])('leave nothing to subscribe to in %s with %s', (text, x) => {
    expect(decided(text, { x })).toBeUndefined();
  });
});

describe('the rule of the single root field', () => {
  const rules = specifiedRules.map((rule) =>
    rule.name === 'SingleFieldSubscriptionsRule' ? SingleDecidedFieldRule : rule,
  );
  const messages = (text: string) =>
    validate(SCHEMA, parse(text), rules).map(({ message }) => message);

  it('is graphql-js’s where nothing is open', () => {
    expect(rules).toContain(SingleDecidedFieldRule);
    const twice = 'subscription { a { n } b { n } }';
    expect(messages(twice)).toEqual(validate(SCHEMA, parse(twice)).map(({ message }) => message));
    expect(messages(twice)).toHaveLength(1);
    expect(messages('subscription { a { n } }')).toEqual([]);
  });

  it('leaves open what a variable decides', () => {
    const text = 'subscription($x: Boolean!) { a @include(if: $x) { n } b @skip(if: $x) { n } }';
    expect(messages(text)).toEqual([]);
  });
});
