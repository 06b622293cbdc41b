interface Question {
  id: number;
  task: unknown;
}

/** What the parent started this process with. */
export function settings<Settings>(): Settings {
  return JSON.parse(process.argv[2] ?? '{}');
}

/** Tells the parent that this process is ready, then does what it asks for. Ends with the parent. */
export function serveParent<Task>(ready: object, run?: (task: Task) => Promise<unknown>): void {
  process.on('message', ({ id, task }: Question) => {
    const failed = (error: unknown) => ({ id, error: String(error) });
    void run?.(task as Task)
      .then((result) => ({ id, result }), failed)
      .then((reply) => process.send?.(reply));
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.({ ready });
}
