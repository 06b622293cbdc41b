import { operationFromDocument } from '@apollo/federation-internals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createGateway } from './create-gateway.js';
import { composeSubgraphs, loadSupergraph } from './supergraph.js';
import { inProcess } from './testing/graph.js';
import { type ServedSchema, serveSchema } from './testing/serve-schema.js';
import { legacySubgraph } from './testing/subgraph.js';

/** A subgraph of one field, which answers its own name. */
function subgraph(name: string) {
  const typeDefs = parse(`type Query { ${name}: String }`);
  const schema = buildSubgraphSchema({ typeDefs, resolvers: { Query: { [name]: () => name } } });
  return { name, typeDefs, schema };
}

const [tea, coffee] = [subgraph('tea'), subgraph('coffee')];

let served: ServedSchema;
beforeAll(async () => {
  served = await serveSchema(tea.schema);
});
afterAll(() => served.close());

describe('where subgraphs are', () => {
  it('is what the supergraph says', async () => {
    const gateway = await createGateway({ subgraphs: [{ ...tea, url: served.url }] });
    onTestFinished(() => gateway.close());
    expect(await gateway.execute({ query: '{ tea }' })).toEqual({ data: { tea: 'tea' } });
  });

  it('can be decided for each', async () => {
    const asked: string[] = [];
    const gateway = await createGateway({
      subgraphs: [tea, { ...coffee, url: 'http://coffee/' }],
      dataSources: ({ name, url }) => {
        asked.push(`${name} ${url}`);
        return inProcess(name === 'tea' ? tea : coffee);
      },
    });
    onTestFinished(() => gateway.close());
    const query = '{ tea coffee }';
    expect(await gateway.execute({ query })).toEqual({ data: { tea: 'tea', coffee: 'coffee' } });
    expect(asked.toSorted()).toEqual(['coffee http://coffee/', 'tea ']);
  });

  it('is asked again for those of a changed supergraph that are new or have moved', async () => {
    const asked: string[] = [];
    const gateway = await createGateway({
      subgraphs: [{ ...tea, url: 'http://a/' }],
      dataSources: ({ name, url }) => {
        asked.push(url);
        return inProcess(name === 'tea' ? tea : coffee);
      },
    });
    onTestFinished(() => gateway.close());
    await gateway.reload({
      subgraphs: [
        { ...tea, url: 'http://a/' },
        { ...coffee, url: 'http://c/' },
      ],
    });
    await gateway.reload({ subgraphs: [{ ...tea, url: 'http://b/' }] });
    expect(asked).toEqual(['http://a/', 'http://c/', 'http://b/']);
    expect(Object.keys(gateway.engine.sources.current)).toEqual(['tea']);
    expect(await gateway.execute({ query: '{ tea }' })).toEqual({ data: { tea: 'tea' } });
  });

  it('must be known', async () => {
    const nowhere = createGateway({ subgraphs: [tea, { ...coffee, url: 'coffee:1' }] });
    await expect(nowhere).rejects.toMatchObject({
      code: 'SUBGRAPH_WITHOUT_SOURCE',
      message: 'The supergraph does not say at which http url the subgraphs coffee, tea are',
    });
  });
});

describe('a supergraph that cannot be served', () => {
  const good = composeSubgraphs([{ ...tea, url: 'http://tea/' }]);

  it.each([
    ['', /: Syntax Error: Unexpected <EOF>\. \(line 1, column 1\)$/],
    ['type Query { a: ', /Syntax Error: Expected Name, found <EOF>\. \(line 1, column 17\)$/],
    ['type Query { a: Int }', /must be a core schema$/],
    ['extend schema @link(url: "x") type Query { a: Int }', /Unknown directive "@link"\./],
    [good.replace(/join\/v0\.\d/, 'join/v0.99'), /unsupported join spec version v0\.99/],
    [good.replace('tea: String', 'tea: Strong'), /Strong/],
  ])('is refused with one line: %#', (supergraph, message) => {
    const load = () => loadSupergraph({ supergraph });
    expect(load).toThrow(expect.objectContaining({ code: 'SUPERGRAPH_INVALID' }));
    expect(load).toThrow(message);
    expect(load).toThrow(/^This is no supergraph that can be served: [^\n]+$/);
  });

  it('may be a file that is not there', () => {
    const load = () => loadSupergraph({ supergraphFile: '/nowhere/supergraph.graphql' });
    expect(load).toThrow(expect.objectContaining({ code: 'SUPERGRAPH_UNREADABLE' }));
    expect(load).toThrow('/nowhere/supergraph.graphql: there is no such file');
  });
});

