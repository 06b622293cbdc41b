import { describe, expect, it } from 'vitest';
import { Pace, Tempo } from './pace.js';

const times = (count: number, ...milliseconds: number[]) =>
  Array.from({ length: count }, () => milliseconds).flat();

function tempoOf(milliseconds: number[]): Tempo {
  const tempo = new Tempo();
  for (const each of milliseconds) tempo.took(each);
  return tempo;
}

function paceOf(...milliseconds: number[]): Pace {
  const pace = new Pace();
  for (const each of milliseconds) pace.took(each);
  return pace;
}

describe('an operation', () => {
  it('does not share a connection before it has been answered once', () => {
    expect(tempoOf([]).mayShare(new Pace())).toBe(false);
    expect(tempoOf([]).mayShare(paceOf(9))).toBe(true);
  });

  it('does not share while it takes longer than the others, and does again when it no longer does', () => {
    const tempo = tempoOf(times(200, 2));
    expect(tempo.mayShare(paceOf(500))).toBe(false);
    expect(tempo.mayShare(paceOf(2, 2, 500))).toBe(false);
    expect(tempo.mayShare(paceOf(500, ...times(20, 2)))).toBe(true);
  });

  it('shares on a server that takes its time for all of them', () => {
    expect(tempoOf(times(500, 100)).mayShare(paceOf(150))).toBe(true);
    expect(tempoOf(times(500, 100)).mayShare(paceOf(1000))).toBe(false);
  });

  it('is measured against the quick ones, however many slow ones there are', () => {
    const tempo = tempoOf(times(500, 2, 500));
    expect(tempo.mayShare(paceOf(500))).toBe(false);
    expect(tempo.mayShare(paceOf(2))).toBe(true);
    expect(tempo.patienceMs).toBe(20);
  });
});

describe('the patience of those that wait behind others', () => {
  it('is 20 ms where answers are quick, and more where all of them take longer', () => {
    expect(tempoOf(times(100, 1)).patienceMs).toBe(20);
    const busy = tempoOf(times(500, 100)).patienceMs;
    expect(busy).toBeGreaterThan(500);
    expect(busy).toBeLessThan(700);
  });
});
