/** Aborted by the first Ctrl-C, so that the work can end cleanly; the second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    process.stderr.write(
      '\nStopping when what is under way is done; Ctrl-C again leaves at once.\n',
    );
    // By `exit`, so that whatever was started ends with us.
    process.once('SIGINT', () => process.exit(130));
    controller.abort();
  });
  return controller.signal;
}
