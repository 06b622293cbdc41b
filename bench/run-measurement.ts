import { availableParallelism, cpus } from 'node:os';
import type { Closing } from '@waybill/deploy/closing.js';
import {
  type ExitCode,
  runCommand,
  type Terminal,
} from '@waybill/scripts/command-line/run-command.js';
import type { Command } from 'commander';

/** What was measured on. */
export interface Machine {
  cores: number;
  cpu: string;
  node: string;
}

export interface Measurement<Flags, Report> {
  measure(flags: Flags, tell: (line: string) => void): Promise<Report>;
  show(report: Report & { machine: Machine }): string;
}

/** Runs a command that measures: tells how it goes, reports as text or JSON, and takes away again all it started. */
export function runMeasurement<Flags extends object, Report extends object>(
  options: Command,
  terminal: Terminal,
  parts: Closing,
  { measure, show }: Measurement<Flags, Report>,
): Promise<ExitCode> {
  return runCommand(options, terminal, async (command) => {
    const { json, ...flags } = command.opts<Flags & { json?: boolean }>();
    try {
      const tell = (line: string) => terminal.err(`${line}\n`);
      const measured = await measure(flags as unknown as Flags, tell);
      const [cores, cpu] = [availableParallelism(), cpus()[0]?.model.trim() ?? 'unknown'];
      const report = { machine: { cores, cpu, node: process.version }, ...measured };
      terminal.out(json ? `${JSON.stringify(report, null, 2)}\n` : show(report));
      return 0;
    } finally {
      await parts.close();
    }
  });
}
