import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Authorization,
  type PaymentProvider,
  PaymentProviderTimeout,
} from '../providers/provider.js';

/** A provider on its test double, and the payment methods with which the double is made to do things. */
export interface ProviderUnderTest {
  provider: PaymentProvider;
  methods: {
    approves: string;
    declinesHard: string;
    declinesSoft: string;
    settlesLate: string;
    ends: string;
    captureFails: string;
    refundFails: string;
  };
  /** Has a pending authorization settle. */
  settle(key: string): Promise<void>;
  /** Lets the time come at which an authorization ends. */
  expire(key: string): Promise<void>;
  /** Loses the answer to the next authorization; returns the method to ask with. */
  losesAnswer(): string;
  close(): Promise<void>;
}

/** What our rules rely on, whoever moves the money. */
export function describeProvider(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`${name} as a payment provider`, () => {
    let under: ProviderUnderTest;
    let provider: PaymentProvider;

    beforeAll(async () => {
      under = await open();
      provider = under.provider;
    });
    afterAll(() => under?.close());

    const asking = (method = under.methods.approves, amount = 500) => ({
      key: newId(),
      amount,
      currency: 'GBP',
      method,
    });

    /** Authorizes; by what is answered all that follows finds it. */
    async function held(method?: string) {
      const request = asking(method);
      const answer = await provider.authorize(request);
      return { authorization: request.key, reference: referenceIn(answer) };
    }

    async function captured(method?: string) {
      const about = await held(method);
      await provider.capture({ ...about, key: newId(), amount: 500, final: true });
      return about;
    }

    describe('authorizes', () => {
      it('once per key', async () => {
        const request = asking();
        const answer = await provider.authorize(request);
        expect(answer).toMatchObject({ outcome: 'AUTHORIZED', amount: 500 });
        expect(await provider.authorize(request)).toEqual(answer);
        expect(await provider.lookUp(request.key, referenceIn(answer))).toEqual(answer);
      });

      it('in yen, which have no smaller unit', async () => {
        const request = { ...asking(), currency: 'JPY', amount: 1200 };
        expect(await provider.authorize(request)).toMatchObject({ amount: 1200 });
      });

      it('or says that a card is declined for good, or for now', async () => {
        const { declinesHard, declinesSoft } = under.methods;
        const hard = await provider.authorize(asking(declinesHard));
        expect(hard).toMatchObject({ outcome: 'DECLINED', hard: true });
        const soft = asking(declinesSoft);
        const declined = { outcome: 'DECLINED', code: 'INSUFFICIENT_FUNDS', hard: false };
        expect(await provider.authorize(soft)).toEqual(declined);
        expect(await provider.authorize(soft)).toEqual(declined);
      });

      it('no method that it does not know', async () => {
        for (const method of ['pm_nobody_knows', 'constructor']) {
          expect(await provider.authorize(asking(method))).toEqual({
            outcome: 'DECLINED',
            code: 'UNKNOWN_PAYMENT_METHOD',
            hard: true,
          });
        }
      });

      it('even when its answer is lost, which the key finds again', async () => {
        const request = asking(under.losesAnswer());
        await expect(provider.authorize(request)).rejects.toThrow(PaymentProviderTimeout);
        const known = await provider.lookUp(request.key);
        expect(known).toMatchObject({ outcome: 'AUTHORIZED', amount: 500 });
        expect(await provider.authorize(request)).toEqual(known);
      });

      it('late', async () => {
        const request = asking(under.methods.settlesLate);
        const answer = await provider.authorize(request);
        expect(answer).toMatchObject({ outcome: 'PENDING', checkAfterMs: expect.any(Number) });
        const about = { authorization: request.key, reference: referenceIn(answer) };
        expect(
          await provider.capture({ ...about, key: newId(), amount: 500, final: true }),
        ).toEqual({ outcome: 'FAILED', code: 'NOT_AUTHORIZED' });
        await under.settle(request.key);
        const settled = { outcome: 'AUTHORIZED', amount: 500 };
        expect(await provider.lookUp(request.key, about.reference)).toMatchObject(settled);
        expect(await provider.authorize(request)).toMatchObject(settled);
      });
    });

    describe('authorizes for some time only', () => {
      const ends = () => held(under.methods.ends);

      it('and says until when', async () => {
        const { authorization, reference } = await ends();
        const answer = await provider.lookUp(authorization, reference);
        const { endsAt } = answer as { endsAt: string };
        expect(new Date(endsAt).toISOString()).toBe(endsAt);
        expect(Date.parse(endsAt)).toBeGreaterThan(Date.now());
      });

      it('and then for nothing that could be captured', async () => {
        const about = await ends();
        await under.expire(about.authorization);
        const all = { ...about, key: newId(), amount: 500, final: true };
        const expired = { code: 'AUTHORIZATION_EXPIRED' };
        expect(await provider.capture(all)).toEqual({ outcome: 'FAILED', ...expired });
        const known = await provider.lookUp(about.authorization, about.reference);
        expect(known).toMatchObject({ outcome: 'DECLINED', ...expired });
        const voided = { outcome: 'VOIDED', captured: 0 };
        expect(await provider.void({ ...about, key: newId() })).toEqual(voided);
      });

      it('but for what was captured before, which can be refunded', async () => {
        const about = await ends();
        const part = { ...about, key: newId(), amount: 200, final: false };
        await provider.capture(part);
        await under.expire(about.authorization);
        const rest = { ...about, key: newId(), amount: 300, final: true };
        expect(await provider.capture(rest)).toMatchObject({ code: 'AUTHORIZATION_USED_UP' });
        expect(await provider.capture(part)).toEqual({ outcome: 'CAPTURED', amount: 200 });
        const voided = { outcome: 'VOIDED', captured: 200 };
        expect(await provider.void({ ...about, key: newId() })).toEqual(voided);
        const refund = { ...about, key: newId(), amount: 200 };
        expect(await provider.refund(refund)).toMatchObject({ outcome: 'REFUNDED' });
      });
    });

    describe('captures', () => {
      it('once per key', async () => {
        const request = { ...(await held()), key: newId(), amount: 500, final: true };
        expect(await provider.capture(request)).toEqual({ outcome: 'CAPTURED', amount: 500 });
        expect(await provider.capture(request)).toEqual({ outcome: 'CAPTURED', amount: 500 });
      });

      it('in parts, each key once and never beyond what is authorized', async () => {
        const about = await held();
        const first = { ...about, key: newId(), amount: 200, final: false };
        expect(await provider.capture(first)).toEqual({ outcome: 'CAPTURED', amount: 200 });
        expect(await provider.capture(first)).toEqual({ outcome: 'CAPTURED', amount: 200 });
        const tooMuch = { ...about, key: newId(), amount: 301, final: false };
        expect(await provider.capture(tooMuch)).toMatchObject({ code: 'EXCEEDS_AUTHORIZED' });
        const rest = { ...about, key: newId(), amount: 300, final: false };
        expect(await provider.capture(rest)).toEqual({ outcome: 'CAPTURED', amount: 300 });
        expect(await provider.capture(rest)).toEqual({ outcome: 'CAPTURED', amount: 300 });
        expect(await provider.capture(first)).toEqual({ outcome: 'CAPTURED', amount: 200 });
        const more = { ...about, key: newId(), amount: 1, final: false };
        expect(await provider.capture(more)).toMatchObject({ code: 'AUTHORIZATION_USED_UP' });
      });

      it('two halves, of which the first is asked for again', async () => {
        const about = await held();
        const half = { ...about, key: newId(), amount: 250, final: false };
        expect(await provider.capture(half)).toEqual({ outcome: 'CAPTURED', amount: 250 });
        expect(await provider.capture(half)).toEqual({ outcome: 'CAPTURED', amount: 250 });
        expect(await provider.void({ ...about, key: newId() })).toMatchObject({ captured: 250 });
      });

      it('a part, and gives the rest free with the last', async () => {
        const about = await held();
        const last = { ...about, key: newId(), amount: 200, final: true };
        expect(await provider.capture(last)).toEqual({ outcome: 'CAPTURED', amount: 200 });
        const more = { ...about, key: newId(), amount: 1, final: true };
        expect(await provider.capture(more)).toMatchObject({ code: 'AUTHORIZATION_USED_UP' });
      });

      it('or refuses for good', async () => {
        const about = await held(under.methods.captureFails);
        expect(
          await provider.capture({ ...about, key: newId(), amount: 500, final: true }),
        ).toMatchObject({ outcome: 'FAILED', code: expect.stringMatching(/^[A-Z_]+$/) });
      });

      it('nothing that was voided, or that nobody asked for', async () => {
        const about = await held();
        await provider.void({ ...about, key: newId() });
        const request = { ...about, key: newId(), amount: 500, final: true };
        const voided = { outcome: 'FAILED', code: 'AUTHORIZATION_VOIDED' };
        expect(await provider.capture(request)).toEqual(voided);
        const unknown = { ...request, authorization: newId(), reference: null };
        expect(await provider.capture(unknown)).toEqual({ outcome: 'FAILED', code: 'NOT_FOUND' });
      });
    });

    describe('voids', () => {
      it('what is held, as often as it is asked', async () => {
        const about = await held();
        expect(await provider.void({ ...about, key: newId() })).toEqual({
          outcome: 'VOIDED',
          captured: 0,
        });
        expect(await provider.void({ ...about, key: newId() })).toEqual({
          outcome: 'VOIDED',
          captured: 0,
        });
        expect(await provider.lookUp(about.authorization, about.reference)).toMatchObject({
          outcome: 'DECLINED',
          hard: true,
        });
      });

      it('what it alone knows of', async () => {
        const { authorization } = await held();
        const request = { authorization, reference: null, key: newId() };
        expect(await provider.void(request)).toEqual({ outcome: 'VOIDED', captured: 0 });
        const nobody = { ...request, authorization: newId() };
        expect(await provider.void(nobody)).toEqual({ outcome: 'NOT_FOUND' });
      });

      it('what is pending, which then never settles', async () => {
        const about = await held(under.methods.settlesLate);
        expect(await provider.void({ ...about, key: newId() })).toEqual({
          outcome: 'VOIDED',
          captured: 0,
        });
        expect(await provider.lookUp(about.authorization, about.reference)).toMatchObject({
          outcome: 'DECLINED',
        });
      });

      it('what is left, where a part was captured', async () => {
        const about = await held();
        const part = { ...about, key: newId(), amount: 200, final: false };
        await provider.capture(part);
        const voided = { outcome: 'VOIDED', captured: 200 };
        expect(await provider.void({ ...about, key: newId() })).toEqual(voided);
        expect(await provider.void({ ...about, key: newId() })).toEqual(voided);
        const more = { ...about, key: newId(), amount: 1, final: false };
        expect(await provider.capture(more)).toMatchObject({ code: 'AUTHORIZATION_USED_UP' });
        expect(await provider.capture(part)).toEqual({ outcome: 'CAPTURED', amount: 200 });
        const refund = { ...about, key: newId(), amount: 200 };
        expect(await provider.refund(refund)).toMatchObject({ outcome: 'REFUNDED' });
      });

      it('nothing that was captured', async () => {
        const about = await captured();
        expect(await provider.void({ ...about, key: newId() })).toEqual({
          outcome: 'VOIDED',
          captured: 500,
        });
      });

      it('or captures when both come at once, never both', async () => {
        const all = await Promise.all(Array.from({ length: 10 }, () => held()));
        const outcomes = await Promise.all(
          all.map(async (about, i) => {
            const capture = () =>
              provider.capture({ ...about, key: newId(), amount: 500, final: true });
            const both = [() => provider.void({ ...about, key: newId() }), capture];
            const asked = (i % 2 ? both : both.toReversed()).map((ask) => ask());
            const answers = await Promise.all(asked);
            return answers.map((a) => ('captured' in a ? a.captured : a.outcome)).toSorted();
          }),
        );
        for (const pair of outcomes) {
          expect([
            [0, 'FAILED'],
            [500, 'CAPTURED'],
          ]).toContainEqual(pair);
        }
      });
    });

    describe('refunds', () => {
      it('once per key, and never beyond what was captured', async () => {
        const about = await captured();
        const first = { ...about, key: newId(), amount: 400 };
        expect(await provider.refund(first)).toEqual({ outcome: 'REFUNDED', amount: 400 });
        expect(await provider.refund(first)).toEqual({ outcome: 'REFUNDED', amount: 400 });
        const tooMuch = { outcome: 'FAILED', code: 'EXCEEDS_CAPTURED' };
        expect(await provider.refund({ ...about, key: newId(), amount: 101 })).toEqual(tooMuch);
        const rest = { ...about, key: newId(), amount: 100 };
        expect(await provider.refund(rest)).toEqual({ outcome: 'REFUNDED', amount: 100 });
        expect(await provider.refund({ ...about, key: newId(), amount: 1 })).toEqual(tooMuch);
      });

      it('nothing that was not captured, or that nobody asked for', async () => {
        const request = { ...(await held()), key: newId(), amount: 1 };
        const refused = { outcome: 'FAILED', code: 'NOT_CAPTURED' };
        expect(await provider.refund(request)).toEqual(refused);
        const unknown = { ...request, authorization: newId(), reference: null };
        expect(await provider.refund(unknown)).toEqual({ outcome: 'FAILED', code: 'NOT_FOUND' });
      });

      it('or refuses for good', async () => {
        const about = await captured(under.methods.refundFails);
        const request = { ...about, key: newId(), amount: 1 };
        expect(await provider.refund(request)).toMatchObject({
          outcome: 'FAILED',
          code: expect.stringMatching(/^[A-Z_]+$/),
        });
      });
    });

    it('has looked up nothing that nobody asked for', async () => {
      expect(await provider.lookUp(newId())).toEqual({ outcome: 'NOT_FOUND' });
    });
  });
}

function referenceIn(answer: Authorization): string | null {
  return 'reference' in answer ? answer.reference : null;
}
