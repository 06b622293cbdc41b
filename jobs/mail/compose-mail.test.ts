import type { OrderSummary } from '@waybill/schema/commands.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '../routes.js';
import { composeMail, hasWording } from './compose-mail.js';

const ORDER: OrderSummary = {
  storefrontId: MAIN_STOREFRONT_ID,
  number: '1042',
  currency: 'GBP',
  total: 2795,
  reason: null,
  guest: null,
  lines: [
    { title: 'Mug', quantity: 2, unitPrice: 1250 },
    { title: 'Postage', quantity: 1, unitPrice: 295 },
  ],
};

const UNKNOWN = { carrier: null, trackingNumber: null, trackingUrl: null };

/** Other steps are told of in words that a storefront's workflow brings along. */
const TOLD = Object.entries(ROUTES)
  .filter(([event, queues]) => event.startsWith('order.') && queues.includes('notification'))
  .map(([event]) => event as keyof typeof ROUTES)
  .filter(hasWording);

describe('the mail about an order', () => {
  it('names the order, the customer, each line and the total', () => {
    const mail = composeMail('order.confirmed', ORDER, 'Ada');
    expect(mail.subject).toBe('Your order is confirmed (order 1042)');
    expect(mail.text).toBe(
      [
        'Hello Ada,',
        'Its payment is approved, and everything in it is set aside for you.',
        '2 x Mug: 25.00 GBP\n1 x Postage: 2.95 GBP',
        'Total: 27.95 GBP\n',
      ].join('\n\n'),
    );
  });

  it('has its own words for each event that is told', () => {
    const subjects = TOLD.map((event) => composeMail(event, ORDER, 'Ada').subject);
    expect(new Set(subjects).size).toBe(TOLD.length);
    expect(TOLD).toHaveLength(8);
  });

  it.each([
    ['OUT_OF_STOCK', 'not everything is left'],
    ['CARD_DECLINED', 'Your card was declined'],
    ['PROVIDER_UNAVAILABLE', 'Your bank did not answer'],
  ])('says why an order failed: %s', (reason, words) => {
    expect(composeMail('order.failed', { ...ORDER, reason }, 'Ada').text).toContain(words);
  });

  it('does not show customers a code that it has no words for', () => {
    const failed = composeMail('order.failed', { ...ORDER, reason: 'E_4711' }, 'Ada');
    expect(failed.text).not.toContain('E_4711');
  });

  it('tells where to follow a parcel, as far as that is known', () => {
    const text = (parcel: object) =>
      composeMail('order.shipped', ORDER, 'Ada', { ...UNKNOWN, ...parcel }).text;
    expect(
      text({ carrier: 'Post', trackingNumber: 'X1', trackingUrl: 'https://post.example/X1' }),
    ).toContain('Carried by Post X1.\nFollow it at https://post.example/X1\n\n');
    expect(text({ carrier: 'Post' })).toContain('Carried by Post.\n\n');
    expect(text({})).not.toContain('Carried');
  });

  it('writes amounts as the currency has them', () => {
    const yen = { ...ORDER, currency: 'JPY', total: 500, lines: [] };
    expect(composeMail('order.placed', yen, 'Ada').text).toContain('Total: 500 JPY');
  });

  it('exists only for events that customers are told of', () => {
    expect(() => composeMail('order.reserved', ORDER, 'Ada')).toThrow('no mail is sent');
  });
});
