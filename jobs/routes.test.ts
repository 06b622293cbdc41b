import { Backoffs, type Job } from 'bullmq';
import { describe, expect, it } from 'vitest';
import { jobOptions, QUEUES, RETRIES, type Retries, ROUTES } from './routes.js';

const JOB = {} as Job;

/** Milliseconds that BullMQ would pause before attempt 2, 3, … */
function pauses(retries: Retries): number[] {
  const { attempts = 1, backoff = 0 } = jobOptions('id', retries);
  const options = Backoffs.normalize(backoff);
  return Array.from(
    { length: attempts - 1 },
    (_, i) => Backoffs.calculate(options as never, i + 1, new Error(), JOB) as number,
  );
}

const TRYING = QUEUES.filter((name) => RETRIES[name].attempts > 1);

describe('what is tried again', () => {
  it.each(TRYING)('in %s pauses twice as long each time, give or take a half', (queue) => {
    const { firstPauseMs } = RETRIES[queue];
    pauses(RETRIES[queue]).forEach((pause, i) => {
      const longest = firstPauseMs * 2 ** i;
      expect(pause).toBeLessThanOrEqual(longest);
      expect(pause).toBeGreaterThanOrEqual(Math.floor(longest / 2));
    });
  });

  it.each(TRYING)('in %s does not come back all at once', (queue) => {
    const last = Array.from({ length: 50 }, () => pauses(RETRIES[queue]).at(-1));
    expect(new Set(last).size).toBeGreaterThan(10);
  });

  it('gives up after a bounded number of attempts', () => {
    const attempts = QUEUES.map((queue) => jobOptions('id', RETRIES[queue]).attempts);
    expect(attempts).toEqual([1, 9, 9, 15, 15]);
  });

  it('bridges hours without a mail server', () => {
    const hours = pauses(RETRIES.notification).reduce((all, each) => all + each, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(2);
    expect(hours).toBeLessThan(5);
  });

  it('goes on for most of a day where a partner does not answer', () => {
    const hours = pauses(RETRIES.webhook).reduce((all, each) => all + each, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(11);
    expect(hours).toBeLessThan(24);
  });

  it('stays as a dead letter when it fails for good, and is gone when it is done', () => {
    const options = jobOptions('an event', RETRIES.payment);
    expect(options).toMatchObject({
      jobId: 'an event',
      removeOnComplete: true,
      removeOnFail: false,
    });
  });
});

describe('an event', () => {
  it('starts at the most one job per queue', () => {
    for (const queues of Object.values(ROUTES)) expect(new Set(queues).size).toBe(queues.length);
  });

  it('that carries an order on starts that job first', () => {
    // The reconciler looks at the first queue of an event.
    const mixed = Object.values(ROUTES).filter((queues) => queues.length > 1);
    expect(mixed.every(([first]) => first !== 'notification')).toBe(true);
  });
});
