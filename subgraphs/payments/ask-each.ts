export interface Asked<Item, Answer> {
  answered: Array<{ item: Item; answer: Answer }>;
  failed: Array<{ item: Item; error: Error }>;
}

/** Asks about all items at once; one that fails leaves the others alone. */
export async function askEach<Item, Answer>(
  items: Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Asked<Item, Answer>> {
  const asked: Asked<Item, Answer> = { answered: [], failed: [] };
  const answers = await Promise.allSettled(
    items.map(async (item) => ({ item, answer: await ask(item) })),
  );
  answers.forEach((settled, i) => {
    if (settled.status === 'fulfilled') asked.answered.push(settled.value);
    else asked.failed.push({ item: items[i] as Item, error: asError(settled.reason) });
  });
  return asked;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
