import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { serveParent, settings } from './worker-side.js';

interface Context {
  authorization?: string | undefined;
}

/** Apollo Gateway as its documentation sets it up, with the client's credentials passed on. */
const { supergraph, urls } = settings<{ supergraph: string; urls: Record<string, string> }>();

class Subgraph extends RemoteGraphQLDataSource<Context> {
  override willSendRequest({ request, context }: Parameters<NonNullable<WillSend>>[0]): void {
    if (context.authorization) request.http?.headers.set('authorization', context.authorization);
  }
}
type WillSend = RemoteGraphQLDataSource<Context>['willSendRequest'];

const server = new ApolloServer<Context>({
  gateway: new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name }) => new Subgraph({ url: urls[name] ?? '' }),
  }),
});
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async ({ req }) => ({ authorization: req.headers.authorization }),
});
serveParent({ url });
