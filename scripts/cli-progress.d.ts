/** The part of cli-progress that is used here; the package brings no types. */
declare module 'cli-progress' {
  export interface Options {
    format: string;
    stream: NodeJS.WriteStream;
    hideCursor: boolean;
    clearOnComplete: boolean;
    gracefulExit: boolean;
  }

  export class SingleBar {
    constructor(options: Options);
    start(total: number, startValue: number): void;
    update(value: number): void;
    stop(): void;
  }
}
