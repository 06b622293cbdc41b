/** How many items there are of each name, the most frequent first. */
export function countBy<T>(
  items: Iterable<T>,
  nameOf: (item: T) => string,
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const name = nameOf(item);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
