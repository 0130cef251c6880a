/** Figures of /metrics over time, as far as this page has been open. */

export type Sample = { at: number; values: Map<string, number> };

/** `name{labels} value` lines of the Prometheus text format; histograms by their sum and count only. */
export function parseMetrics(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (!line || line.startsWith('#') || line.includes('_bucket{')) continue;
    const end = line.lastIndexOf(' ');
    values.set(line.slice(0, end), Number(line.slice(end + 1)));
  }
  return values;
}

const labelOf = (key: string, label: string): string | undefined => new RegExp(`[{,]${label}="([^"]*)"`).exec(key)?.[1];

const has = (key: string, name: string, labels: Record<string, string>) =>
  (key === name || key.startsWith(`${name}{`)) && Object.entries(labels).every(([label, value]) => labelOf(key, label) === value);

/** The sum of a metric's series that have these labels. */
export function total(values: Map<string, number>, name: string, labels: Record<string, string> = {}): number | null {
  let sum: number | null = null;
  for (const [key, value] of values) if (has(key, name, labels)) sum = (sum ?? 0) + value;
  return sum;
}

export function labelValues(values: Map<string, number>, name: string, label: string): string[] {
  const found = new Set<string>();
  for (const key of values.keys()) if (has(key, name, {})) found.add(labelOf(key, label) ?? '');
  found.delete('');
  return [...found].sort();
}

export const gauge = (samples: Sample[], name: string, labels: Record<string, string>): (number | null)[] =>
  samples.map((each) => total(each.values, name, labels));

/** Growth a second between neighbours; nothing where a counter began again or a sample is missing. */
export function rate(samples: Sample[], name: string, labels: Record<string, string>): (number | null)[] {
  return samples.map((each, index) => {
    const before = samples[index - 1];
    const now = total(each.values, name, labels);
    const then = before && total(before.values, name, labels);
    if (!before || now === null || then === null || then === undefined || now < then) return null;
    return (now - then) / (each.at - before.at);
  });
}

/** Mean of a histogram between neighbours, in its unit. */
export function mean(samples: Sample[], name: string, labels: Record<string, string>): (number | null)[] {
  const sums = rate(samples, `${name}_sum`, labels);
  const counts = rate(samples, `${name}_count`, labels);
  return sums.map((sum, index) => {
    const count = counts[index];
    return sum === null || !count ? null : sum / count;
  });
}
