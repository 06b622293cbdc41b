import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { ClientError } from '@waybill/kernel/errors.js';
import { LineFull, turns } from '@waybill/kernel/turns.js';

/** OWASP's second choice of parameters for argon2id: 19 MiB of memory, 2 passes, 1 lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes computed at once: each holds a core for some 20 ms, and one core and half of the thread pool are for others. */
const AT_ONCE = Math.min(2, Math.max(1, availableParallelism() - 1));

/** Hashes that may wait, some seconds at the most. */
const WAITING = 128;

/** Both throw TOO_MANY_REQUESTS where too many wait already. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long whether or not there is a hash to compare with, so that its time tells nobody who has an account. */
  verify(storedHash: string | null | undefined, password: string): Promise<boolean>;
}

export async function createPasswords(line = WAITING): Promise<Passwords> {
  const turn = refusing(turns(AT_ONCE, line));
  const nobodys = await hash(randomUUID(), PARAMETERS);
  return {
    hash: (password) => turn(() => hash(normalized(password), PARAMETERS)),
    verify: async (storedHash, password) => {
      const matches = await turn(() => verify(storedHash ?? nobodys, normalized(password)));
      return matches && storedHash != null;
    },
  };
}

type Turn = ReturnType<typeof turns>;

function refusing(turn: Turn): Turn {
  return (work) =>
    turn(work).catch((error) => {
      if (!(error instanceof LineFull)) throw error;
      throw new ClientError('TOO_MANY_REQUESTS', 'Too many log in at this moment: try again.');
    });
}

/** One keyboard's é is another's e with an accent: NIST SP 800-63B asks for one form. */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
