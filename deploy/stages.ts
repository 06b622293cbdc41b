import { colors as pc } from '@waybill/kernel/colors.js';

/** Runs a part of the start under a name that people see, with the seconds it took. */
export type Stage = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export const silentStage: Stage = (_name, work) => work();

/** Milliseconds after which a part that is still at work says so again. */
const HEARTBEAT_MS = 1500;

/** Where stages are shown: a terminal gets one line per stage, anything else a line per sign of life. */
export interface StageOutput {
  isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Shows every stage on `output`; nothing stays silent for over two seconds. */
export function shownStages(output: StageOutput = process.stderr): Stage {
  return async (name, work) => {
    const began = performance.now();
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
    const say = (text: string) => output.write(output.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
    if (output.isTTY) say(`  ${name} …`);
    const heartbeat = setInterval(
      () => say(pc.dim(`  ${name} … ${seconds()}`)),
      output.isTTY ? 100 : HEARTBEAT_MS,
    );
    try {
      const result = await work();
      say(`${pc.green('✓')} ${name} ${pc.dim(seconds())}${output.isTTY ? '\n' : ''}`);
      return result;
    } catch (error) {
      say(`${pc.red('✗')} ${name} ${pc.dim(seconds())}${output.isTTY ? '\n' : ''}`);
      throw error;
    } finally {
      clearInterval(heartbeat);
    }
  };
}
