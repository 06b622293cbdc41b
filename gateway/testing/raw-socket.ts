import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';

export type Message = { type: string; id?: string; payload?: unknown };

/** A WebSocket client that speaks graphql-transport-ws by hand, so that a test can say the wrong thing, too. */
export class RawSocket {
  readonly socket: WebSocket;
  /** How the connection ended. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #received: Message[] = [];
  #waiting: ((message: Message) => void) | undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = once(socket, 'close').then(([code, reason]) => ({ code, reason: `${reason}` }));
    socket.on('message', (data) => {
      const message: Message = JSON.parse(String(data));
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting) waiting(message);
      else this.#received.push(message);
    });
  }

  /** Sends an object as JSON; text and bytes as they are. */
  send(message: object | string): void {
    const asIs = typeof message === 'string' || Buffer.isBuffer(message);
    this.socket.send(asIs ? message : JSON.stringify(message));
  }

  next(): Promise<Message> {
    const [message] = this.#received.splice(0, 1);
    if (message) return Promise.resolve(message);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  subscribe(id: string, query: string, more: object = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, ...more } });
  }
}

/** Opens a socket that ends with the test. */
export async function rawSocket(
  url: string,
  protocols: string | string[] = 'graphql-transport-ws',
  options: ClientOptions = {},
): Promise<RawSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), protocols, options);
  onTestFinished(() => socket.terminate());
  const raw = new RawSocket(socket);
  await once(socket, 'open');
  return raw;
}

/** The same, acknowledged. */
export async function acknowledgedSocket(url: string, payload?: object): Promise<RawSocket> {
  const raw = await rawSocket(url);
  raw.send({ type: 'connection_init', payload });
  const { type } = await raw.next();
  if (type !== 'connection_ack') throw new Error(`The server answered ${type}`);
  return raw;
}
