import type { DomainEvent, Parcel, Told } from '@waybill/schema/events.js';
import { composeMail, hasWording } from './mail/compose-mail.js';
import { composeStepMail } from './mail/compose-step-mail.js';
import { inTheNameOf } from './mail/in-the-name-of.js';
import type { Mailer } from './mail/mailer.js';
import type { Queues } from './queues.js';
import { tellWebhooks } from './webhooks/tell-webhooks.js';
import type { CommandClients } from './workers.js';

/**
 * Tells the customer, or the guest, by mail what became of the order; a notice delivered thrice goes out once. Where the
 * customer is no person but a partner, its webhooks are told. Where the order was placed, its customer is known then.
 */
export async function notifyCustomer(
  event: DomainEvent,
  { orders, users, catalog }: CommandClients,
  mailer: Mailer,
  queues: Pick<Queues, 'publish'>,
): Promise<void> {
  const { customerId } = event.data as { customerId: string | null };
  const order = await orders.describeOrder({ orderId: event.subject });
  const customer = customerId ? await users.findCustomer({ userId: customerId }) : null;
  // A customer who is no person is a partner.
  const partnerId = customer ? null : customerId;
  if (order) await tellWebhooks(event, partnerId, order, { users }, queues);
  if (customer && order && !customer.knownAt.includes(order.storefrontId)) {
    const { userId } = customer;
    await users.knowCustomer({ userId, storefrontId: order.storefrontId });
  }
  const reader = customerId ? customer : order?.guest;
  const { mail: own, notify } = event.data as Partial<Told>;
  const isSaid = notify && (own !== undefined || hasWording(event.type));
  if (!isSaid || !reader?.email || !order || customer?.unwantedMail.includes(event.type)) {
    await orders.settleNotice({ eventId: event.id });
    return;
  }
  const { claim } = await orders.claimNotice({ eventId: event.id, orderId: event.subject });
  if (claim === 'SETTLED') return;
  // Whoever took it may have died on the way: a later attempt finds out.
  if (claim === 'TAKEN') throw new Error('this notice is being sent by another worker');
  const { parcel } = event.data as { parcel?: Parcel };
  const { storefrontId } = order;
  const storefront = await catalog.describeStorefront({ storefrontId });
  const { name } = reader;
  const words = own
    ? composeStepMail(own, order, { name, storefront: storefront?.name ?? '' })
    : composeMail(event.type, order, name, parcel);
  const mail = { ...inTheNameOf(storefront, words), to: reader.email };
  try {
    await mailer.send({ ...mail, id: event.id });
  } catch (error) {
    // The next attempt need not wait until the claim has run out.
    await orders.giveBackNotice({ eventId: event.id });
    throw error;
  }
  await orders.settleNotice({ eventId: event.id });
}
