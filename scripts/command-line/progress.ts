import { SingleBar } from 'cli-progress';

/** Tells the person who waits how far a phase has come. Everything goes to stderr: stdout is for results. */
export interface Progress {
  phase(name: string, total: number): Phase;
}

export interface Phase {
  advance(by?: number): void;
  done(): void;
}

/** Milliseconds between two lines where there is no terminal to draw a bar on. */
const LINE_EVERY_MS = 5_000;

export function progressOn(stream: NodeJS.WriteStream): Progress {
  const shown = stream.isTTY ? bar(stream) : lines((text) => stream.write(text));
  return { phase: (name, total) => (total > 0 ? shown(name, total) : NOTHING_TO_DO) };
}

const NOTHING_TO_DO: Phase = { advance: () => {}, done: () => {} };

export const noProgress: Progress = { phase: () => NOTHING_TO_DO };

function bar(stream: NodeJS.WriteStream): Progress['phase'] {
  return (name, total) => {
    const format = `${name.padEnd(10)} {bar} {value}/{total}  {duration_formatted}`;
    const hidden = { hideCursor: true, clearOnComplete: false, gracefulExit: false };
    const drawn = new SingleBar({ format, stream, ...hidden });
    let value = 0;
    drawn.start(total, 0);
    return {
      advance: (by = 1) => {
        value += by;
        drawn.update(value);
      },
      done: () => drawn.stop(),
    };
  };
}

/** One line every few seconds and one when the phase is over; for logs and pipes. */
export function lines(
  write: (text: string) => void,
  now: () => number = Date.now,
): Progress['phase'] {
  return (name, total) => {
    let value = 0;
    let written = now();
    const tell = () => write(`${name}: ${value} of ${total}\n`);
    return {
      advance: (by = 1) => {
        value += by;
        if (now() - written < LINE_EVERY_MS) return;
        written = now();
        tell();
      },
      done: tell,
    };
  };
}
