import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import type { Payment } from '../payment.js';

/** A payment of 100 that was just asked for, unless told otherwise. */
export function aPayment(changes: Partial<Payment> = {}): Payment {
  return {
    id: 'p',
    orderId: 'o',
    attempt: 1,
    customerId: null,
    storefrontId: MAIN_STOREFRONT_ID,
    state: 'REQUESTED',
    amount: 100,
    authorized: 0,
    captured: 0,
    refunded: 0,
    currency: 'GBP',
    method: 'pm_card_approve',
    reference: null,
    failureCode: null,
    failureHard: false,
    endsAt: null,
    checkAfterMs: null,
    isOld: false,
    reversed: false,
    ...changes,
  };
}
