import { describe, expect, it } from 'vitest';
import { type BreakerState, CircuitBreaker } from './circuit-breaker.js';

function breakerAt(now: number) {
  const time = { now };
  const states: BreakerState[] = [];
  const options = { failureRate: 0.5, minimumCalls: 4, windowMs: 10_000, openMs: 5_000 };
  const breaker = new CircuitBreaker(
    options,
    (state) => states.push(state),
    () => time.now,
  );
  const calls = (succeed: number, fail: number) => {
    for (let n = 0; n < succeed; n++) breaker.succeeded(breaker.enter());
    for (let n = 0; n < fail; n++) breaker.failed(breaker.enter());
  };
  return { breaker, time, states, calls };
}

describe('a circuit breaker', () => {
  it('opens when half of the calls fail, and lets nothing through', () => {
    const { breaker, calls } = breakerAt(0);
    calls(3, 2);
    expect(breaker.state).toBe('closed');
    calls(0, 1);
    expect(breaker.state).toBe('open');
    expect(breaker.enter()).toBe('refused');
    expect(breaker.waitMs).toBe(5_000);
  });

  it('does not judge by a few calls', () => {
    const { breaker, calls } = breakerAt(0);
    calls(0, 3);
    expect(breaker.state).toBe('closed');
  });

  it('forgets what is out of its window', () => {
    const { breaker, time, calls } = breakerAt(0);
    calls(0, 3);
    time.now = 10_000;
    calls(0, 3);
    expect(breaker.state).toBe('closed');
    time.now = 15_000;
    calls(3, 0);
    expect(breaker.state).toBe('closed');
    calls(0, 1);
    expect(breaker.state).toBe('open');
  });

  it('lets one call at a time try whether the other side is back', () => {
    const { breaker, time, states, calls } = breakerAt(0);
    calls(0, 4);
    time.now = 5_000;
    expect([breaker.enter(), breaker.enter()]).toEqual(['probe', 'refused']);
    breaker.failed('probe');
    expect([breaker.state, breaker.waitMs]).toEqual(['open', 5_000]);
    time.now = 10_000;
    expect(breaker.enter()).toBe('probe');
    breaker.succeeded('probe');
    expect(breaker.enter()).toBe('call');
    expect(states).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  it('tries with another call when the one under way is given up', () => {
    const { breaker, time, calls } = breakerAt(0);
    calls(0, 4);
    time.now = 5_000;
    breaker.abandoned(breaker.enter());
    expect(breaker.enter()).toBe('probe');
  });

  it('is not moved by calls from before it opened', () => {
    const { breaker, time, calls } = breakerAt(0);
    const early = breaker.enter();
    calls(0, 4);
    breaker.succeeded(early);
    breaker.failed(early);
    expect([breaker.state, breaker.waitMs]).toEqual(['open', 5_000]);
    time.now = 5_000;
    breaker.enter();
    breaker.succeeded(early);
    expect(breaker.state).toBe('half-open');
  });

  it('starts afresh once it is closed again', () => {
    const { breaker, time, calls } = breakerAt(0);
    calls(0, 4);
    time.now = 5_000;
    calls(1, 3);
    expect(breaker.state).toBe('closed');
  });
});
