import { buildFederatedSchema } from '@waybill/kernel/subgraph-schema.js';
import type { GraphQLSchema } from 'graphql';
import type { PaymentsRequest } from './context.js';
import { Order, OrderPaymentsResolver } from './order.js';
import { findPayment, PaymentsResolver } from './payments-resolver.js';

export function paymentsSchema(): Promise<GraphQLSchema> {
  return buildFederatedSchema<PaymentsRequest>(
    {
      resolvers: [PaymentsResolver, OrderPaymentsResolver],
      // No query of this subgraph leads to an order: the gateway comes here by its key.
      orphanedTypes: [Order],
    },
    {
      Payment: ({ id }, request) => findPayment(String(id), request),
      // Whether the order exists is the orders subgraph's to say; it is the payments that are guarded here.
      Order: ({ id }) => ({ id: String(id) }),
    },
  );
}
