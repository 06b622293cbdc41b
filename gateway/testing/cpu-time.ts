/** The least CPU time that a few runs take, in milliseconds: on a busy machine the clock says little. */
export async function leastCpuMs(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    const start = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1_000);
  }
  return Math.min(...times);
}
