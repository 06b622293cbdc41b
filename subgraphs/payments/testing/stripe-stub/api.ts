import type { StubBank } from './bank.js';
import { invalid, StubError } from './errors.js';
import type { Params } from './form.js';

export interface StubRequest {
  method: string;
  /** Without the query, e.g. `/v1/payment_intents`. */
  path: string;
  params: Params;
  idempotencyKey: string | undefined;
}

type Perform = (bank: StubBank, params: Params, id: string) => object;

interface Endpoint {
  method: string;
  path: RegExp;
  /** All that may be given; Stripe refuses parameters that it does not know. */
  params: string[];
  perform: Perform;
}

const INTENT = '/v1/payment_intents/(pi_\\w+)';

const ENDPOINTS: Endpoint[] = [
  {
    method: 'POST',
    path: /^\/v1\/payment_intents$/,
    params: [
      'amount',
      'currency',
      'payment_method',
      'allowed_payment_method_types',
      'capture_method',
      'confirm',
      'use_stripe_sdk',
      'payment_method_options',
      'metadata',
      'expand',
    ],
    perform: (bank, params) => bank.shown(bank.create(params), params.expand as Params),
  },
  {
    method: 'GET',
    path: /^\/v1\/payment_intents\/search$/,
    params: ['query', 'limit'],
    perform: (bank, { query }) => listOf('search_result', bank.search(String(query))),
  },
  {
    method: 'GET',
    path: new RegExp(`^${INTENT}$`),
    params: ['expand'],
    perform: (bank, { expand }, id) => bank.shown(bank.intent(id), expand as Params),
  },
  {
    method: 'POST',
    path: new RegExp(`^${INTENT}/capture$`),
    params: ['amount_to_capture', 'final_capture', 'metadata'],
    perform: (bank, params, id) => bank.capture(id, params),
  },
  {
    method: 'POST',
    path: new RegExp(`^${INTENT}/cancel$`),
    params: [],
    perform: (bank, _params, id) => bank.cancel(id),
  },
  {
    method: 'POST',
    path: /^\/v1\/refunds$/,
    params: ['payment_intent', 'amount', 'reason', 'metadata'],
    perform: (bank, params) => bank.refund(params),
  },
  {
    method: 'GET',
    path: /^\/v1\/refunds$/,
    params: ['payment_intent', 'limit', 'starting_after'],
    perform: (bank, { payment_intent }) => listOf('list', bank.refundsOf(String(payment_intent))),
  },
];

/** Does what a request asks for; throws StubError. */
export function perform(bank: StubBank, { method, path, params }: StubRequest): object {
  for (const endpoint of ENDPOINTS) {
    const match = endpoint.method === method ? endpoint.path.exec(path) : null;
    if (!match) continue;
    const unknown = Object.keys(params).find((name) => !endpoint.params.includes(name));
    if (unknown) throw unknownParameter(unknown);
    return endpoint.perform(bank, params, match[1] ?? '');
  }
  const message = `Unrecognized request URL (${method}: ${path}).`;
  throw new StubError(404, { type: 'invalid_request_error', message });
}

/** https://docs.stripe.com/changelog/endive/2026-09-30/removes-the-payment-method-types-parameter-from-payment-intents-and-setup-intents */
function unknownParameter(param: string): StubError {
  const gone = param === 'payment_method_types';
  const code = gone ? 'payment_method_types_no_longer_supported' : 'parameter_unknown';
  return invalid(`Received unknown parameter: ${param}`, { code, param });
}

function listOf(object: string, data: object[]): object {
  return { object, data, has_more: false, url: '/v1' };
}
