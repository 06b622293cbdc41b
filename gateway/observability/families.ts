import { Counter, Gauge, type Registry } from 'prom-client';

/** How a registry gets its families of metrics, in one line each. */
export class Families {
  readonly registry: Registry;

  constructor(registry: Registry) {
    this.registry = registry;
  }

  counter<Label extends string>(name: string, help: string, ...labelNames: Label[]) {
    return new Counter<Label>({ name, help, labelNames, registers: [this.registry] });
  }

  gauge<Label extends string>(name: string, help: string, ...labelNames: Label[]) {
    return new Gauge<Label>({ name, help, labelNames, registers: [this.registry] });
  }

  /** A number that is read whenever the metrics are. */
  reading(name: string, help: string, read: () => number): void {
    const registers = [this.registry];
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(read());
      },
    });
  }

  /** A count that is kept elsewhere. */
  counted(name: string, help: string, read: () => number): void {
    const registers = [this.registry];
    new Counter({
      ...{ name, help, registers },
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}
