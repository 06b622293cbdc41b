import { Failure } from '../command-line/failure.js';

/** Runs the stages of a long work one after the other, times them, and stops between them when asked to. */
export class Stages {
  /** By name, of the stages that are over. */
  readonly seconds: Record<string, number> = {};
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.seconds[name] = (performance.now() - start) / 1000;
    // A stage that was cut short is not to be built upon.
    if (this.#signal.aborted) {
      throw new Failure(`stopped in the stage "${name}": the same command goes on from here`);
    }
    return result;
  }
}
