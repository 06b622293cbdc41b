import { describe, expect, it } from 'vitest';
import { operationChecker } from './index.js';
import { testGraph } from './testing/graph.js';

const check = operationChecker({ supergraph: testGraph().supergraph });

const codes = (text: string, maxCost?: number) =>
  check(text, { maxCost }).problems.map(({ code }) => code);

describe('an operation that is to be registered', () => {
  it('is told by name, kind and cost', () => {
    const text = 'query Top($n: Int = 3) { topProducts(first: $n) { upc reviews { body } } }';
    expect(check(text)).toMatchObject({ name: 'Top', kind: 'query', problems: [] });
    expect(check(text).cost).toBeGreaterThan(0);
    const added = 'subscription Added { reviewAdded { id author { name } } }';
    expect(check(added)).toMatchObject({ name: 'Added', kind: 'subscription', problems: [] });
  });

  it.each([
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['', 'GRAPHQL_PARSE_FAILED'],
    ['query A { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query A { __schema { description } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ me { name } }', 'OPERATION_RESOLUTION_FAILURE'],
    ['query A { me { name } } query B { me { id } }', 'OPERATION_RESOLUTION_FAILURE'],
    ['fragment F on User { id }', 'OPERATION_RESOLUTION_FAILURE'],
    [`query A { ${'me { '.repeat(30)} id ${'}'.repeat(30)} }`, 'MAX_DEPTH_LIMIT'],
  ])('is refused as %s', (text, code) => {
    expect(codes(text)).toEqual([code]);
  });

  it('is refused where it costs more than it may, and what it costs is told', () => {
    const text = 'query Top { topProducts(first: 100) { reviews { body } } }';
    const report = check(text, { maxCost: 10 });
    expect(report.problems).toMatchObject([{ code: 'COST_ESTIMATED_TOO_EXPENSIVE' }]);
    expect(report.cost).toBeGreaterThan(10);
    expect(codes(text, report.cost)).toEqual([]);
  });

  it('is told all that is wrong with it', () => {
    expect(codes('query A { nothing nobody }')).toHaveLength(2);
  });
});
