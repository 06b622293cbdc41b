/** What the bench started this process with. */
export const settings = JSON.parse(process.argv[2] ?? '{}');

// It would write into the folder in which it was started, and tell its makers.
process.env.VENDURE_DISABLE_TELEMETRY = 'true';

/** Tells the bench that this process is ready; from then on it ends with the bench. */
export function tellReady(ready) {
  process.once('disconnect', () => process.exit(0));
  process.send?.({ ready });
}
