import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const [TEXT, CLOSE, PING, PONG] = [1, 8, 9, 10];

/**
 * A WebSocket client that reads just enough: frames from a server on the same machine, none of them split by the
 * protocol. A client with all that ws does would be what is measured.
 */
export class LeanClient {
  readonly #socket: Socket;
  readonly #onText: (text: string) => void;
  #waiting: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, onText: (text: string) => void) {
    this.#socket = socket;
    this.#onText = onText;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', () => socket.destroy());
  }

  static async open(
    port: number,
    authorization: string,
    onText: (text: string) => void,
  ): Promise<LeanClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    socket.write(
      `GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
        `authorization: ${authorization}\r\nsec-websocket-version: 13\r\n` +
        `sec-websocket-protocol: graphql-transport-ws\r\n` +
        `sec-websocket-key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    if (!head.toString('latin1').startsWith('HTTP/1.1 101')) {
      throw new Error(`The server did not open a WebSocket: ${head.toString('latin1')}`);
    }
    return new LeanClient(socket, onText);
  }

  send(text: string): void {
    this.#frame(TEXT, Buffer.from(text));
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Clients must mask what they send; a mask of zeros changes nothing. */
  #frame(opcode: number, payload: Buffer): void {
    const { length } = payload;
    const head = length < 126 ? [length | 0x80] : [126 | 0x80, length >> 8, length & 0xff];
    this.#socket.write(Buffer.concat([Buffer.from([0x80 | opcode, ...head, 0, 0, 0, 0]), payload]));
  }

  #read(chunk: Buffer): void {
    let bytes = this.#waiting.length > 0 ? Buffer.concat([this.#waiting, chunk]) : chunk;
    for (let end = frameEnd(bytes); end <= bytes.length; end = frameEnd(bytes)) {
      const opcode = (bytes[0] ?? 0) & 0x0f;
      const payload = bytes.subarray(payloadStart(bytes), end);
      if (opcode === TEXT) this.#onText(payload.toString('utf8'));
      else if (opcode === PING) this.#frame(PONG, payload);
      else if (opcode === CLOSE) this.close();
      bytes = bytes.subarray(end);
    }
    this.#waiting = bytes;
  }
}

function payloadStart(bytes: Buffer): number {
  return bytes[1] === 126 ? 4 : 2;
}

/** Where the first frame ends; Infinity before that is known. */
function frameEnd(bytes: Buffer): number {
  if (bytes.length < 2 || (bytes[1] === 126 && bytes.length < 4)) return Number.POSITIVE_INFINITY;
  const length = bytes[1] ?? 0;
  if (length === 127) throw new Error('A frame of over 64 KiB came');
  return length === 126 ? 4 + bytes.readUInt16BE(2) : 2 + length;
}
