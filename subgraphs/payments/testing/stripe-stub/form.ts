export type Params = { [name: string]: string | Params };

/** Reads what Stripe takes: `metadata[key]=value&expand[0]=x`, as nested objects. */
export function parseForm(text: string): Params {
  const params: Params = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter(Boolean);
    const last = path.pop() as string;
    let place = params;
    for (const step of path) {
      place[step] ??= {};
      place = place[step] as Params;
    }
    place[last] = value;
  }
  return params;
}
