import { Failure } from '../command-line/failure.js';

/** Ends the demo with this sentence where a thing is not as it should be. */
export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Failure(`not as it should be: ${otherwise}`);
}
