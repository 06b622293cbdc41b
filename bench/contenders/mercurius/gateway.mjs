import mercuriusGateway from '@mercuriusjs/gateway';
import fastify from 'fastify';
import { serveParent, settings } from '../../dist/gateway/processes/worker-side.js';

/** Mercurius with its gateway, which knows Federation 1, and with its just-in-time compiler. */
const { services } = settings();

const app = fastify();
app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: services.map((service) => ({
      ...service,
      // As many connections as requests come at a time; 10 by default.
      connections: 128,
      rewriteHeaders: ({ authorization }) => ({ authorization }),
    })),
  },
});
const url = await app.listen({ port: 0, host: '127.0.0.1' });
serveParent({ url: `${url}/graphql` });
