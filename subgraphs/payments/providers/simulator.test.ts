import type { Database } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPaymentsDatabase } from '../index.js';
import { type PaymentProvider, PaymentProviderTimeout } from './provider.js';
import { openSimulator } from './simulator.js';
import { TEST_CARDS } from './test-cards.js';

let db: Database;
let simulator: PaymentProvider;

beforeAll(async () => {
  db = await openPaymentsDatabase(await testDatabase());
  simulator = await openSimulator(db, { settleAfterMs: 0 });
});

afterAll(async () => {
  await simulator.close?.();
  await db.close();
});

function asking(method: string, amount = 500) {
  return { key: newId(), amount, currency: 'GBP', method };
}

function about(authorization: string, reference: string | null = null) {
  return { key: newId(), authorization, reference };
}

/** Authorizes with `method`; the key by which all that follows finds it. */
async function held(method = 'pm_card_approve'): Promise<string> {
  const request = asking(method);
  await simulator.authorize(request);
  return request.key;
}

async function captured(method?: string): Promise<string> {
  const key = await held(method);
  await simulator.capture({ ...about(key), amount: 500, final: true });
  return key;
}

describe('a test card', () => {
  it('has a description', () => {
    for (const { about } of Object.values(TEST_CARDS)) expect(about).toMatch(/\.$/);
  });

  it('approves, and the same key gets the same answer', async () => {
    const request = asking('pm_card_approve');
    const answer = await simulator.authorize(request);
    expect(answer).toMatchObject({ outcome: 'AUTHORIZED', amount: 500 });
    expect(await simulator.authorize(request)).toEqual(answer);
    expect(await simulator.lookUp(request.key)).toEqual(answer);
  });

  it.each([
    ['pm_card_decline', 'CARD_DECLINED', true],
    ['pm_card_insufficient_funds', 'INSUFFICIENT_FUNDS', false],
    ['pm_nobody_knows', 'UNKNOWN_PAYMENT_METHOD', true],
    ['constructor', 'UNKNOWN_PAYMENT_METHOD', true],
  ])('declines: %s', async (method, code, hard) => {
    const request = asking(method);
    expect(await simulator.authorize(request)).toEqual({ outcome: 'DECLINED', code, hard });
    expect(await simulator.lookUp(request.key)).toEqual({ outcome: 'NOT_FOUND' });
  });

  it('never answers, and no money moves', async () => {
    const request = asking('pm_card_timeout');
    await expect(simulator.authorize(request)).rejects.toThrow(PaymentProviderTimeout);
    await expect(simulator.authorize(request)).rejects.toThrow(PaymentProviderTimeout);
    expect(await simulator.void(about(request.key))).toEqual({ outcome: 'NOT_FOUND' });
  });

  it('loses its first answer although the money is held', async () => {
    const request = asking('pm_card_timeout_once');
    await expect(simulator.authorize(request)).rejects.toThrow(PaymentProviderTimeout);
    expect(await simulator.lookUp(request.key)).toMatchObject({ outcome: 'AUTHORIZED' });
    expect(await simulator.authorize(request)).toMatchObject({ outcome: 'AUTHORIZED' });
  });

  it('settles late', async () => {
    const patient = await openSimulator(db, { settleAfterMs: 60_000 });
    const request = asking('pm_card_settle_late');
    const first = await patient.authorize(request);
    expect(first).toMatchObject({ outcome: 'PENDING', checkAfterMs: 60_000 });
    expect(await patient.capture({ ...about(request.key), amount: 500, final: true })).toEqual({
      outcome: 'FAILED',
      code: 'NOT_AUTHORIZED',
    });
    expect(await simulator.authorize(asking('pm_card_settle_late'))).toMatchObject({
      outcome: 'PENDING',
    });
    expect(await simulator.lookUp(await held('pm_card_settle_late'))).toMatchObject({
      outcome: 'AUTHORIZED',
    });
  });

  it('refuses captures, or refunds', async () => {
    const uncapturable = await held('pm_card_capture_fails');
    expect(await simulator.capture({ ...about(uncapturable), amount: 500, final: true })).toEqual({
      outcome: 'FAILED',
      code: 'CAPTURE_REFUSED',
    });
    const unrefundable = await captured('pm_card_refund_fails');
    expect(await simulator.refund({ ...about(unrefundable), amount: 1 })).toEqual({
      outcome: 'FAILED',
      code: 'REFUND_REFUSED',
    });
  });
});

