/** A way through a graph: what it passes, from where it begins. */
export type Path<Node> = readonly Node[];

/**
 * Everything that can be reached from `start`, each with a shortest path to it. `next` tells where one leads on to, and
 * `key` when two are the same.
 */
export function pathsFrom<Node>(
  start: Node,
  next: (node: Node) => Node[],
  key: (node: Node) => string,
): Map<string, Path<Node>> {
  const found = new Map<string, Path<Node>>([[key(start), [start]]]);
  // A map yields what is added while it is walked through: nearest first.
  for (const path of found.values()) {
    for (const node of next(path.at(-1) as Node)) {
      if (!found.has(key(node))) found.set(key(node), [...path, node]);
    }
  }
  return found;
}
