import type { Counter, Registry } from 'prom-client';
import type { WebSocket, WebSocketServer } from 'ws';
import type { AnswerStream } from '../operation.js';
import { CLOSE } from '../transport/web-socket/close-codes.js';
import { codeLabel } from './code-label.js';
import { countedStream } from './counted-stream.js';
import { Families } from './families.js';

/** Those of WebSocket and of graphql-transport-ws; a client may send any. */
const CLOSE_CODES = new Set([
  ...[1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013],
  ...Object.values(CLOSE).map(({ code }) => code),
]);

/** WebSockets of clients, and the subscriptions that they serve. */
export class SubscriptionMetrics {
  readonly #events: Counter<'operation'>;
  readonly #ended: Counter<'reason'>;
  readonly #closes: Counter<'code'>;
  #sockets = 0;
  #subscriptions = 0;

  constructor(registry: Registry) {
    const families = new Families(registry);
    this.#events = families.counter(
      'gateway_subscription_events_total',
      'Answers delivered to subscribers.',
      'operation',
    );
    this.#ended = families.counter(
      'gateway_subscriptions_ended_total',
      'Subscriptions that are over: "completed", "left" by the client, or the code of their last error.',
      'reason',
    );
    this.#closes = families.counter(
      'gateway_web_socket_closes_total',
      'WebSockets that were closed, by close code.',
      'code',
    );
    families.reading('gateway_web_sockets', 'WebSockets that are open.', () => this.#sockets);
    families.reading(
      'gateway_subscriptions',
      'Subscriptions being served.',
      () => this.#subscriptions,
    );
  }

  /** Counts the sockets of one more server. */
  countSockets(sockets: WebSocketServer): void {
    sockets.on('connection', (socket: WebSocket) => {
      this.#sockets += 1;
      socket.once('close', (code) => {
        this.#sockets -= 1;
        this.#closes.inc({ code: CLOSE_CODES.has(code) ? code : 'other' });
      });
    });
  }

  counted(stream: AnswerStream, operation: string): AnswerStream {
    this.#subscriptions += 1;
    const events = this.#events.labels({ operation });
    let lastError: string | undefined;
    return countedStream(stream, {
      delivered: (answer) => {
        events.inc();
        // In this order: the data of an answer that is text would be parsed.
        lastError = answer.errors && !answer.data ? codeLabel(answer.errors[0]) : undefined;
      },
      ended: (how) => {
        this.#subscriptions -= 1;
        this.#ended.inc({ reason: how === 'completed' ? (lastError ?? how) : how });
      },
    });
  }
}
