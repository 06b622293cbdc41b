import { buildFederatedSchema } from '@waybill/kernel/subgraph-schema.js';
import type { GraphQLSchema } from 'graphql';
import { ActionsOfOrder } from './actions/resolver.js';
import { HeldUnitsOfOrder } from './backorders/held-units.js';
import { BackordersOfLine } from './backorders/resolver.js';
import type { OrdersContext } from './context.js';
import { DraftMutations } from './drafts/graphql/draft-mutations.js';
import { CartOfUser, DraftQueries } from './drafts/graphql/draft-queries.js';
import { EditsOfOrder } from './edits/resolver.js';
import { FulfillmentMutations } from './fulfillments/mutations.js';
import { FulfillmentsOfOrder } from './fulfillments/resolver.js';
import {
  BulkImport,
  Category,
  Location,
  Payment,
  Product,
  ProductVariant,
  Quote,
  Storefront,
} from './graphql/entities.js';
import { NodeResolver } from './graphql/node-resolver.js';
import { OrderMutations } from './graphql/order-mutations.js';
import { OrderQueries, OrdersOfUser, userReference } from './graphql/order-queries.js';
import { OrderEventResolver, OrderResolver } from './graphql/order-resolver.js';
import { OrderSubscriptions } from './graphql/order-subscriptions.js';
import { HistoryOfOrder } from './history/resolver.js';
import { orderId, presentOrder } from './present.js';
import { SalesQueries } from './reports/sales-queries.js';
import { ReturnMutations } from './returns/mutations.js';
import { RefundOfReturn, ReturnsOfOrder } from './returns/resolver.js';
import { WorkflowMutations } from './workflows/workflow-mutations.js';
import { WorkflowOfOrder } from './workflows/workflow-of-order.js';
import { WorkflowQueries } from './workflows/workflow-queries.js';

export function buildOrdersSchema(): Promise<GraphQLSchema> {
  return buildFederatedSchema<OrdersContext>(
    {
      resolvers: [
        OrderQueries,
        OrderMutations,
        OrderSubscriptions,
        OrderResolver,
        OrderEventResolver,
        OrdersOfUser,
        DraftMutations,
        DraftQueries,
        CartOfUser,
        NodeResolver,
        ActionsOfOrder,
        FulfillmentMutations,
        FulfillmentsOfOrder,
        BackordersOfLine,
        HeldUnitsOfOrder,
        EditsOfOrder,
        ReturnMutations,
        ReturnsOfOrder,
        RefundOfReturn,
        HistoryOfOrder,
        WorkflowOfOrder,
        WorkflowMutations,
        WorkflowQueries,
        SalesQueries,
      ],
      orphanedTypes: [
        Payment,
        Product,
        ProductVariant,
        Category,
        Storefront,
        Quote,
        Location,
        BulkImport,
      ],
    },
    { Order: orderReference, User: userReference },
  );
}

async function orderReference(reference: Record<string, unknown>, { loaders }: OrdersContext) {
  const uuid = orderId.decode(String(reference.id));
  const row = uuid ? await loaders.order.load(uuid) : null;
  return row && presentOrder(row);
}
