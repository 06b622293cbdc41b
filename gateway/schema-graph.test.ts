import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { expect, it, onTestFinished } from 'vitest';
import { createGateway } from './create-gateway.js';
import { post } from './testing/http.js';
import { ask, webSocketClient } from './testing/web-socket-client.js';

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      hello: {
        type: GraphQLString,
        args: { name: { type: GraphQLString } },
        resolve: (_, { name }, { greeting }) => `${greeting} ${name}`,
      },
    },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      tick: {
        type: GraphQLInt,
        async *subscribe() {
          yield { tick: 1 };
        },
      },
    },
  }),
});

async function served() {
  const gateway = await createGateway({
    schema,
    contextFor: ({ identity }) => ({ greeting: `Hello ${identity.kind}` }),
    persistedOperations: { hello: '{ hello(name: "by id") }' },
  });
  onTestFinished(() => gateway.close());
  return (await gateway.listen(0, '127.0.0.1')).url;
}

it('serves a plain schema over HTTP: registered operations, ad hoc ones and wrong ones', async () => {
  const url = await served();
  const answerTo = async (body: object) => (await post(url, body)).body;
  const query = 'query Greet($name: String) { hello(name: $name) }';
  expect(await answerTo({ query, variables: { name: 'you' } })).toEqual({
    data: { hello: 'Hello anonymous you' },
  });
  expect(await answerTo({ documentId: 'hello' })).toEqual({
    data: { hello: 'Hello anonymous by id' },
  });
  const { errors } = await answerTo({ query: '{ hullo }' });
  expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

it('serves its queries and subscriptions over WebSocket', async () => {
  const client = webSocketClient(await served());
  onTestFinished(() => client.dispose());
  expect(await ask(client, { query: 'subscription { tick }' })).toEqual({ data: { tick: 1 } });
  expect(await ask(client, { query: '{ hello(name: "socket") }' })).toEqual({
    data: { hello: 'Hello anonymous socket' },
  });
});
