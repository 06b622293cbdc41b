import { InvalidArgumentError, Option } from 'commander';

/** `--url`: where Waybill is served; also taken from WAYBILL_URL, and from PORT for the one on this machine. */
export function urlOption(): Option {
  return new Option('--url <url>', 'where Waybill is served')
    .default(process.env.WAYBILL_URL ?? `http://localhost:${process.env.PORT ?? 4000}`)
    .argParser(webAddress);
}

/** `--url` of the pages for operators; also taken from OPS_PORT for the one on this machine. */
export function opsUrlOption(): Option {
  return new Option('--url <url>', "where Waybill's pages for operators are served")
    .default(`http://localhost:${process.env.OPS_PORT ?? 4001}`)
    .argParser(webAddress);
}

export function jsonOption(): Option {
  return new Option('--json', 'print the result as one JSON object');
}

/** An argument that must be a url of http or https. */
export function webAddress(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new InvalidArgumentError('It must begin with http:// or https://.');
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value > 0 && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('It must be a whole number from 1.');
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('It must be a whole number from 0.');
}
