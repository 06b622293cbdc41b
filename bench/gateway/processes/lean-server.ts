import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** Makes the JSON that answers a request body. */
export type Answer = (body: string) => Promise<string> | string;

/**
 * Answers POSTs over kept-alive HTTP/1.1 and nothing else of HTTP, with a fraction of node:http's work, so that what
 * is measured waits for nobody. A body that was answered before gets the same bytes again.
 */
export async function serveLean(answer: Answer): Promise<string> {
  const known = new Map<string, Buffer>();
  const respond = async (socket: Socket, body: Buffer) => {
    const key = body.toString('latin1');
    const bytes = known.get(key) ?? response(await answer(body.toString('utf8')));
    known.set(key, bytes);
    socket.write(bytes);
  };
  const server = createServer({ noDelay: true }, (socket) => {
    let waiting: Buffer = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      waiting = waiting.length > 0 ? Buffer.concat([waiting, chunk]) : chunk;
      for (let body = takeBody(waiting); body; body = takeBody(waiting)) {
        waiting = waiting.subarray(body.end);
        respond(socket, body.bytes).catch(() => socket.destroy());
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

/** The body of the first request in these bytes, and where it ends; undefined before it is there in full. */
export function takeBody(bytes: Buffer): { bytes: Buffer; end: number } | undefined {
  const head = bytes.indexOf(HEAD_END);
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1];
  if (length === undefined) throw new Error('A request came without a content-length');
  const start = head + HEAD_END.length;
  const end = start + Number(length);
  return bytes.length < end ? undefined : { bytes: bytes.subarray(start, end), end };
}

function response(json: string): Buffer {
  const length = Buffer.byteLength(json);
  return Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}${HEAD_END}${json}`,
  );
}
