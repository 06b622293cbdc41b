import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Cancellable, HttpClient } from './http-client.js';
import { Pace } from './pace.js';

/** A connection as the server sees it: the bodies that came on it, and how to answer. */
interface Seen {
  socket: Socket;
  bodies: string[];
}

/**
 * A server that gives each body back on all connections but the first: there, it does what it is told once a request is
 * there in full. On a slow machine, any read may be asked once more.
 */
async function serve(onFirst: (seen: Seen, body: string) => void, most = 20) {
  const connections: Seen[] = [];
  const server = createServer((socket) => {
    const seen: Seen = { socket, bodies: [] };
    connections.push(seen);
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      for (let found = /^.*?content-length: (\d+)\r\n\r\n/s.exec(text); found; ) {
        const end = found[0].length + Number(found[1]);
        if (text.length < end) return;
        const body = text.slice(found[0].length, end);
        text = text.slice(end);
        seen.bodies.push(body);
        if (seen === connections[0]) onFirst(seen, body);
        else socket.write(answerTo(body));
        found = /^.*?content-length: (\d+)\r\n\r\n/s.exec(text);
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const http = new HttpClient(new URL(`http://127.0.0.1:${port}`), {
    connections: most,
    pipelining: 4,
    maxAnswerBytes: 100_000,
  });
  onTestFinished(async () => {
    for (const { socket } of connections) socket.destroy();
    await http.close();
    server.close();
  });
  const quick = new Pace();
  quick.averageMs = 1;
  const send = (body: string, pace: Pace | undefined = quick, call?: Cancellable) =>
    http.send('POST / HTTP/1.1\r\n', body, 30_000, call, pace);
  const alone = (body: string) => http.send('POST / HTTP/1.1\r\n', body, 30_000);
  return { http, send, alone, connections, quick };
}

const answerTo = (body: string, ...headers: string[]) =>
  [`HTTP/1.1 200 OK`, ...headers, `content-length: ${body.length}`, '', body].join('\r\n');

const textsOf = async (answers: Array<Promise<{ text: string }>>) =>
  (await Promise.all(answers)).map(({ text }) => text);

describe('reads of one turn', () => {
  it('share connections, and each gets its own answer', async () => {
    const { send, connections } = await serve(({ socket, bodies }) => {
      if (bodies.length === 4) socket.write(bodies.map((body) => answerTo(body)).join(''));
    });
    const answers = ['a', 'b', 'c', 'd', 'e'].map((body) => send(body));
    expect(await textsOf(answers)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(connections[0]?.bodies).toEqual(['a', 'b', 'c', 'd']);
    expect(connections[1]?.bodies).toEqual(['e']);
  });

  it('wait for a connection where there is none left, and then share it, too', async () => {
    // "e" is answered once "f" is there, and the others at once.
    const held: string[] = [];
    const { send, alone, connections } = await serve(({ socket }, body) => {
      held.push(body);
      if (body !== 'e')
        socket.write(
          held
            .splice(0)
            .map((each) => answerTo(each))
            .join(''),
        );
    }, 1);
    const reads = ['a', 'b', 'c', 'd'].map((body) => send(body));
    await new Promise((resolve) => setImmediate(resolve));
    const quick = new Pace();
    quick.averageMs = 1;
    const later = [alone('mutation'), send('e', quick), send('f', quick)];
    expect(await textsOf([...reads, ...later])).toEqual([
      ...['a', 'b', 'c', 'd', 'mutation', 'e', 'f'],
    ]);
    expect(connections).toHaveLength(1);
  });

  it('use the same connection again', async () => {
    const { send, connections, quick } = await serve(({ socket }, body) =>
      socket.write(answerTo(body)),
    );
    expect(await textsOf(['a', 'b'].map((body) => send(body)))).toEqual(['a', 'b']);
    quick.averageMs = 1;
    expect(await textsOf(['c', 'd'].map((body) => send(body)))).toEqual(['c', 'd']);
    const used = connections.find(({ bodies }) => bodies.includes('c'));
    expect(used?.bodies.slice(-2)).toEqual(['c', 'd']);
    expect(used?.bodies.length).toBeGreaterThan(2);
  });

  it('are answered in order, however their answers come in parts', async () => {
    const bodies = Array.from({ length: 4 }, (_, i) => `${i}`.repeat(1 + i * 7));
    const whole = bodies.map((body) => answerTo(body)).join('');
    for (let length = 1; length <= whole.length; length += 13) {
      const { send } = await serve(({ socket, bodies: seen }) => {
        if (seen.length < bodies.length) return;
        socket.setNoDelay(true);
        for (let i = 0; i < whole.length; i += length) socket.write(whole.slice(i, i + length));
      });
      expect(await textsOf(bodies.map((body) => send(body)))).toEqual(bodies);
    }
  });

  it('are sent as they come where they are not known to be quick, and where they change something', async () => {
    const { send, alone, connections } = await serve(({ socket }, body) =>
      socket.write(answerTo(body)),
    );
    const slow = new Pace();
    slow.averageMs = 100;
    const answers = [send('unknown', new Pace()), send('slow', slow), alone('mutation')];
    expect(await textsOf(answers)).toEqual(['unknown', 'slow', 'mutation']);
    expect(connections.map(({ bodies }) => bodies)).toEqual([['unknown'], ['slow'], ['mutation']]);
  });

  it('tell how long their operation takes', async () => {
    const { send } = await serve(({ socket }, body) => socket.write(answerTo(body)));
    const pace = new Pace();
    await send('a', pace);
    expect(pace.averageMs).toBeGreaterThan(0);
    expect(pace.averageMs).toBeLessThan(10_000);
  });
});

describe('a read behind one that takes its time', () => {
  it('is asked once more by itself, and the slow one is still answered', async () => {
    let busy = true;
    const { send, connections } = await serve((seen, body) => {
      if (!busy) seen.socket.write(answerTo(body));
    });
    const answers = ['slow', 'b', 'c'].map((body) => send(body));
    expect(await textsOf(answers.slice(1))).toEqual(['b', 'c']);
    expect(connections.map(({ bodies }) => bodies)).toEqual([['slow', 'b', 'c'], ['b'], ['c']]);
    // The late answers to the others are read, and nobody gets them.
    busy = false;
    const late = ['slow', 'the late b', 'the late c'].map((body) => answerTo(body));
    connections[0]?.socket.write(late.join(''));
    expect(await textsOf(answers)).toEqual(['slow', 'b', 'c']);
    const next = ['d', 'e', 'f', 'g', 'h', 'i'];
    expect(await textsOf(next.map((body) => send(body)))).toEqual(next);
  });

  it('takes nobody with it when it is broken off', async () => {
    const held = Promise.withResolvers<Seen>();
    const { send } = await serve((seen) => {
      if (seen.bodies.length === 3) held.resolve(seen);
    });
    const call: Cancellable = { cancel: undefined };
    const [a, b, c] = [send('a'), send('b', undefined, call), send('c')];
    const { socket, bodies } = await held.promise;
    call.cancel?.(new Error('never mind'));
    await expect(b).rejects.toThrow('never mind');
    socket.write(bodies.map((body) => answerTo(body)).join(''));
    expect(await textsOf([a, c])).toEqual(['a', 'c']);
  });

  it('is asked once more at once when that one is broken off', async () => {
    const held = Promise.withResolvers<void>();
    const { send, quick } = await serve((_, body) => {
      if (body === 'b') held.resolve();
    });
    const call: Cancellable = { cancel: undefined };
    const [slow, b] = [send('slow', undefined, call), send('b', quick)];
    await held.promise;
    call.cancel?.(new Error('too late'));
    await expect(slow).rejects.toThrow('too late');
    expect((await b).text).toBe('b');
  });
});

describe('reads whose connection ends before all are answered', () => {
  it('are asked once more where the server announced it', async () => {
    const { send, connections } = await serve(({ socket, bodies }) => {
      if (bodies.length === 3) socket.end(answerTo(bodies[0] ?? '', 'connection: close'));
    });
    expect(await textsOf(['a', 'b', 'c'].map((body) => send(body)))).toEqual(['a', 'b', 'c']);
    expect(connections[0]?.bodies).toEqual(['a', 'b', 'c']);
  });

  it('fail where it was their turn, and the others are asked once more', async () => {
    const { send } = await serve(({ socket, bodies }) => {
      if (bodies.length === 3) socket.destroy();
    });
    const [a, b, c] = ['a', 'b', 'c'].map((body) => send(body));
    await expect(a).rejects.toMatchObject({ name: 'ConnectionError' });
    expect(await textsOf([b, c] as never)).toEqual(['b', 'c']);
  });

  it('get nobody else’s answer from a server that answers more than it was asked', async () => {
    const { send, connections } = await serve(({ socket, bodies }) => {
      if (bodies.length === 2) socket.write([...bodies, 'x'].map((b) => answerTo(b)).join(''));
    });
    const [a, b] = [send('a'), send('b')];
    expect((await a).text).toBe('a');
    await expect(b).rejects.toThrow('nobody asked for');
    expect((await send('c')).text).toBe('c');
    expect(connections.length).toBeGreaterThan(1);
  });

  it('are answered before the client closes', async () => {
    const { http, send } = await serve(({ socket }, body) => socket.write(answerTo(body)));
    const answers = ['a', 'b'].map((body) => send(body));
    await http.close();
    expect(await textsOf(answers)).toEqual(['a', 'b']);
  });
});
