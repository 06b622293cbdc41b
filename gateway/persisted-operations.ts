/** Apollo's manifest of persisted operations. */
export interface PersistedManifest {
  readonly format: string;
  readonly version: number;
  readonly operations: ReadonlyArray<{ id: string; name?: string; type?: string; body: string }>;
}

/** Apollo's manifest, or `{ id: text }` as graphql-codegen and Relay write it. */
export type PersistedOperationsInput = PersistedManifest | Readonly<Record<string, string>>;

/** What was given as persisted operations is in none of the formats. */
export class PersistedOperationsError extends Error {
  override readonly name = 'PersistedOperationsError';
}

/** The operations clients may name by id instead of sending their text. */
export class PersistedOperations {
  readonly #texts = new Map<string, string>();
  readonly #ids = new Map<string, string>();

  /** Throws a PersistedOperationsError. */
  constructor(input: PersistedOperationsInput = {}) {
    for (const { id, text } of readManifest(input)) {
      this.#texts.set(id, text);
      this.#ids.set(text.trim(), id);
    }
  }

  get size(): number {
    return this.#texts.size;
  }

  text(id: string): string | undefined {
    return this.#texts.get(id);
  }

  idOfText(text: string): string | undefined {
    return this.#ids.get(text.trim());
  }
}

/** The operations in a manifest of any of the formats, by the ids that clients send. Throws a PersistedOperationsError. */
export function readManifest(input: unknown): Array<{ id: string; text: string }> {
  return entries(input as PersistedOperationsInput).map(([id, text]) => {
    if (typeof text !== 'string' || typeof id !== 'string') throw notText(id);
    return { id: bareId(id), text };
  });
}

/** The places in which clients put an operation's id. */
export interface PersistedReference {
  readonly extensions?: unknown;
  readonly documentId?: unknown;
  readonly id?: unknown;
  readonly doc_id?: unknown;
}

/**
 * The id a request refers to: `extensions.persistedQuery.sha256Hash` (Apollo), `documentId` (GraphQL over
 * HTTP, with or without its `sha256:`), `id` (codegen) or `doc_id` (Relay).
 */
export function persistedId(reference: PersistedReference): string | undefined {
  const id =
    persistedQuery(reference.extensions)?.sha256Hash ??
    reference.documentId ??
    reference.doc_id ??
    reference.id;
  return typeof id === 'string' && id !== '' ? bareId(id) : undefined;
}

/** The extension by which Apollo's clients name a registered or an automatic persisted query. */
export function persistedQuery(extensions: unknown): { sha256Hash?: unknown } | undefined {
  const { persistedQuery: extension } = (extensions ?? {}) as { persistedQuery?: object };
  return extension;
}

function bareId(id: string): string {
  return id.startsWith('sha256:') ? id.slice('sha256:'.length) : id;
}

function entries(input: PersistedOperationsInput): Array<[string, string]> {
  if (isManifest(input)) return input.operations.map((each) => [each?.id, each?.body]);
  if (typeof input === 'object' && input && !Array.isArray(input)) return Object.entries(input);
  throw notText(undefined);
}

function notText(id: unknown): PersistedOperationsError {
  const named = typeof id === 'string' ? `"${id}"` : 'one of them';
  const formats = "Apollo's manifest { operations: [{ id, body }] }, or { id: text }";
  return new PersistedOperationsError(`Persisted operations are ${formats}; ${named} has no text`);
}

function isManifest(input: PersistedOperationsInput): input is PersistedManifest {
  return Array.isArray((input as PersistedManifest | null)?.operations);
}
