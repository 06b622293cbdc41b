/** Cores in use on average; 0.5 is half of one. */
export interface CoresInUse {
  node: number;
  /** The part of `node` that runs JavaScript; it can never be more than 1. */
  nodeMainThread: number;
  postgres: number;
  redis: number;
  load: number;
  /** Everything else on the machine. */
  others: number;
}

/** From here on something has no time left to do more. */
const FULL = 0.9;

const NAMES = {
  node: 'Node',
  postgres: 'PostgreSQL',
  redis: 'Redis',
  load: 'the replay',
  others: 'other programs',
} as const;

/** What keeps orders from settling faster, in a sentence. */
export function boundBy(cores: CoresInUse, available: number): string {
  const users = (Object.keys(NAMES) as Array<keyof typeof NAMES>)
    .map((name) => ({ name: NAMES[name], used: cores[name] }))
    .sort((a, b) => b.used - a.used);
  const [most] = users;
  const busy = users.reduce((sum, { used }) => sum + used, 0);
  const first = `${most?.name} used the most of ${available} cores (${most?.used.toFixed(2)})`;
  const main = percent(cores.nodeMainThread);
  if (busy >= FULL * available) {
    return `the cores: ${percent(busy / available)} busy; ${first}; Node's main thread ${main} of one`;
  }
  if (cores.nodeMainThread >= FULL) {
    return `Node's main thread: ${main} of one core, while ${percent(busy / available)} of all were busy`;
  }
  return `waiting, for commits and round trips: cores ${percent(busy / available)} busy; ${first}; Node's main thread ${main} of one`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
