import { createHmac } from 'node:crypto';
import type { StubEvent } from './shapes.js';

export interface Delivery {
  /** Seconds since 1970 that the signature says; now by default. */
  at?: number;
  /** Another than the endpoint's: a forged event. */
  secret?: string;
  /** Changes the body after it was signed. */
  tamper?: (body: string) => string;
}

/** Signs as Stripe does: https://docs.stripe.com/webhooks#verify-manually */
export function signature(body: string, secret: string, at: number): string {
  const v1 = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return `t=${at},v1=${v1},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39`;
}

/** Posts one event; answers the HTTP status. */
export async function deliver(
  event: StubEvent,
  { url, secret }: { url: string; secret: string },
  delivery: Delivery = {},
): Promise<number> {
  const body = JSON.stringify(event, null, 2);
  const at = delivery.at ?? Math.floor(Date.now() / 1000);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': signature(body, delivery.secret ?? secret, at),
    },
    body: delivery.tamper?.(body) ?? body,
  });
  await response.arrayBuffer();
  return response.status;
}
