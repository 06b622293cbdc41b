import { asCaller, rememberCaller } from './callers.js';

/** Handles many inputs at once; answers in the same order, an Error in the place of what failed. */
export type BatchHandler<Input, Output> = (inputs: Input[]) => Promise<Array<Output | Error>>;

interface Waiting<Input, Output> {
  input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/**
 * Turns single calls into batches without waiting for any: while one batch runs, the calls that arrive form the
 * next. An idle system answers at once and a busy one shares each round trip and commit among many callers.
 */
export function batched<Input, Output>(
  handler: BatchHandler<Input, Output>,
  maxSize = 64,
): (input: Input) => Promise<Output> {
  let waiting: Array<Waiting<Input, Output>> = [];
  let running = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxSize);
      waiting = waiting.slice(maxSize);
      await settle(batch, handler);
    }
    running = false;
  }

  return (input) =>
    new Promise<Output>((resolve, reject) => {
      rememberCaller(input);
      waiting.push({ input, resolve, reject });
      if (running) return;
      running = true;
      // Calls made in the same turn of the event loop belong together.
      setImmediate(drain);
    });
}

async function settle<Input, Output>(
  batch: Array<Waiting<Input, Output>>,
  handler: BatchHandler<Input, Output>,
): Promise<void> {
  try {
    const inputs = batch.map((call) => call.input);
    // What is done for all of them at once is told in the trace of the first.
    const outputs = await asCaller(inputs[0], () => handler(inputs));
    batch.forEach((call, i) => {
      const output = outputs[i];
      if (i >= outputs.length) call.reject(new Error('the batch was answered in part only'));
      else if (output instanceof Error) call.reject(output);
      else call.resolve(output as Output);
    });
  } catch (error) {
    await settleApart(batch, handler, error);
  }
}

/** One bad input must not fail its neighbours: a batch that fails as a whole is tried again one by one. */
async function settleApart<Input, Output>(
  batch: Array<Waiting<Input, Output>>,
  handler: BatchHandler<Input, Output>,
  error: unknown,
): Promise<void> {
  if (batch.length === 1) batch[0]?.reject(error);
  else for (const call of batch) await settle([call], handler);
}
