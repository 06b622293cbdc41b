import type { Registry } from 'prom-client';

/** What a registry has to tell, in Prometheus' text format 0.0.4. */
export async function prometheusText(registry: Registry): Promise<string> {
  const text = await registry.metrics();
  // prom-client's own spelling of NaN is none of the format's.
  return text.replaceAll(/ Nan$/gm, ' NaN');
}
