import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { turns } from '@waybill/kernel/turns.js';

/** OWASP's second choice of parameters for argon2id: 19 MiB of memory, 2 passes, 1 lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes computed at once. Each holds a core for some 20 ms, and the thread pool has other work to do. */
const AT_ONCE = 2;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long whether or not there is a hash to compare with, so that its time tells nobody who has an account. */
  verify(storedHash: string | null | undefined, password: string): Promise<boolean>;
}

export async function createPasswords(): Promise<Passwords> {
  const turn = turns(AT_ONCE);
  const nobodys = await hash(randomUUID(), PARAMETERS);
  return {
    hash: (password) => turn(() => hash(normalized(password), PARAMETERS)),
    verify: async (storedHash, password) => {
      const matches = await turn(() => verify(storedHash ?? nobodys, normalized(password)));
      return matches && storedHash != null;
    },
  };
}

/** One keyboard's é is another's e with an accent: NIST SP 800-63B asks for one form. */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
