import { colors as pc } from '@waybill/kernel/colors.js';
import { Command } from 'commander';
import { Client } from './client.js';
import { Failure } from './command-line/failure.js';
import { urlOption } from './command-line/options.js';
import {
  type ExitCode,
  processTerminal,
  runCommand,
  type Terminal,
} from './command-line/run-command.js';
import { tellStory } from './demo/tell-story.js';

/** Seconds that the whole demo may take before something is surely wrong. */
const PATIENCE_SECONDS = 60;

/** `npm run demo`: an order travels from cart to confirmed, and another one fails. */
export function demo(terminal: Terminal): Promise<ExitCode> {
  const command = new Command('demo')
    .description(
      'Registers a customer, places an order and follows it live until it is confirmed;\n' +
        'then has an order fail on a declined card and shows that its stock is free again.\n' +
        'Uses nothing but persisted operations.',
    )
    .addOption(urlOption());
  return runCommand(command, terminal, async () => {
    const { url } = command.opts<{ url: string }>();
    let token: string | undefined;
    const client = new Client({ url, token: async () => token });
    const logIn = (accessToken: string) => {
      token = accessToken;
    };
    const say = (line = '') => terminal.out(`${line}\n`);
    say(`${pc.bold('Waybill')} at ${url}\n`);
    try {
      await Promise.race([tellStory(client, logIn, say), outOfPatience()]);
      return 0;
    } finally {
      await client.close();
    }
  });
}

function outOfPatience(): Promise<never> {
  return new Promise((_, reject) => {
    const message = `the story did not end within ${PATIENCE_SECONDS} s: are the workers running?`;
    setTimeout(() => reject(new Failure(message)), PATIENCE_SECONDS * 1000).unref();
  });
}

if (import.meta.main) process.exitCode = await demo(processTerminal());
