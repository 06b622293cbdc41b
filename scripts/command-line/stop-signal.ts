/** Aborted by the first Ctrl-C, so that the work can end cleanly; the second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    process.stderr.write(
      '\nStopping when what is under way is done; Ctrl-C again leaves at once.\n',
    );
    controller.abort();
  });
  return controller.signal;
}
