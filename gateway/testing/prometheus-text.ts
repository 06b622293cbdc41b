/** A family of metrics as Prometheus' text format 0.0.4 shows it. */
export interface Family {
  type: string;
  samples: Sample[];
}

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const NUMBER = '[+-]Inf|NaN|[+-]?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?';
const HEAD = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (${NUMBER})$`);
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];

/**
 * Reads the text format as its specification has it, and throws at whatever a lenient reader would pass over: lines of
 * no known form, families without help or type or told twice, series told twice, and histograms that do not add up.
 */
export function parsePrometheusText(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let helpOf: string | undefined;
  let current: { name: string; family: Family } | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue;
    const [, keyword, name = '', rest = ''] = HEAD.exec(line) ?? [];
    if (keyword === 'HELP') {
      helpOf = name;
    } else if (keyword === 'TYPE') {
      if (helpOf !== name) throw new Error(`${name} has no help`);
      if (!TYPES.includes(rest)) throw new Error(`${name} is of no known type: ${rest}`);
      if (families.has(name)) throw new Error(`${name} is told twice`);
      current = { name, family: { type: rest, samples: [] } };
      families.set(name, current.family);
    } else {
      const sample = parseSample(line);
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted()]);
      if (seen.has(key)) throw new Error(`told twice: ${line}`);
      if (!current || !belongs(sample.name, current.name, current.family.type)) {
        throw new Error(`part of no family: ${line}`);
      }
      seen.add(key);
      current.family.samples.push(sample);
    }
  }
  for (const [name, { type, samples }] of families) {
    if (type === 'histogram') checkHistogram(name, samples);
  }
  return families;
}

function parseSample(line: string): Sample {
  const [, name, labels, number] = SAMPLE.exec(line) ?? [];
  if (!name || !number) throw new Error(`not a sample: ${line}`);
  const pairs = labels?.match(new RegExp(LABEL, 'g')) ?? [];
  const entries = pairs.map((pair) => {
    const mark = pair.indexOf('=');
    return [pair.slice(0, mark), JSON.parse(pair.slice(mark + 1)) as string] as const;
  });
  if (new Set(entries.map(([key]) => key)).size < entries.length) {
    throw new Error(`a label is told twice: ${line}`);
  }
  const value = Number(number.replace('Inf', 'Infinity'));
  return { name, labels: Object.fromEntries(entries), value };
}

function belongs(sample: string, family: string, type: string): boolean {
  const endings: Record<string, string[]> = {
    histogram: ['_bucket', '_sum', '_count'],
    summary: ['', '_sum', '_count'],
  };
  return (endings[type] ?? ['']).some((ending) => sample === family + ending);
}

/** Buckets only grow, and the last holds as many as were counted. */
function checkHistogram(name: string, samples: readonly Sample[]): void {
  const series = Map.groupBy(samples, ({ labels: { le: _, ...labels } }) => JSON.stringify(labels));
  for (const [labels, of] of series) {
    const buckets = of.filter((sample) => sample.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => Number(labels.le?.replace('Inf', 'Infinity')));
    const counts = buckets.map(({ value }) => value);
    const count = of.find((sample) => sample.name === `${name}_count`)?.value;
    const sum = of.find((sample) => sample.name === `${name}_sum`)?.value;
    const grows = (values: number[]) =>
      values.every((each, i) => i === 0 || each >= (values[i - 1] ?? 0));
    if (!grows(bounds) || !grows(counts) || bounds.at(-1) !== Number.POSITIVE_INFINITY) {
      throw new Error(`the buckets of ${name}${labels} do not grow`);
    }
    if (counts.at(-1) !== count || sum === undefined) {
      throw new Error(`${name}${labels} does not add up`);
    }
  }
}
