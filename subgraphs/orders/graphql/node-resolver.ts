import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { typeOfGlobalId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { findFulfillment } from '../fulfillments/find-fulfillment.js';
import { orderId, presentOrder } from '../present.js';
import { findReturn } from '../returns/resolver.js';
import { Node } from './entities.js';

const MAX_NODES = 100;

/** Types of the other contexts: the gateway asks their owner for the rest, by the id alone. */
const ELSEWHERE = [
  'User',
  'Product',
  'ProductVariant',
  'Category',
  'Payment',
  'Storefront',
  'Quote',
  'Location',
  'BulkImport',
];

@Resolver()
export class NodeResolver {
  @Access('OWNER')
  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its id, as Relay asks; null where it is not yours to see.',
  })
  node(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: OrdersContext,
  ): Promise<object | null> {
    return findNode(id, context);
  }

  @Access('OWNER')
  @Query(() => [Node], {
    nullable: 'items',
    description: 'Many by their ids, at most 100, in the same order.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'Their ids.' }) ids: string[],
    @Ctx() context: OrdersContext,
  ): Promise<Array<object | null>> {
    if (ids.length > MAX_NODES)
      throw new ClientError('BAD_USER_INPUT', `At most ${MAX_NODES} ids at once.`);
    return Promise.all(ids.map((id) => findNode(id, context)));
  }
}

async function findNode(id: string, context: OrdersContext): Promise<object | null> {
  const { loaders } = context;
  const type = typeOfGlobalId(id);
  if (type && ELSEWHERE.includes(type)) return { __typename: type, id };
  if (type === 'Fulfillment') return findFulfillment(id, context);
  if (type === 'Return') return findReturn(id, context);
  const uuid = orderId.decode(id);
  const row = uuid ? await loaders.order.load(uuid) : null;
  return row && { __typename: 'Order', ...presentOrder(row) };
}
