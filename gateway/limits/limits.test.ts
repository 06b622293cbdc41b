import { buildSchema, type GraphQLError, getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../engine.js';
import { fragmentBomb } from '../testing/bombs.js';
import { testGraph } from '../testing/graph.js';
import type { LimitOptions } from './default-limits.js';

const schema = buildSchema(`
  type Query { a: A list(first: Int): [A] }
  type Mutation { a: A }
  type A { a: A b: Int list(first: Int): [A] }
`);

/** The refusals of an operation, as code and figures. */
function refusals(limits: LimitOptions | false, query: string, variables = {}): unknown[] {
  const { operations } = createEngine({ schema, limits });
  try {
    operations.adHoc(query, undefined, variables);
    return [];
  } catch (error) {
    return (error as AggregateError).errors.map(({ extensions }: GraphQLError) => extensions);
  }
}

const F = 'fragment F on A';

describe('each limit', () => {
  // Each row: the limit, its code, what is counted, and operations that have just that many.
  it.each<[keyof LimitOptions, string, number, string[]]>([
    ['maxCharacters', 'MAX_CHARACTERS_LIMIT', 7, ['{a{b} }', '{a{b}}\n']],
    [
      'maxDepth',
      'MAX_DEPTH_LIMIT',
      3,
      ['{a{a{b}}}', `{a{...F}} ${F}{a{b}}`, '{a{...{a{...{b}}}}}'],
    ],
    [
      'maxSelections',
      'MAX_SELECTIONS_LIMIT',
      6,
      ['{a{b b b b b}}', `{a{...F ...F b}} ${F}{b}`, '{a{...{b b b b}}}'],
    ],
    [
      'maxAliases',
      'MAX_ALIASES_LIMIT',
      2,
      ['{x:a{y:b}}', '{x:__typename y:__typename}', `{a{...F a{...F}}} ${F}{x:b}`],
    ],
    [
      'maxRootFields',
      'MAX_ROOT_FIELDS_LIMIT',
      2,
      [
        '{a{b} __typename}',
        '{...R} fragment R on Query{x:a{b} y:a{b}}',
        '{...{a{b}} ...on Query{a{b}}}',
        'mutation{x:a{b} y:a{b}}',
      ],
    ],
    [
      'maxDirectives',
      'MAX_DIRECTIVES_LIMIT',
      2,
      [
        '{a{b @skip(if:true) @include(if:true)}}',
        `{a{...F @skip(if:true)}} ${F} {b @skip(if:true)}`,
        `{a{...F a{...F}}} ${F} {b @skip(if:true)}`,
      ],
    ],
    [
      'maxRepeats',
      'MAX_REPEATS_LIMIT',
      2,
      ['{a{b b}}', '{a{b}a{b}}', `{a{...F b}} ${F}{b}`, '{a{x:b x:b a{b b}}}'],
    ],
    ['maxNesting', 'MAX_NESTING_LIMIT', 3, ['{a{a{b}}}', `{a{...F}} ${F}{b}`, '{a{...{b}}}']],
    [
      'maxCost',
      'COST_ESTIMATED_TOO_EXPENSIVE',
      30,
      ['{list(first:30){b}}', '{list(first:2){list(first:14){b}}}'],
    ],
  ])('%s', (name, code, maximum, queries) => {
    for (const query of queries) {
      expect([query, refusals({ [name]: maximum }, query)]).toEqual([query, []]);
      const [refusal] = refusals({ [name]: maximum - 1 }, query) as object[];
      expect([query, refusal]).toMatchObject([query, { code, maximum: maximum - 1 }]);
      expect([undefined, maximum]).toContain((refusal as { actual?: number }).actual);
      expect(refusals({ [name]: Number.POSITIVE_INFINITY }, query)).toEqual([]);
    }
  });

  it('maxTokens stops at the first token too many', () => {
    expect(refusals({ maxTokens: 6 }, '# none\n{a{b,,,}}')).toEqual([]);
    expect(refusals({ maxTokens: 5 }, '{a{b}}')).toEqual([
      { code: 'MAX_TOKENS_LIMIT', maximum: 5 },
    ]);
    expect(refusals({ maxTokens: 5 }, '{a{b b b "unterminated')).toEqual([
      { code: 'MAX_TOKENS_LIMIT', maximum: 5 },
    ]);
  });
});

describe('the limits', () => {
  it('are all named that an operation is over', () => {
    const codes = refusals({}, fragmentBomb(30).replace(/User/g, 'A')).map(
      (each) => (each as { code: string }).code,
    );
    expect(codes).toEqual(
      expect.arrayContaining(['MAX_DEPTH_LIMIT', 'MAX_ALIASES_LIMIT', 'MAX_SELECTIONS_LIMIT']),
    );
  });

  it('tell how much it was, as far as was counted', () => {
    expect(refusals({ maxDepth: 2, maxAliases: 0 }, '{x:a{a{b}}}')).toEqual([
      { code: 'MAX_DEPTH_LIMIT', maximum: 2, actual: 3 },
      { code: 'MAX_ALIASES_LIMIT', maximum: 0, actual: 1 },
    ]);
  });

  it('hold for every operation of a document, and for fragments that none of them spreads', () => {
    expect(refusals({ maxDepth: 2 }, 'query Q{a{b}} query R{a{a{b}}}')).toMatchObject([
      { actual: 3 },
    ]);
    expect(refusals({ maxAliases: 1 }, `{a{b}} ${F}{x:b y:b}`)).toMatchObject([{ actual: 2 }]);
    expect(refusals({ maxSelections: 3 }, 'query Q{a{b}} query R{a{b}}')).toMatchObject([
      { actual: 4 },
    ]);
  });

  it('go by the variables of the request, also when the operation is known', () => {
    const { operations } = createEngine({ schema, limits: { maxCost: 50 } });
    const ask = (n?: number) =>
      operations.adHoc('query($n:Int){list(first:$n){b}}', undefined, { n });
    expect(() => ask(51)).toThrow(AggregateError);
    expect(operations.sizes.adHoc).toBe(0);
    expect(ask(50)).toBe(ask());
    expect(() => ask(51)).toThrow(AggregateError);
  });

  it('take lists for as long as they are told', () => {
    expect(refusals({ maxCost: 10 }, '{list{b}}')).toEqual([]);
    expect(refusals({ maxCost: 10, listSize: 11 }, '{list{b}}')).toMatchObject([{ actual: 11 }]);
  });

  it('may be left off', () => {
    expect(refusals(false, `{a{${'b '.repeat(300)}}}`)).toEqual([]);
    expect(refusals({}, `{a{${'b '.repeat(300)}}}`)).toMatchObject([{ code: 'MAX_REPEATS_LIMIT' }]);
  });

  it('leave what is no GraphQL to the parser', () => {
    expect(refusals({}, '{a{b')).toMatchObject([{ code: 'GRAPHQL_PARSE_FAILED' }]);
    expect(refusals({}, '{a{b ? }}')).toMatchObject([{ code: 'GRAPHQL_PARSE_FAILED' }]);
  });

  it('let the introspection of GraphiQL and code generators through', () => {
    const options = {
      descriptions: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      directiveIsRepeatable: true,
      specifiedByUrl: true,
    };
    expect(refusals({}, getIntrospectionQuery(options))).toEqual([]);
  });

  it('must be numbers, and must exist', () => {
    expect(() => createEngine({ schema, limits: { maxDepth: -1 } })).toThrow(RangeError);
    expect(() => createEngine({ schema, limits: { maxDepth: '3' } as never })).toThrow(/maxDepth/);
    expect(() => createEngine({ schema, limits: { maxDeepness: 3 } as never })).toThrow(
      /maxDeepness/,
    );
    expect(refusals({ maxDepth: undefined } as never, '{a{b}}')).toEqual([]);
  });

  it('do not hold for registered operations, by id or by text', () => {
    const { supergraph, sources } = testGraph();
    const registered = '{ me { reviews { id } } }';
    const { operations } = createEngine({
      supergraph,
      dataSources: sources,
      limits: { maxDepth: 1, maxCost: 1 },
      persistedOperations: { r: registered },
    });
    expect(operations.registered('r')?.cost).toBe(11);
    expect(operations.adHoc(registered, undefined, {}).cost).toBe(11);
    expect(operations.safelisted(registered, undefined)).toBe(operations.registered('r'));
    expect(() => operations.adHoc(`${registered} # not the same`, undefined, {})).toThrow(
      AggregateError,
    );
  });
});