describe('what the simulator remembers', () => {
  it('costs the ordinary card no statement', async () => {
    const names: string[] = [];
    const quiet = await openSimulator({
      query: (name, text, values) => {
        names.push(name);
        return db.query(name, text, values);
      },
    });
    names.length = 0;
    const request = asking('pm_card_approve');
    const answer = await quiet.authorize(request);
    const reference = 'reference' in answer ? answer.reference : null;
    await quiet.capture({ ...about(request.key, reference), amount: 500, final: true });
    expect(names).toEqual([]);
    await quiet.close?.();
    expect(names).toEqual(['simulator.write']);
  });

  it('survives a restart', async () => {
    const first = await openSimulator(db, { settleAfterMs: 60_000 });
    const [capturedOne, pending] = [asking('pm_card_approve'), asking('pm_card_settle_late')];
    await first.authorize(capturedOne);
    await first.capture({ ...about(capturedOne.key), amount: 500, final: true });
    await first.authorize(pending);
    await first.close?.();
    const second = await openSimulator(db);
    expect(await second.void(about(capturedOne.key))).toMatchObject({ captured: 500 });
    expect(await second.lookUp(pending.key)).toMatchObject({ outcome: 'PENDING' });
  });

  it('of extraordinary cards, of voids and of refunds survives a kill', async () => {
    const lost = asking('pm_card_timeout_once');
    await expect(simulator.authorize(lost)).rejects.toThrow(PaymentProviderTimeout);
    const voided = await held();
    await simulator.void(about(voided));
    const next = await openSimulator(db);
    expect(await next.authorize(lost)).toMatchObject({ outcome: 'AUTHORIZED' });
    expect(await next.lookUp(voided)).toMatchObject({ outcome: 'DECLINED' });
  });

  it('of parts that were captured survives a kill', async () => {
    const key = await held();
    const part = { ...about(key), amount: 200, final: false };
    await simulator.capture(part);
    const next = await openSimulator(db);
    expect(await next.void(about(key))).toEqual({ outcome: 'VOIDED', captured: 200 });
  });

  it('of a charge that was captured before there were parts is that of a whole', async () => {
    const key = newId();
    const charge = { key, method: 'pm_card_approve', amount: 500, state: 'CAPTURED' };
    const old = { ...charge, settlesAt: 0, refunds: {}, version: 2 };
    const insert = 'insert into simulator_charges (key, version, charge) values ($1, 2, $2)';
    await db.query('test.old-charge', insert, [key, JSON.stringify(old)]);
    const next = await openSimulator(db);
    expect(await next.void(about(key))).toEqual({ outcome: 'VOIDED', captured: 500 });
    expect(await next.refund({ ...about(key), amount: 500 })).toMatchObject({ amount: 500 });
  });

  it('is made good by the reference when a kill took an ordinary charge', async () => {
    const request = asking('pm_card_approve', 700);
    const answer = await simulator.authorize(request);
    const reference = 'reference' in answer ? answer.reference : null;
    const fresh = async () => openSimulator(db);
    const capture = { ...about(request.key, reference), amount: 700, final: true };
    expect(await (await fresh()).capture(capture)).toEqual({ outcome: 'CAPTURED', amount: 700 });
    const refund = { ...about(request.key, reference), amount: 700 };
    expect(await (await fresh()).refund(refund)).toEqual({ outcome: 'REFUNDED', amount: 700 });
  });
});
