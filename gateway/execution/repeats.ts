/** Where the data of a run has one and the same object in many places. */
export class Repeats {
  readonly paths = new Set<string>();
  /** How many objects there are that have been before. */
  count = 0;

  add(path: string, times = 1): void {
    this.paths.add(path);
    this.count += times;
  }
}
