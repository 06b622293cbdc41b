/** How the simulator treats one payment method token. */
export interface TestCard {
  about: string;
  declines?: { code: string; hard: boolean };
  /** How the answer to an authorization gets lost. */
  losesAnswer?: 'always' | 'once';
  /** Authorizations are pending first, or for good. */
  settles?: 'late' | 'never';
  /** The authorization ends after `authorizedForMs`, as those of real cards do; of other cards it never ends. */
  ends?: true;
  /** The code with which captures, or refunds, fail. */
  captureFails?: string;
  refundFails?: string;
}

/** The documented test cards; any other token is declined with UNKNOWN_PAYMENT_METHOD. */
export const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  pm_card_approve: { about: 'Everything succeeds at once.' },
  pm_card_decline: {
    about: 'Declined for good.',
    declines: { code: 'CARD_DECLINED', hard: true },
  },
  pm_card_insufficient_funds: {
    about: 'Declined for now; another attempt may succeed.',
    declines: { code: 'INSUFFICIENT_FUNDS', hard: false },
  },
  pm_card_timeout: { about: 'Never answers; no money moves.', losesAnswer: 'always' },
  pm_card_timeout_once: {
    about: 'The money is authorized but the first answer is lost; asked again, it answers.',
    losesAnswer: 'once',
  },
  pm_card_settle_late: { about: 'Pending first, authorized a little later.', settles: 'late' },
  pm_card_never_settles: { about: 'Pending, and nothing comes of it.', settles: 'never' },
  pm_card_expiring: { about: 'Authorized for seven days only.', ends: true },
  pm_card_capture_fails: {
    about: 'Authorized, but the capture is refused.',
    captureFails: 'CAPTURE_REFUSED',
  },
  pm_card_refund_fails: {
    about: 'Captured, but refunds are refused.',
    refundFails: 'REFUND_REFUSED',
  },
};

export const UNKNOWN_CARD: TestCard = {
  about: 'No test card.',
  declines: { code: 'UNKNOWN_PAYMENT_METHOD', hard: true },
};

export function testCard(method: string): TestCard {
  return Object.hasOwn(TEST_CARDS, method) ? (TEST_CARDS[method] ?? UNKNOWN_CARD) : UNKNOWN_CARD;
}
