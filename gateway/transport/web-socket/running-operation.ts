import type { ExecutionResult, GraphQLError } from 'graphql';
import { gatewayError, SubscriberTooSlowError } from '../../errors.js';
import type { AnswerStream } from '../../operation.js';
import { answerText } from './answer-text.js';
import { CLOSE } from './close-codes.js';
import type { Connection } from './connection.js';
import { callAt } from './timer.js';

/** What an operation was answered: a stream, a result, or with `refused` why nothing was run. */
export interface Answered {
  readonly answer?: AnswerStream | ExecutionResult;
  readonly refused?: readonly GraphQLError[];
  /** When the operation's own credentials expire, if it has any, in milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
  /** What the client is told when the stream breaks off. */
  failure(error: unknown): readonly GraphQLError[];
}

/** One operation of a connection, from `subscribe` until either side completes it. */
export class RunningOperation {
  readonly #connection: Connection;
  readonly #id: string;
  #answered: Promise<void> | undefined;
  #over = false;
  #stream: AnswerStream | undefined;
  #stopTimer: (() => void) | undefined;

  constructor(connection: Connection, id: string) {
    this.#connection = connection;
    this.#id = id;
  }

  /** Resolves when it has been answered, for a stream when that is open; never rejects. */
  get answered(): Promise<void> | undefined {
    return this.#answered;
  }

  start(payload: Readonly<Record<string, unknown>>): void {
    this.#answered = this.#run(payload);
  }

  async #run(payload: Readonly<Record<string, unknown>>): Promise<void> {
    const answered = await this.#connection.start(payload);
    const { answer, refused, expiresAt } = answered;
    if (answer && Symbol.asyncIterator in answer) {
      if (this.#over) return void leaveStream(answer);
      this.#stream = answer;
      if (expiresAt !== undefined) this.#stopTimer = callAt(expiresAt, () => this.#expire());
      void this.#follow(answer, answered);
      return;
    }
    if (refused) return this.#fail(refused);
    if (answer) await this.#next(answer);
    this.#complete();
  }

  /** The client does not want it any more, or is gone. */
  leave(): void {
    if (this.#over) return;
    this.#finish();
    if (this.#stream) leaveStream(this.#stream);
  }

  async #follow(stream: AnswerStream, { failure }: Answered): Promise<void> {
    let slow = false;
    try {
      for (;;) {
        const { value, done } = await stream.next();
        if (this.#over) return;
        if (done) return this.#complete();
        // Events may also come faster than they can be answered, which is no fault of the client.
        if (slow && isOverflow(value)) return this.#connection.close(CLOSE.tooSlow);
        const read = this.#next(value);
        slow = read !== undefined;
        if (slow) await read;
      }
    } catch (error) {
      this.#fail(failure(error));
    }
  }

  #next(answer: ExecutionResult): Promise<void> | undefined {
    if (this.#over) return undefined;
    const id = JSON.stringify(this.#id);
    return this.#connection.send(`{"id":${id},"type":"next","payload":${answerText(answer)}}`);
  }

  #complete(): void {
    if (this.#over) return;
    this.#finish();
    void this.#connection.send(JSON.stringify({ id: this.#id, type: 'complete' }));
  }

  #fail(errors: readonly GraphQLError[]): void {
    if (this.#over) return;
    this.#finish();
    void this.#connection.send(JSON.stringify({ id: this.#id, type: 'error', payload: errors }));
  }

  #expire(): void {
    this.#fail([gatewayError('UNAUTHENTICATED', 'The credentials have expired')]);
    if (this.#stream) leaveStream(this.#stream);
  }

  #finish(): void {
    this.#over = true;
    this.#stopTimer?.();
    this.#connection.forget(this.#id, this);
  }
}

function isOverflow({ errors }: ExecutionResult): boolean {
  return errors?.[0] instanceof SubscriberTooSlowError;
}

function leaveStream(stream: AnswerStream): void {
  stream.return?.().catch(() => {});
}
