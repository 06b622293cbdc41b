interface Lockfile {
  packages: Record<
    string,
    { version?: string; link?: boolean; optional?: boolean; devOptional?: boolean }
  >;
}

export function nodeFault(version: string, system: string): string | undefined;
export function matchesLock(lock: Lockfile | undefined, installed: Lockfile | undefined): boolean;
