/** Reads what a registry exposes, so that tests compare samples and not text. */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/s;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/gs;
const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\\\': '\\', '\\"': '"' };

/** The samples of a text in Prometheus' exposition format. */
export function parseExposition(text: string): Sample[] {
  return text.split('\n').flatMap((content) => {
    const [, name, labels = '', value] = content.startsWith('#') ? [] : (line.exec(content) ?? []);
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(label)].map(([, key = '', raw = '']) => [key, unescape(raw)] as const);
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value === '+Inf' ? Infinity : value) }];
  });
}

export interface Exposition {
  readonly samples: readonly Sample[];
  /** The value of the one series with these labels, or undefined. */
  readonly value: (name: string, labels?: Readonly<Record<string, string>>) => number | undefined;
  /** All series of a name: label values, joined with a space in the order of the label names, and what they stand at. */
  readonly series: (name: string) => Record<string, number>;
}

/** Scrapes a registry of either client. */
export async function scrape(registry: { metrics(): Promise<string> }): Promise<Exposition> {
  const samples = parseExposition(await registry.metrics());
  return {
    samples,
    value: (name, labels = {}) =>
      samples.find((sample) => sample.name === name && isSame(sample.labels, labels))?.value,
    series: (name) =>
      Object.fromEntries(
        samples.filter((sample) => sample.name === name).map((sample) => [keyOf(sample.labels), sample.value]),
      ),
  };
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return Object.keys(labels)
    .sort()
    .map((name) => labels[name])
    .join(' ');
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return (
    Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => b[name] === value)
  );
}

function unescape(text: string): string {
  return text.replaceAll(/\\[n\\"]/g, (escape) => escapes[escape] ?? escape);
}
