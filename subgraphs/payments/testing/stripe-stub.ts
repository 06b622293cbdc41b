import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';
import { perform, type StubRequest } from './stripe-stub/api.js';
import { StubBank } from './stripe-stub/bank.js';
import { type Delivery, deliver } from './stripe-stub/deliveries.js';
import { parseForm } from './stripe-stub/form.js';
import { Idempotency, type StubAnswer } from './stripe-stub/idempotency.js';
import { type StubEvent, stripeEvent, stubId } from './stripe-stub/shapes.js';

/** The only key that the stub lets in. */
export const STUB_KEY = 'sk_test_stub';
export const STUB_WEBHOOK_SECRET = 'whsec_stub';

/** Something that goes wrong once, at the next request that `at` matches, e.g. `POST /v1/refunds`. */
export interface Fault {
  at: RegExp;
  /** Answered instead; nothing is done. */
  answer?: StubAnswer;
  /** It is done, but the connection breaks before the answer. */
  losesAnswer?: boolean;
  /** It is done, and answered after so many milliseconds. */
  delayMs?: number;
}

/**
 * A local Stripe: answers what our adapter asks in Stripe's shapes, remembers idempotency keys, and sends webhooks
 * signed as Stripe signs them. Everything is in this process, so that a test looks at it and does by hand what people
 * do in the dashboard.
 */
export class StripeStub {
  readonly events: StubEvent[] = [];
  readonly requests: StubRequest[] = [];
  readonly faults: Fault[] = [];
  readonly idempotency = new Idempotency();
  readonly bank = new StubBank((type, object) => this.emit(type, object));
  url = '';
  /** Where webhooks go; without it nothing is sent. */
  endpoint: { url: string; secret: string } | undefined;
  /** Whether an event is sent at once; else a test sends it when and as often as it likes. */
  sendsAtOnce = false;
  private readonly sending = new Set<Promise<unknown>>();
  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch((error) => response.destroy(error));
  });

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  /** The payment intent that was asked for with this key. */
  intentOf(key: string): Stripe.PaymentIntent {
    const [intent] = this.bank.search(`metadata['waybill_payment']:'${key}'`);
    if (!intent) throw new Error(`Nobody asked for ${key}`);
    return intent;
  }

  /** The customer authenticates, or fails to. */
  authenticate(id: string, succeeds = true): void {
    const intent = this.bank.intent(id);
    if (succeeds) this.bank.authorize(intent);
    else this.bank.decline(intent, { code: 'payment_intent_authentication_failure' });
  }

  /** The latest event of this type. */
  event(type: string): StubEvent {
    const event = this.events.findLast((each) => each.type === type);
    if (!event) throw new Error(`No event ${type} among ${this.events.map((each) => each.type)}`);
    return event;
  }

  /** Sends an event by webhook; the status with which it was answered. */
  async send(event: StubEvent, delivery?: Delivery): Promise<number> {
    if (!this.endpoint) throw new Error('The stub has no webhook endpoint');
    return deliver(event, this.endpoint, delivery);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.sending);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private emit(type: string, object: object): void {
    const event = stripeEvent(type, object, Stripe.API_VERSION);
    this.events.push(event);
    if (!this.endpoint || !this.sendsAtOnce) return;
    const sent = this.send(event)
      .catch(() => undefined)
      .finally(() => this.sending.delete(sent));
    this.sending.add(sent);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request);
    this.requests.push(asked);
    const fault = this.takeFault(asked);
    const answer = fault?.answer ?? this.answer(request, asked);
    if (fault?.losesAnswer) return void response.destroy();
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'request-id': stubId('req'),
      ...(asked.idempotencyKey && { 'idempotency-key': asked.idempotencyKey }),
      ...(answer.replayed && { 'idempotent-replayed': 'true' }),
    });
    response.end(JSON.stringify(answer.body));
  }

  private takeFault({ method, path }: StubRequest): Fault | undefined {
    const index = this.faults.findIndex(({ at }) => at.test(`${method} ${path}`));
    return index < 0 ? undefined : this.faults.splice(index, 1)[0];
  }

  private answer({ headers }: IncomingMessage, asked: StubRequest): StubAnswer {
    if (headers.authorization !== `Bearer ${STUB_KEY}`) {
      const error = { type: 'invalid_request_error', message: 'Invalid API Key provided' };
      return { status: 401, body: { error } };
    }
    const { method, path, params, idempotencyKey } = asked;
    const key = method === 'POST' ? idempotencyKey : undefined;
    const request = JSON.stringify([path, params]);
    return this.idempotency.answer(key, request, () => perform(this.bank, asked));
  }
}

async function read(request: IncomingMessage): Promise<StubRequest> {
  const { method = 'GET', headers } = request;
  const { pathname, search } = new URL(request.url ?? '/', 'http://stub');
  const form = method === 'POST' ? await text(request) : search.slice(1);
  const idempotencyKey = headers['idempotency-key'] as string | undefined;
  return { method, path: pathname, params: parseForm(form), idempotencyKey };
}

export function startStripeStub(): Promise<StripeStub> {
  return new StripeStub().listen();
}
