import pc from 'picocolors';

interface Output {
  isTTY?: boolean;
}

/**
 * Colours are for people at a terminal: none where output is piped or NO_COLOR (no-color.org) is set, whatever else the
 * environment says; FORCE_COLOR has them anyway.
 */
export function wantsColors(output: Output, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  return Boolean(env.FORCE_COLOR) || (output.isTTY === true && env.TERM !== 'dumb');
}

export const colors = pc.createColors(wantsColors(process.stdout, process.env));
