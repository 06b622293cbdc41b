import { once } from 'node:events';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { serveParent, settings } from '../../dist/gateway/processes/worker-side.js';

/** Hive Gateway on Node as its documentation sets it up, planning in JavaScript or, as it offers, in Rust. */
const { supergraph, planner } = settings();

const gateway = createGatewayRuntime({
  supergraph,
  ...(planner === 'rust' && { unifiedGraphHandler }),
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({
      authorization: request.headers.get('authorization') ?? '',
    }),
  },
  // It would share what is asked of subgraphs between requests in flight.
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },
  inboundInflightRequestDeduplication: false,
  logging: false,
  graphiql: false,
  landingPage: false,
});

const server = createServer(gateway);
await once(server.listen(0, '127.0.0.1'), 'listening');
serveParent({ url: `http://127.0.0.1:${server.address().port}/graphql` });
