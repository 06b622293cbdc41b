import type { Database } from '@waybill/kernel/database.js';
import {
  type Authorization,
  type AuthorizeRequest,
  type CaptureAnswer,
  type CaptureRequest,
  type FollowUp,
  type PaymentProvider,
  PaymentProviderTimeout,
  type Refunding,
  type RefundRequest,
  type Voiding,
} from './provider.js';
import {
  authorizationOf,
  type Charge,
  capturedCharge,
  captureRefusal,
  changed,
  chargeFromReference,
  refundRefusal,
  settledBy,
  voidedCharge,
} from './simulator-charge.js';
import { type SimulatorMemory, simulatorMemory } from './simulator-memory.js';
import { type TestCard, testCard } from './test-cards.js';

export interface SimulatorOptions {
  /** Milliseconds until an authorization of `pm_card_settle_late` settles; default 3,000. */
  settleAfterMs?: number;
  /** Milliseconds for which `pm_card_expiring` is authorized; default seven days. */
  authorizedForMs?: number;
  /** The time, in milliseconds since 1970: a test's own clock. */
  now?: () => number;
}

/** The deterministic provider of development and tests: what happens depends on the test card alone. */
export async function openSimulator(
  db: Pick<Database, 'query'>,
  options: SimulatorOptions = {},
): Promise<PaymentProvider> {
  const { settleAfterMs = 3_000, authorizedForMs = SEVEN_DAYS_MS, now = Date.now } = options;
  return new Simulator(await simulatorMemory(db), { settleAfterMs, authorizedForMs, now });
}

const SEVEN_DAYS_MS = 7 * 86_400_000;
const A_LIFETIME_MS = 100 * 365 * 86_400_000;

class Simulator implements PaymentProvider {
  readonly name = 'simulator';

  constructor(
    private readonly memory: SimulatorMemory,
    private readonly options: Required<SimulatorOptions>,
  ) {}

  async authorize(request: AuthorizeRequest): Promise<Authorization> {
    const card = testCard(request.method);
    if (card.declines) return { outcome: 'DECLINED', ...card.declines };
    if (card.losesAnswer === 'always') throw new PaymentProviderTimeout(request.key);
    if (!isOrdinary(card)) await this.memory.load(request.key);
    const known = this.memory.recall(request.key);
    return known ? this.answer(known) : this.charge(request, card);
  }

  async capture(request: CaptureRequest): Promise<CaptureAnswer> {
    await this.memory.load(request.authorization);
    const charge = this.recall(request, 'AUTHORIZED');
    const done = charge?.captures[request.key];
    if (done !== undefined) return { outcome: 'CAPTURED', amount: done };
    const refusal = charge ? captureRefusal(charge, request.amount) : 'NOT_FOUND';
    if (!charge || refusal) return { outcome: 'FAILED', code: refusal ?? 'NOT_FOUND' };
    const captured = capturedCharge(charge, request);
    // A reference can vouch for a charge that was captured as a whole, not for parts.
    if (request.amount === charge.amount) await this.save(captured);
    else await this.memory.write(captured);
    return { outcome: 'CAPTURED', amount: request.amount };
  }

  async void(request: FollowUp): Promise<Voiding> {
    await this.memory.load(request.authorization);
    const found = this.recall(request, 'AUTHORIZED');
    if (!found) return { outcome: 'NOT_FOUND' };
    const { charge, answer } = voidedCharge(found);
    if (charge !== found) await this.memory.write(charge);
    return answer;
  }

  async refund(request: RefundRequest): Promise<Refunding> {
    await this.memory.load(request.authorization);
    const charge = this.recall(request, 'CAPTURED');
    const done = charge?.refunds[request.key];
    if (done !== undefined) return { outcome: 'REFUNDED', amount: done };
    const refusal = charge ? refundRefusal(charge, request.amount) : 'NOT_FOUND';
    if (!charge || refusal) return { outcome: 'FAILED', code: refusal ?? 'NOT_FOUND' };
    const refunds = { ...charge.refunds, [request.key]: request.amount };
    await this.memory.write(changed(charge, { refunds }));
    return { outcome: 'REFUNDED', amount: request.amount };
  }

  async lookUp(key: string): Promise<Authorization | { outcome: 'NOT_FOUND' }> {
    await this.memory.load(key);
    const charge = this.memory.recall(key);
    return charge ? this.answer(charge) : { outcome: 'NOT_FOUND' };
  }

  close(): Promise<void> {
    return this.memory.close();
  }

  private answer(charge: Charge): Authorization {
    const now = this.options.now();
    return authorizationOf(settledBy(charge, now), now);
  }

  private async charge(request: AuthorizeRequest, card: TestCard): Promise<Authorization> {
    const now = this.options.now();
    const charge: Charge = {
      key: request.key,
      method: request.method,
      amount: request.amount,
      state: card.settles ? 'PENDING' : 'AUTHORIZED',
      settlesAt: now + this.pendingMs(card),
      ...(card.ends && { endsAt: now + this.options.authorizedForMs }),
      captures: {},
      refunds: {},
      version: 1,
    };
    await this.save(charge);
    if (card.losesAnswer === 'once') throw new PaymentProviderTimeout(request.key);
    return authorizationOf(charge, now);
  }

  private pendingMs({ settles }: TestCard): number {
    if (settles === 'never') return A_LIFETIME_MS;
    return settles === 'late' ? this.options.settleAfterMs : 0;
  }

  /** Nothing may be awaited between this and the change it leads to: another request could come between. */
  private recall(request: FollowUp, seenAs: Charge['state']): Charge | undefined {
    const found =
      this.memory.recall(request.authorization) ?? chargeFromReference(request.reference, seenAs);
    return found && settledBy(found, this.options.now());
  }

  /** Ordinary charges are written later, by the hundred; all others before the answer leaves. */
  private async save(charge: Charge): Promise<void> {
    if (isOrdinary(testCard(charge.method))) this.memory.keep(charge);
    else await this.memory.write(charge);
  }
}

function isOrdinary(card: TestCard): boolean {
  return !card.losesAnswer && !card.settles && !card.ends;
}
