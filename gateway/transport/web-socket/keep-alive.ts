import type { Connection } from './connection.js';

/** How many turns a round of pings takes: all at once, they would hold up everything else. */
const TURNS = 12;

/**
 * Pings every connection once in `intervalMs`, on one timer for all. A client that has not answered by its next turn is
 * cut off, for a host can go without a word.
 */
export class KeepAlive {
  readonly #turns = Array.from({ length: TURNS }, () => new Set<Connection>());
  readonly #timer: NodeJS.Timeout | undefined;
  #turn = 0;
  #joined = 0;

  /** 0 leaves it off. */
  constructor(intervalMs: number) {
    if (intervalMs > 0) this.#timer = setInterval(() => this.#probe(), intervalMs / TURNS);
    this.#timer?.unref();
  }

  /** Takes a connection in; answers how to let it go again. */
  add(connection: Connection): () => void {
    this.#joined += 1;
    const turn = this.#turns[this.#joined % TURNS];
    turn?.add(connection);
    return () => void turn?.delete(connection);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #probe(): void {
    this.#turn = (this.#turn + 1) % TURNS;
    for (const connection of this.#turns[this.#turn] ?? []) connection.probe();
  }
}
