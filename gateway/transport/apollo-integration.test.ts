import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import {
  type CreateServerForIntegrationTestsOptions,
  defineIntegrationTestSuite,
} from '@apollo/server-integration-testsuite';
import { buildSchema } from 'graphql';
import { createEngine } from '../engine.js';
import { apolloAtHttp, handleByApollo } from './apollo-at-http.js';

const engine = createEngine({ schema: buildSchema('type Query { nothing: Int }') });

/** Puts an Apollo Server of any make behind our HTTP layer. */
async function createServer(
  config: ApolloServerOptions<BaseContext>,
  { context = async () => ({}) }: CreateServerForIntegrationTestsOptions = {},
) {
  const server = new ApolloServer(config);
  await server.start();
  const endpoint = { apollo: apolloAtHttp(server, context), engine, maxBodyBytes: 1_048_576 };
  const http = createHttpServer((request, response) => {
    void handleByApollo(endpoint, request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const extraCleanup = async () => {
    http.closeAllConnections();
    await new Promise((closed) => http.close(closed));
  };
  return { server, url: `http://127.0.0.1:${port}/`, extraCleanup };
}

// What Apollo asks of everybody who puts its server behind an HTTP layer.
defineIntegrationTestSuite(createServer);
