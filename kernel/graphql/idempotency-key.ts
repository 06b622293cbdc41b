/** Options of the field `idempotencyKey` in the input of a mutation; `kernel/idempotency.ts` keeps its promise. */
export const IDEMPOTENCY_KEY = {
  nullable: true,
  description:
    'Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT.',
} as const;