/** As `@apollo/federation` 0.2x composed it: each entity has an owner, and keys that are repeated for each subgraph. */
const FEDERATION_1 = `
schema
  @core(feature: "https://specs.apollo.dev/core/v0.1")
  @core(feature: "https://specs.apollo.dev/join/v0.1")
{ query: Query }
directive @core(feature: String!) repeatable on SCHEMA
directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet) on FIELD_DEFINITION
directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT | INTERFACE
directive @join__owner(graph: join__Graph!) on OBJECT | INTERFACE
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
scalar join__FieldSet
enum join__Graph {
  CUPS @join__graph(name: "cups", url: "")
  TEAS @join__graph(name: "teas", url: "")
}
type Cup @join__owner(graph: CUPS) @join__type(graph: CUPS, key: "id") @join__type(graph: TEAS, key: "id") {
  id: ID! @join__field(graph: CUPS)
  size: Int @join__field(graph: CUPS)
  tea: String @join__field(graph: TEAS, requires: "size")
}
type Query { cup: Cup @join__field(graph: CUPS) }`;

it('serves a supergraph of Federation 1', async () => {
  const cups = legacySubgraph(
    'cups',
    'type Query { cup: Cup } type Cup @key(fields: "id") { id: ID! size: Int }',
    { Query: { cup: () => ({ id: '1', size: 3 }) } },
  );
  const teas = legacySubgraph(
    'teas',
    `extend type Cup @key(fields: "id") {
      id: ID! @external
      size: Int @external
      tea: String @requires(fields: "size")
    }`,
    { Cup: { tea: ({ size }: { size: number }) => `${size} spoons` } },
  );
  const gateway = await createGateway({
    supergraph: FEDERATION_1,
    dataSources: { cups: inProcess(cups), teas: inProcess(teas) },
  });
  onTestFinished(() => gateway.close());
  expect(await gateway.execute({ query: '{ cup { id tea } }' })).toEqual({
    data: { cup: { id: '1', tea: '3 spoons' } },
  });
});

describe('planning', () => {
  it('looks at a thousand ways to fetch the same, however many there are', () => {
    const shared = ['a', 'b', 'c', 'd'].map((name) => ({
      name,
      typeDefs: parse(`
        extend schema @link(
          url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"]
        )
        type Query { me: Person @shareable }
        type Person @key(fields: "id") {
          id: ID!
          friend: Person @shareable
          boss: Person @shareable
          ${name}: String
        }`),
    }));
    const { planner, planningSchema } = loadSupergraph({ subgraphs: shared });
    const level = (inner: string) => `{ friend ${inner} boss ${inner} }`;
    const query = `{ me ${level(level(level('{ id a b c d }')))} }`;
    planner.buildQueryPlan(operationFromDocument(planningSchema, parse(query)));
    const { evaluatedPlanCount } = planner.lastGeneratedPlanStatistics() ?? {};
    expect(evaluatedPlanCount).toBeGreaterThan(500);
    expect(evaluatedPlanCount).toBeLessThanOrEqual(1_000);
  });
});

describe('a supergraph that relies on what is not kept here', () => {
  const IMPORTS = [
    '@key',
    '@authenticated',
    '@requiresScopes',
    '@policy',
    '@context',
    '@fromContext',
  ];
  const compose = (...sdls: string[]) => {
    const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(IMPORTS)})`;
    return composeSubgraphs(
      sdls.map((sdl, i) => ({ name: `subgraph${i}`, typeDefs: parse(`${link} ${sdl}`) })),
    );
  };

  it.each([
    ['@authenticated', 'type Query { secret: Int @authenticated }'],
    ['@requiresScopes', 'type Query { secret: Int @requiresScopes(scopes: [["read"]]) }'],
    ['@policy', 'type Query { secret: Int @policy(policies: [["staff"]]) }'],
    [
      '@context',
      `type Query { shop: Shop }
       type Shop @key(fields: "id") @context(name: "shop") { id: ID! unit: String scale: Scale }
       type Scale @key(fields: "id") { id: ID! show(unit: String @fromContext(field: "$shop { unit }")): Int }`,
    ],
  ])('is refused for %s', (name, sdl) => {
    const supergraph = compose(sdl);
    expect(() => loadSupergraph({ supergraph })).toThrow(
      expect.objectContaining({
        code: 'SUPERGRAPH_INVALID',
        message: expect.stringContaining(
          `/${name.slice(1)}/v0.1 is for: SECURITY but is unsupported`,
        ),
      }),
    );
  });
});
