/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "mutation ApproveOperations($input: DecideOperationsInput!) {\n  approveOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": typeof types.ApproveOperationsDocument,
    "mutation CancelOrder($input: CancelOrderInput!) {\n  cancelOrder(input: $input) {\n    order {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": typeof types.CancelOrderDocument,
    "query CheckOperations($manifest: JSONObject!, $partnerId: ID) {\n  checkOperations(manifest: $manifest, partnerId: $partnerId) {\n    operationId\n    name\n    kind\n    cost\n    problems {\n      code\n      message\n    }\n  }\n}": typeof types.CheckOperationsDocument,
    "mutation FulfillOrders($input: FulfillOrdersInput!) {\n  fulfillOrders(input: $input) {\n    orders {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": typeof types.FulfillOrdersDocument,
    "mutation ImportCustomers($input: ImportCustomersInput!) {\n  importCustomers(input: $input) {\n    created\n    updated\n    users {\n      id\n      externalId\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": typeof types.ImportCustomersDocument,
    "mutation ImportProducts($input: ImportProductsInput!) {\n  importProducts(input: $input) {\n    created\n    updated\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": typeof types.ImportProductsDocument,
    "query ListOperations($partnerId: ID, $state: OperationState) {\n  partner(id: $partnerId) {\n    id\n    name\n    operations(state: $state) {\n      operationId\n      name\n      kind\n      text\n      cost\n      state\n      uses\n      lastUsedAt\n    }\n  }\n}": typeof types.ListOperationsDocument,
    "mutation LogIn($input: LogInInput!) {\n  logIn(input: $input) {\n    user {\n      id\n      name\n      roles\n    }\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}": typeof types.LogInDocument,
    "query Me {\n  me {\n    id\n    name\n    email\n    roles\n  }\n}": typeof types.MeDocument,
    "query MyOrders($first: Int, $after: String) {\n  me {\n    id\n    orders(first: $first, after: $after) {\n      edges {\n        node {\n          id\n          number\n          status\n          displayStatus\n          placedAt\n          total {\n            amount\n            currency\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": typeof types.MyOrdersDocument,
    "query OrderDetails($id: ID!) {\n  order(id: $id) {\n    id\n    number\n    status\n    paymentStatus\n    displayStatus\n    placedAt\n    total {\n      amount\n      currency\n    }\n    customer {\n      name\n    }\n    lines {\n      lineNumber\n      sku\n      title\n      quantity\n      unitPrice {\n        amount\n        currency\n      }\n      variant {\n        stock {\n          available\n        }\n      }\n    }\n    payments {\n      state\n      method\n      failureCode\n      captured {\n        amount\n        currency\n      }\n    }\n    events(first: 100) {\n      edges {\n        node {\n          seq\n          type\n          to\n          reason\n        }\n      }\n    }\n  }\n}": typeof types.OrderDetailsDocument,
    "subscription OrderFeed($statuses: [OrderStatus!]) {\n  orderFeed(statuses: $statuses) {\n    orderId\n    to\n  }\n}": typeof types.OrderFeedDocument,
    "query OrderReturns($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      returns {\n        id\n        restocked\n        refund {\n          id\n          status\n        }\n      }\n    }\n  }\n}": typeof types.OrderReturnsDocument,
    "subscription OrderUpdates($orderId: ID!, $afterSeq: Int) {\n  orderUpdates(orderId: $orderId, afterSeq: $afterSeq) {\n    seq\n    type\n    from\n    to\n    at\n    reason\n    order {\n      status\n      customer {\n        name\n      }\n      payments {\n        state\n      }\n    }\n  }\n}": typeof types.OrderUpdatesDocument,
    "query OrdersByKey($keys: [String!]!) {\n  orders(first: 100, filter: {idempotencyKeys: $keys}) {\n    edges {\n      node {\n        id\n        idempotencyKey\n        status\n        total {\n          amount\n        }\n      }\n    }\n  }\n}": typeof types.OrdersByKeyDocument,
    "query OrdersReadBack($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      total {\n        amount\n      }\n      refunds {\n        id\n        status\n        amount {\n          amount\n        }\n      }\n      payments {\n        captured {\n          amount\n        }\n        refunded {\n          amount\n        }\n      }\n    }\n  }\n}": typeof types.OrdersReadBackDocument,
    "query OrdersSettled($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      status\n    }\n  }\n}": typeof types.OrdersSettledDocument,
    "mutation PayOrder($input: PayOrderInput!) {\n  payOrder(input: $input) {\n    order {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": typeof types.PayOrderDocument,
    "mutation PlaceInvoice($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": typeof types.PlaceInvoiceDocument,
    "mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      total {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": typeof types.PlaceOrderDocument,
    "query ProductStock($skus: [String!]!) {\n  productVariants(first: 100, filter: {skus: $skus}) {\n    edges {\n      node {\n        sku\n        stock {\n          onHand\n          reserved\n        }\n      }\n    }\n  }\n}": typeof types.ProductStockDocument,
    "query ProductVariants($first: Int, $after: String, $filter: ProductVariantFilter) {\n  productVariants(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        id\n        sku\n        title\n        price {\n          amount\n          currency\n        }\n        stock {\n          available\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ProductVariantsDocument,
    "query Products($first: Int, $after: String, $filter: ProductFilter) {\n  products(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        id\n        handle\n        title\n        category {\n          handle\n          title\n        }\n        variants {\n          sku\n          title\n          price {\n            amount\n            currency\n          }\n          stock {\n            available\n          }\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ProductsDocument,
    "mutation RecordReturn($input: RecordReturnInput!) {\n  recordReturn(input: $input) {\n    alreadyRecorded\n    return {\n      id\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": typeof types.RecordReturnDocument,
    "mutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}": typeof types.RefreshSessionDocument,
    "mutation RefundOrder($input: RefundOrderInput!) {\n  refundOrder(input: $input) {\n    alreadyRequested\n    refund {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": typeof types.RefundOrderDocument,
    "mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    user {\n      id\n      name\n      email\n    }\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}": typeof types.RegisterDocument,
    "mutation RegisterOperations($input: RegisterOperationsInput!) {\n  registerOperations(input: $input) {\n    report {\n      operationId\n      name\n      kind\n      cost\n      problems {\n        code\n        message\n      }\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": typeof types.RegisterOperationsDocument,
    "mutation RejectOperations($input: DecideOperationsInput!) {\n  rejectOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": typeof types.RejectOperationsDocument,
    "mutation RetireOperations($input: DecideOperationsInput!) {\n  retireOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": typeof types.RetireOperationsDocument,
};
const documents: Documents = {
    "mutation ApproveOperations($input: DecideOperationsInput!) {\n  approveOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": types.ApproveOperationsDocument,
    "mutation CancelOrder($input: CancelOrderInput!) {\n  cancelOrder(input: $input) {\n    order {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": types.CancelOrderDocument,
    "query CheckOperations($manifest: JSONObject!, $partnerId: ID) {\n  checkOperations(manifest: $manifest, partnerId: $partnerId) {\n    operationId\n    name\n    kind\n    cost\n    problems {\n      code\n      message\n    }\n  }\n}": types.CheckOperationsDocument,
    "mutation FulfillOrders($input: FulfillOrdersInput!) {\n  fulfillOrders(input: $input) {\n    orders {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": types.FulfillOrdersDocument,
    "mutation ImportCustomers($input: ImportCustomersInput!) {\n  importCustomers(input: $input) {\n    created\n    updated\n    users {\n      id\n      externalId\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": types.ImportCustomersDocument,
    "mutation ImportProducts($input: ImportProductsInput!) {\n  importProducts(input: $input) {\n    created\n    updated\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": types.ImportProductsDocument,
    "query ListOperations($partnerId: ID, $state: OperationState) {\n  partner(id: $partnerId) {\n    id\n    name\n    operations(state: $state) {\n      operationId\n      name\n      kind\n      text\n      cost\n      state\n      uses\n      lastUsedAt\n    }\n  }\n}": types.ListOperationsDocument,
    "mutation LogIn($input: LogInInput!) {\n  logIn(input: $input) {\n    user {\n      id\n      name\n      roles\n    }\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}": types.LogInDocument,
    "query Me {\n  me {\n    id\n    name\n    email\n    roles\n  }\n}": types.MeDocument,
    "query MyOrders($first: Int, $after: String) {\n  me {\n    id\n    orders(first: $first, after: $after) {\n      edges {\n        node {\n          id\n          number\n          status\n          displayStatus\n          placedAt\n          total {\n            amount\n            currency\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": types.MyOrdersDocument,
    "query OrderDetails($id: ID!) {\n  order(id: $id) {\n    id\n    number\n    status\n    paymentStatus\n    displayStatus\n    placedAt\n    total {\n      amount\n      currency\n    }\n    customer {\n      name\n    }\n    lines {\n      lineNumber\n      sku\n      title\n      quantity\n      unitPrice {\n        amount\n        currency\n      }\n      variant {\n        stock {\n          available\n        }\n      }\n    }\n    payments {\n      state\n      method\n      failureCode\n      captured {\n        amount\n        currency\n      }\n    }\n    events(first: 100) {\n      edges {\n        node {\n          seq\n          type\n          to\n          reason\n        }\n      }\n    }\n  }\n}": types.OrderDetailsDocument,
    "subscription OrderFeed($statuses: [OrderStatus!]) {\n  orderFeed(statuses: $statuses) {\n    orderId\n    to\n  }\n}": types.OrderFeedDocument,
    "query OrderReturns($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      returns {\n        id\n        restocked\n        refund {\n          id\n          status\n        }\n      }\n    }\n  }\n}": types.OrderReturnsDocument,
    "subscription OrderUpdates($orderId: ID!, $afterSeq: Int) {\n  orderUpdates(orderId: $orderId, afterSeq: $afterSeq) {\n    seq\n    type\n    from\n    to\n    at\n    reason\n    order {\n      status\n      customer {\n        name\n      }\n      payments {\n        state\n      }\n    }\n  }\n}": types.OrderUpdatesDocument,
    "query OrdersByKey($keys: [String!]!) {\n  orders(first: 100, filter: {idempotencyKeys: $keys}) {\n    edges {\n      node {\n        id\n        idempotencyKey\n        status\n        total {\n          amount\n        }\n      }\n    }\n  }\n}": types.OrdersByKeyDocument,
    "query OrdersReadBack($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      total {\n        amount\n      }\n      refunds {\n        id\n        status\n        amount {\n          amount\n        }\n      }\n      payments {\n        captured {\n          amount\n        }\n        refunded {\n          amount\n        }\n      }\n    }\n  }\n}": types.OrdersReadBackDocument,
    "query OrdersSettled($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      status\n    }\n  }\n}": types.OrdersSettledDocument,
    "mutation PayOrder($input: PayOrderInput!) {\n  payOrder(input: $input) {\n    order {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": types.PayOrderDocument,
    "mutation PlaceInvoice($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": types.PlaceInvoiceDocument,
    "mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      total {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": types.PlaceOrderDocument,
    "query ProductStock($skus: [String!]!) {\n  productVariants(first: 100, filter: {skus: $skus}) {\n    edges {\n      node {\n        sku\n        stock {\n          onHand\n          reserved\n        }\n      }\n    }\n  }\n}": types.ProductStockDocument,
    "query ProductVariants($first: Int, $after: String, $filter: ProductVariantFilter) {\n  productVariants(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        id\n        sku\n        title\n        price {\n          amount\n          currency\n        }\n        stock {\n          available\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ProductVariantsDocument,
    "query Products($first: Int, $after: String, $filter: ProductFilter) {\n  products(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        id\n        handle\n        title\n        category {\n          handle\n          title\n        }\n        variants {\n          sku\n          title\n          price {\n            amount\n            currency\n          }\n          stock {\n            available\n          }\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ProductsDocument,
    "mutation RecordReturn($input: RecordReturnInput!) {\n  recordReturn(input: $input) {\n    alreadyRecorded\n    return {\n      id\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": types.RecordReturnDocument,
    "mutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}": types.RefreshSessionDocument,
    "mutation RefundOrder($input: RefundOrderInput!) {\n  refundOrder(input: $input) {\n    alreadyRequested\n    refund {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": types.RefundOrderDocument,
    "mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    user {\n      id\n      name\n      email\n    }\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}": types.RegisterDocument,
    "mutation RegisterOperations($input: RegisterOperationsInput!) {\n  registerOperations(input: $input) {\n    report {\n      operationId\n      name\n      kind\n      cost\n      problems {\n        code\n        message\n      }\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": types.RegisterOperationsDocument,
    "mutation RejectOperations($input: DecideOperationsInput!) {\n  rejectOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": types.RejectOperationsDocument,
    "mutation RetireOperations($input: DecideOperationsInput!) {\n  retireOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}": types.RetireOperationsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ApproveOperations($input: DecideOperationsInput!) {\n  approveOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation ApproveOperations($input: DecideOperationsInput!) {\n  approveOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CancelOrder($input: CancelOrderInput!) {\n  cancelOrder(input: $input) {\n    order {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"): (typeof documents)["mutation CancelOrder($input: CancelOrderInput!) {\n  cancelOrder(input: $input) {\n    order {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query CheckOperations($manifest: JSONObject!, $partnerId: ID) {\n  checkOperations(manifest: $manifest, partnerId: $partnerId) {\n    operationId\n    name\n    kind\n    cost\n    problems {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["query CheckOperations($manifest: JSONObject!, $partnerId: ID) {\n  checkOperations(manifest: $manifest, partnerId: $partnerId) {\n    operationId\n    name\n    kind\n    cost\n    problems {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation FulfillOrders($input: FulfillOrdersInput!) {\n  fulfillOrders(input: $input) {\n    orders {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"): (typeof documents)["mutation FulfillOrders($input: FulfillOrdersInput!) {\n  fulfillOrders(input: $input) {\n    orders {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ImportCustomers($input: ImportCustomersInput!) {\n  importCustomers(input: $input) {\n    created\n    updated\n    users {\n      id\n      externalId\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"): (typeof documents)["mutation ImportCustomers($input: ImportCustomersInput!) {\n  importCustomers(input: $input) {\n    created\n    updated\n    users {\n      id\n      externalId\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ImportProducts($input: ImportProductsInput!) {\n  importProducts(input: $input) {\n    created\n    updated\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"): (typeof documents)["mutation ImportProducts($input: ImportProductsInput!) {\n  importProducts(input: $input) {\n    created\n    updated\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ListOperations($partnerId: ID, $state: OperationState) {\n  partner(id: $partnerId) {\n    id\n    name\n    operations(state: $state) {\n      operationId\n      name\n      kind\n      text\n      cost\n      state\n      uses\n      lastUsedAt\n    }\n  }\n}"): (typeof documents)["query ListOperations($partnerId: ID, $state: OperationState) {\n  partner(id: $partnerId) {\n    id\n    name\n    operations(state: $state) {\n      operationId\n      name\n      kind\n      text\n      cost\n      state\n      uses\n      lastUsedAt\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LogIn($input: LogInInput!) {\n  logIn(input: $input) {\n    user {\n      id\n      name\n      roles\n    }\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation LogIn($input: LogInInput!) {\n  logIn(input: $input) {\n    user {\n      id\n      name\n      roles\n    }\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Me {\n  me {\n    id\n    name\n    email\n    roles\n  }\n}"): (typeof documents)["query Me {\n  me {\n    id\n    name\n    email\n    roles\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MyOrders($first: Int, $after: String) {\n  me {\n    id\n    orders(first: $first, after: $after) {\n      edges {\n        node {\n          id\n          number\n          status\n          displayStatus\n          placedAt\n          total {\n            amount\n            currency\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}"): (typeof documents)["query MyOrders($first: Int, $after: String) {\n  me {\n    id\n    orders(first: $first, after: $after) {\n      edges {\n        node {\n          id\n          number\n          status\n          displayStatus\n          placedAt\n          total {\n            amount\n            currency\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrderDetails($id: ID!) {\n  order(id: $id) {\n    id\n    number\n    status\n    paymentStatus\n    displayStatus\n    placedAt\n    total {\n      amount\n      currency\n    }\n    customer {\n      name\n    }\n    lines {\n      lineNumber\n      sku\n      title\n      quantity\n      unitPrice {\n        amount\n        currency\n      }\n      variant {\n        stock {\n          available\n        }\n      }\n    }\n    payments {\n      state\n      method\n      failureCode\n      captured {\n        amount\n        currency\n      }\n    }\n    events(first: 100) {\n      edges {\n        node {\n          seq\n          type\n          to\n          reason\n        }\n      }\n    }\n  }\n}"): (typeof documents)["query OrderDetails($id: ID!) {\n  order(id: $id) {\n    id\n    number\n    status\n    paymentStatus\n    displayStatus\n    placedAt\n    total {\n      amount\n      currency\n    }\n    customer {\n      name\n    }\n    lines {\n      lineNumber\n      sku\n      title\n      quantity\n      unitPrice {\n        amount\n        currency\n      }\n      variant {\n        stock {\n          available\n        }\n      }\n    }\n    payments {\n      state\n      method\n      failureCode\n      captured {\n        amount\n        currency\n      }\n    }\n    events(first: 100) {\n      edges {\n        node {\n          seq\n          type\n          to\n          reason\n        }\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription OrderFeed($statuses: [OrderStatus!]) {\n  orderFeed(statuses: $statuses) {\n    orderId\n    to\n  }\n}"): (typeof documents)["subscription OrderFeed($statuses: [OrderStatus!]) {\n  orderFeed(statuses: $statuses) {\n    orderId\n    to\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrderReturns($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      returns {\n        id\n        restocked\n        refund {\n          id\n          status\n        }\n      }\n    }\n  }\n}"): (typeof documents)["query OrderReturns($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      returns {\n        id\n        restocked\n        refund {\n          id\n          status\n        }\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription OrderUpdates($orderId: ID!, $afterSeq: Int) {\n  orderUpdates(orderId: $orderId, afterSeq: $afterSeq) {\n    seq\n    type\n    from\n    to\n    at\n    reason\n    order {\n      status\n      customer {\n        name\n      }\n      payments {\n        state\n      }\n    }\n  }\n}"): (typeof documents)["subscription OrderUpdates($orderId: ID!, $afterSeq: Int) {\n  orderUpdates(orderId: $orderId, afterSeq: $afterSeq) {\n    seq\n    type\n    from\n    to\n    at\n    reason\n    order {\n      status\n      customer {\n        name\n      }\n      payments {\n        state\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrdersByKey($keys: [String!]!) {\n  orders(first: 100, filter: {idempotencyKeys: $keys}) {\n    edges {\n      node {\n        id\n        idempotencyKey\n        status\n        total {\n          amount\n        }\n      }\n    }\n  }\n}"): (typeof documents)["query OrdersByKey($keys: [String!]!) {\n  orders(first: 100, filter: {idempotencyKeys: $keys}) {\n    edges {\n      node {\n        id\n        idempotencyKey\n        status\n        total {\n          amount\n        }\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrdersReadBack($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      total {\n        amount\n      }\n      refunds {\n        id\n        status\n        amount {\n          amount\n        }\n      }\n      payments {\n        captured {\n          amount\n        }\n        refunded {\n          amount\n        }\n      }\n    }\n  }\n}"): (typeof documents)["query OrdersReadBack($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      total {\n        amount\n      }\n      refunds {\n        id\n        status\n        amount {\n          amount\n        }\n      }\n      payments {\n        captured {\n          amount\n        }\n        refunded {\n          amount\n        }\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OrdersSettled($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      status\n    }\n  }\n}"): (typeof documents)["query OrdersSettled($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    ... on Order {\n      id\n      status\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation PayOrder($input: PayOrderInput!) {\n  payOrder(input: $input) {\n    order {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"): (typeof documents)["mutation PayOrder($input: PayOrderInput!) {\n  payOrder(input: $input) {\n    order {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation PlaceInvoice($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation PlaceInvoice($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      total {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"): (typeof documents)["mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      total {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProductStock($skus: [String!]!) {\n  productVariants(first: 100, filter: {skus: $skus}) {\n    edges {\n      node {\n        sku\n        stock {\n          onHand\n          reserved\n        }\n      }\n    }\n  }\n}"): (typeof documents)["query ProductStock($skus: [String!]!) {\n  productVariants(first: 100, filter: {skus: $skus}) {\n    edges {\n      node {\n        sku\n        stock {\n          onHand\n          reserved\n        }\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProductVariants($first: Int, $after: String, $filter: ProductVariantFilter) {\n  productVariants(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        id\n        sku\n        title\n        price {\n          amount\n          currency\n        }\n        stock {\n          available\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): (typeof documents)["query ProductVariants($first: Int, $after: String, $filter: ProductVariantFilter) {\n  productVariants(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        id\n        sku\n        title\n        price {\n          amount\n          currency\n        }\n        stock {\n          available\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Products($first: Int, $after: String, $filter: ProductFilter) {\n  products(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        id\n        handle\n        title\n        category {\n          handle\n          title\n        }\n        variants {\n          sku\n          title\n          price {\n            amount\n            currency\n          }\n          stock {\n            available\n          }\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): (typeof documents)["query Products($first: Int, $after: String, $filter: ProductFilter) {\n  products(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        id\n        handle\n        title\n        category {\n          handle\n          title\n        }\n        variants {\n          sku\n          title\n          price {\n            amount\n            currency\n          }\n          stock {\n            available\n          }\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RecordReturn($input: RecordReturnInput!) {\n  recordReturn(input: $input) {\n    alreadyRecorded\n    return {\n      id\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"): (typeof documents)["mutation RecordReturn($input: RecordReturnInput!) {\n  recordReturn(input: $input) {\n    alreadyRecorded\n    return {\n      id\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RefundOrder($input: RefundOrderInput!) {\n  refundOrder(input: $input) {\n    alreadyRequested\n    refund {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"): (typeof documents)["mutation RefundOrder($input: RefundOrderInput!) {\n  refundOrder(input: $input) {\n    alreadyRequested\n    refund {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    user {\n      id\n      name\n      email\n    }\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    user {\n      id\n      name\n      email\n    }\n    accessToken\n    expiresAt\n    refreshToken\n    userErrors {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RegisterOperations($input: RegisterOperationsInput!) {\n  registerOperations(input: $input) {\n    report {\n      operationId\n      name\n      kind\n      cost\n      problems {\n        code\n        message\n      }\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation RegisterOperations($input: RegisterOperationsInput!) {\n  registerOperations(input: $input) {\n    report {\n      operationId\n      name\n      kind\n      cost\n      problems {\n        code\n        message\n      }\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RejectOperations($input: DecideOperationsInput!) {\n  rejectOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation RejectOperations($input: DecideOperationsInput!) {\n  rejectOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RetireOperations($input: DecideOperationsInput!) {\n  retireOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation RetireOperations($input: DecideOperationsInput!) {\n  retireOperations(input: $input) {\n    operations {\n      operationId\n      name\n      state\n    }\n    userErrors {\n      code\n      message\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;
