import type { CaptureOn } from '@waybill/orders/order.js';
import type { StripeOptions } from '@waybill/payments/index.js';
import { z } from 'zod';
import type { Environment } from './settings.js';

const PROVIDER_MEND = 'give one of simulator, stripe';
const KEY_MEND = 'give a key of your Stripe account such as sk_live_…';
const WEBHOOK_MEND = 'give the signing secret of the webhook endpoint such as whsec_…';
const API_MEND = 'give an address such as https://api.stripe.com';

const isAddress = (text: string) => /^https?:/.test(text) && URL.canParse(text);

/** Who moves the money; see docs/payments.md. */
export const PAYMENT_SETTINGS = {
  PAYMENT_PROVIDER: z
    .enum(['simulator', 'stripe'], PROVIDER_MEND)
    .default('simulator')
    .describe('Who moves the money: simulator (of test cards) or stripe; see docs/payments.md.'),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_\w+$/, KEY_MEND)
    .optional()
    .describe('Key with which Stripe is asked.'),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w+$/, WEBHOOK_MEND)
    .optional()
    .describe("Signing secret of Stripe's webhooks to /webhooks/payments/stripe."),
  STRIPE_API_URL: z
    .string()
    .refine(isAddress, API_MEND)
    .default('https://api.stripe.com')
    .describe("Where Stripe's API answers."),
} as const;

const schema = z.object(PAYMENT_SETTINGS);
export type PaymentSettings = z.output<typeof schema>;

export function withPaymentProvider<Schema extends z.ZodType<PaymentSettings>>(
  schema: Schema,
): Schema {
  const needed = (name: Secret, mend: string) => ({
    path: [name],
    message: `${mend}, or PAYMENT_PROVIDER=simulator`,
    // Also when other settings are bad: one run shows them all.
    when: () => true,
  });
  const isGiven = (name: Secret) => (given: PaymentSettings) =>
    given.PAYMENT_PROVIDER !== 'stripe' || Boolean(given[name]);
  return schema
    .refine(isGiven('STRIPE_SECRET_KEY'), needed('STRIPE_SECRET_KEY', KEY_MEND))
    .refine(isGiven('STRIPE_WEBHOOK_SECRET'), needed('STRIPE_WEBHOOK_SECRET', WEBHOOK_MEND));
}

type Secret = 'STRIPE_SECRET_KEY' | 'STRIPE_WEBHOOK_SECRET';

/** How the payments context reaches Stripe; undefined where the simulator pays. */
export function stripeOptions(settings: PaymentSettings | undefined): StripeOptions | undefined {
  if (settings?.PAYMENT_PROVIDER !== 'stripe') return undefined;
  const { STRIPE_SECRET_KEY: secretKey = '', STRIPE_API_URL: apiUrl } = settings;
  return { secretKey, webhookSecret: settings.STRIPE_WEBHOOK_SECRET, apiUrl };
}

/** The settings again, for a process of its own. */
export function paymentEnvironment(settings: PaymentSettings | undefined): Environment {
  const names = Object.keys(PAYMENT_SETTINGS) as Array<keyof PaymentSettings>;
  return Object.fromEntries(names.map((name) => [name, settings?.[name]]));
}

/** The setting as the orders context has it. */
export function capturePolicy(setting: 'confirmation' | 'shipment'): CaptureOn {
  return setting === 'shipment' ? 'SHIPMENT' : 'CONFIRMATION';
}
