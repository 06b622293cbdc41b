import { describe, expect, it } from 'vitest';
import type { OrderStatus } from '../order.js';
import { timelineOf } from './timeline.js';

const at = new Date('2026-11-21T10:00:00.000Z');
const event = (type: string, more: object = {}) => ({
  type,
  toStatus: 'RESERVED' as OrderStatus,
  reason: null,
  data: {},
  changes: {},
  at,
  ...more,
});
const captured = (amount: number) => ({ changes: { state: { captured: amount } } });
const told = (...events: Array<ReturnType<typeof event>>) =>
  timelineOf(events).map(({ milestone, amount }) =>
    amount ? `${milestone} ${amount}` : milestone,
  );

describe('the timeline of a customer', () => {
  it('tells the way of an order, without the steps of the system', () => {
    const way = ['placed', 'validated', 'reserved', 'authorized'].map((type) => event(type));
    const confirmed = event('confirmed', captured(1050));
    const rest = [
      'processing',
      'fulfillment_created',
      'shipment_requested',
      'shipped',
      'delivered',
    ];
    expect(told(...way, confirmed, ...rest.map((type) => event(type)))).toEqual([
      'PLACED',
      'PAID 1050',
      'CONFIRMED',
      'SHIPPED',
      'DELIVERED',
    ]);
  });

  it('tells what was taken with each parcel, and how to follow it', () => {
    const parcel = { carrier: 'DHL', trackingNumber: '1', trackingUrl: null };
    const events = [
      event('confirmed'),
      event('partially_shipped', { ...captured(400), data: { parcel } }),
      event('shipped', captured(1000)),
    ];
    expect(told(...events)).toEqual([
      'CONFIRMED',
      'PAID 400',
      'PARTIALLY_SHIPPED',
      'PAID 600',
      'SHIPPED',
    ]);
    expect(timelineOf(events)[2]).toMatchObject(parcel);
  });

  it('tells of the last parcel as the whole order', () => {
    const arrived = event('fulfillment_delivered');
    expect(told(arrived, arrived, event('delivered'))).toEqual(['PARCEL_DELIVERED', 'DELIVERED']);
  });

  it('tells what a refund comes to, and only once it is carried out', () => {
    const data = { refundId: 'r', amount: 250 };
    expect(told(event('refund_requested', { data }), event('refunded', { data }))).toEqual([
      'REFUNDED 250',
    ]);
  });

  it('tells of a decline only whoever can pay by another card', () => {
    const declined = event('payment_declined');
    expect(told(declined, { ...declined, toStatus: 'PROCESSING' })).toEqual(['PAYMENT_DECLINED']);
  });

  it('names no reason of ours', () => {
    const texts = ['AUTHORIZED_TOO_LITTLE', 'OUT_OF_STOCK', 'looks like fraud'].flatMap((reason) =>
      ['failed', 'cancelled', 'payment_declined', 'attention_needed'].flatMap((type) =>
        timelineOf([event(type, { reason, data: { code: reason, reason } })]),
      ),
    );
    expect(JSON.stringify(texts)).not.toMatch(/TOO_LITTLE|fraud|OUT_OF/);
    expect(texts.map(({ text }) => text)).toContain(
      'Somebody else was faster: not everything is left. Nothing is owed.',
    );
  });
});
