type Packages = Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;

export function missingEntries(packages: Packages): Packages;
