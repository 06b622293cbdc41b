/** Something the operator can mend: one line per fault, never a stack. */
export class Fault extends Error {
  override name = 'Fault';
  readonly lines: readonly string[];

  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** A server could not listen: says which setting chooses its port. Other errors come back unchanged. */
export function listenFault(error: unknown, setting: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'EADDRINUSE') return portInUse(setting, port);
  if (code === 'EACCES') {
    return new Fault(`port ${port} needs more rights: set ${setting} to a port above 1023`);
  }
  return error;
}

export function portInUse(setting: string, port: number): Fault {
  return new Fault(`port ${port} is in use: stop what uses it or set ${setting}`);
}
