import type { Wrong } from './violation.ts';

const WRONGS: readonly Wrong[] = ['missed', 'duplicate', 'early', 'lost', 'undelivered', 'invariant', 'other'];

/** What has been done and what came of it, over all trials. */
export class Tally {
  trials = 0;
  failed = 0;
  alerts = 0;
  deliveries = 0;
  endedByThemselves = 0;
  readonly acts = new Map<string, number>();
  readonly faults = new Map<string, number>();
  readonly wrongs = new Map<Wrong, number>();
  private readonly settled: { readonly quiet: number[]; readonly faulty: number[] } = { quiet: [], faulty: [] };
  private readonly begun = performance.now();

  count(map: Map<string, number>, key: string): void {
    map.set(key, (map.get(key) ?? 0) + 1);
  }

  /** @param faulty whether a fault has struck in this trial */
  settledAfter(ms: number, faulty: boolean): void {
    this.settled[faulty ? 'faulty' : 'quiet'].push(ms);
  }

  get secondsPerTrial(): number {
    return (performance.now() - this.begun) / 1000 / Math.max(this.trials, 1);
  }

  get line(): string {
    const wrong = [...this.wrongs].map(([kind, n]) => `${kind} ${n}`).join(', ') || 'nothing wrong';
    return `${this.trials} trials, ${this.secondsPerTrial.toFixed(2)} s each, ${this.alerts} alerts, ${wrong}`;
  }

  get summary(): string {
    const { quiet, faulty } = this.settled;
    return [
      `trials              ${this.trials}`,
      `acts                ${sum(this.acts)}: ${listed(this.acts)}`,
      `faults              ${sum(this.faults)}: ${listed(this.faults)}`,
      `alerts fired        ${this.alerts}`,
      `deliveries          ${this.deliveries}`,
      ...WRONGS.map((wrong) => `${wrong.padEnd(20)}${this.wrongs.get(wrong) ?? 0}`),
      `ended by themselves ${this.endedByThemselves}`,
      `settled             ${spread(quiet)} before a trial's first fault, ${spread(faulty)} after it`,
      `wall time           ${((performance.now() - this.begun) / 60_000).toFixed(1)} minutes, ${this.secondsPerTrial.toFixed(2)} s a trial`,
    ].join('\n');
  }
}

const sum = (map: ReadonlyMap<string, number>) => [...map.values()].reduce((a, b) => a + b, 0);
const listed = (map: ReadonlyMap<string, number>) =>
  [...map].sort(([, a], [, b]) => b - a).map(([key, n]) => `${key} ${n}`).join(', '); // prettier-ignore

function spread(times: readonly number[]): string {
  if (times.length === 0) return 'never';
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => `${sorted[Math.floor((sorted.length - 1) * share)]!.toFixed(0)} ms`;
  return `median ${at(0.5)}, p99 ${at(0.99)}, worst ${at(1)}`;
}
