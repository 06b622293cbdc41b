import { type FileHandle, open, readFile } from 'node:fs/promises';

/** What the system promised a client: written down when the answer had come, never before. */
export interface Acknowledged {
  /** Milliseconds since 1970. */
  at: number;
  action: Action;
  key: string;
  /** The order, and the refund or return where one was asked for: ids of the API. */
  orderId: string;
  refundId?: string;
  returnId?: string;
  /** How often it was asked for before there was an answer. */
  attempts: number;
}

export type Action = 'place' | 'pay' | 'cancel' | 'fulfill' | 'refund' | 'return';

export interface Journal {
  /** Resolves when the entry is on disk. */
  append(entry: Acknowledged): Promise<void>;
  close(): Promise<void>;
}

export async function openJournal(file: string): Promise<Journal> {
  const handle: FileHandle = await open(file, 'a');
  let last: Promise<void> = Promise.resolve();
  const write = async (line: string) => {
    await handle.appendFile(line);
    await handle.datasync();
  };
  return {
    append: (entry) => {
      last = last.then(() => write(`${JSON.stringify(entry)}\n`));
      return last;
    },
    close: async () => {
      await last.catch(() => {});
      await handle.close();
    },
  };
}

export async function readJournal(file: string): Promise<Acknowledged[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Acknowledged);
}
