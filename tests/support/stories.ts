import type { OrdersAtWork, Placed } from './orders-at-work.js';

/** One whole life of an order, and where it ends. */
export interface Story {
  name: string;
  card: string;
  onHand?: number;
  free?: boolean;
  captureOnShipment?: boolean;
  /** What people do meanwhile, waiting for what they need. */
  live(order: Placed, at: OrdersAtWork): Promise<void>;
  /** Commands that its jobs call when nothing goes wrong. */
  calls: number;
}

/** Lives that together go through every step of every job. */
export const STORIES: Story[] = [
  {
    name: 'bought, shipped and refunded',
    card: 'pm_card_approve',
    calls: 12,
    async live(order, at) {
      await at.reaches(order, 'CONFIRMED');
      await at.fulfill(order);
      await at.reaches(order, 'SHIPPED');
      await at.refund(order, 1, true);
      await at.reaches(order, { status: 'SHIPPED', refund: 'PARTIALLY_REFUNDED', open: 0 });
    },
  },
  {
    name: 'declined',
    card: 'pm_card_decline',
    calls: 8,
    live: (order, at) => at.reaches(order, { status: 'FAILED', reason: 'CARD_DECLINED' }),
  },
  {
    name: 'out of stock',
    card: 'pm_card_approve',
    onHand: 1,
    calls: 2,
    live: (order, at) => at.reaches(order, { status: 'FAILED', reason: 'OUT_OF_STOCK' }),
  },
  {
    name: 'confirmed and cancelled',
    card: 'pm_card_approve',
    calls: 11,
    async live(order, at) {
      await at.reaches(order, 'CONFIRMED');
      await at.cancel(order);
      await at.reaches(order, { status: 'CANCELLED', refund: 'REFUNDED' });
    },
  },
  {
    name: 'refused at the capture',
    card: 'pm_card_capture_fails',
    calls: 11,
    live: (order, at) => at.reaches(order, { status: 'FAILED', reason: 'CAPTURE_REFUSED' }),
  },
  {
    name: 'declined softly, then paid',
    card: 'pm_card_insufficient_funds',
    calls: 9,
    async live(order, at) {
      await at.declined(order);
      await at.pay(order, 'pm_card_approve');
      await at.reaches(order, { status: 'CONFIRMED', payment: 'PAID' });
    },
  },
  {
    name: 'free of charge',
    card: 'pm_card_decline',
    free: true,
    calls: 5,
    live: (order, at) => at.reaches(order, 'CONFIRMED'),
  },
  {
    name: 'shipped when its money was authorized anew',
    card: 'pm_card_capture_fails',
    captureOnShipment: true,
    calls: 13,
    async live(order, at) {
      await at.reaches(order, 'CONFIRMED');
      await at.fulfill(order);
      await at.reaches(order, { status: 'PROCESSING', payment: 'NONE' });
      await at.pay(order, 'pm_card_approve');
      await at.reaches(order, { payment: 'AUTHORIZED' });
      await at.shipAgain(order);
      await at.reaches(order, { status: 'SHIPPED', payment: 'PAID', attention: null });
    },
  },
  {
    name: 'shipped, its refund refused',
    card: 'pm_card_refund_fails',
    calls: 11,
    async live(order, at) {
      await at.reaches(order, 'CONFIRMED');
      await at.fulfill(order);
      await at.reaches(order, 'SHIPPED');
      await at.refund(order, 2, true);
      await at.reaches(order, { status: 'SHIPPED', refund: 'NONE', open: 0 });
    },
  },
];
