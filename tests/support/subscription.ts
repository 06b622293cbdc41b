import { createClient, type Client as WsClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** Milliseconds after which a message that was promised is given up on. */
const PATIENCE_MS = 15_000;

export interface Message<Data> {
  data?: Data | null;
  errors?: ReadonlyArray<{ message: string; path?: unknown; extensions?: Record<string, unknown> }>;
}

/** One subscription: every message is queued from the first on, so that a test cannot miss one. */
export interface Subscription<Data> {
  /** The next message's data; rejects on errors, on the end of the stream and after 15 s of silence. */
  next(): Promise<Data>;
  /** Reads on until `last` holds; answers all that was read, the last one included. */
  until(last: (data: Data) => boolean): Promise<Data[]>;
  /** The next message as it came, errors included; undefined when the server has completed the stream. */
  message(): Promise<Message<Data> | undefined>;
  /** Ends the subscription and closes its socket. */
  close(): Promise<void>;
}

/** Subscribes over a WebSocket of its own. Resolves as soon as the server has let the connection in. */
export async function subscribe<Data>(
  url: string,
  token: string | undefined,
  payload: { query: string; variables?: Record<string, unknown> },
): Promise<Subscription<Data>> {
  let connected = () => {};
  const connection = new Promise<void>((resolve) => {
    connected = resolve;
  });
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    lazy: false,
    retryAttempts: 0,
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
    on: { connected },
    onNonLazyError: () => {},
  });
  const messages = client.iterate<Data>(payload) as AsyncIterableIterator<Message<Data>>;
  await withPatience(connection, 'the connection');
  return reader(client, messages);
}

function reader<Data>(
  client: WsClient,
  messages: AsyncIterableIterator<Message<Data>>,
): Subscription<Data> {
  async function message(): Promise<Message<Data> | undefined> {
    const { value, done } = await withPatience(messages.next(), 'a message').catch(refusal);
    return done ? undefined : value;
  }

  async function next(): Promise<Data> {
    const received = await message();
    if (!received) throw new Error('The server completed the subscription');
    if (received.errors) throw new Error(`The server sent ${JSON.stringify(received.errors)}`);
    return received.data as Data;
  }

  async function until(last: (data: Data) => boolean): Promise<Data[]> {
    const read: Data[] = [];
    for (;;) {
      const data = await next();
      read.push(data);
      if (last(data)) return read;
    }
  }

  async function close(): Promise<void> {
    await messages.return?.();
    await client.dispose();
  }

  return { next, until, message, close };
}

/** A subscription that is refused as a whole comes as a list of errors, thrown. */
function refusal(thrown: unknown): { value: Message<never>; done: false } {
  if (!Array.isArray(thrown)) throw thrown;
  return { value: { errors: thrown }, done: false };
}

async function withPatience<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    const message = `No sign of ${what} in ${PATIENCE_MS} ms`;
    timer = setTimeout(() => reject(new Error(message)), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
