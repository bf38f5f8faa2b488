import { createHash } from 'node:crypto';
import type { Head } from './walk-lane.ts';

/** The state of the record at an instant: what a checkpoint commits to. */
export interface Checkpoint {
  readonly at: Temporal.Instant;
  /** The last number and hash of each lane that has entries, by lane. */
  readonly lanes: readonly Head[];
  /** The months of the record that are attached, `YYYY-MM`. */
  readonly months: readonly string[];
}

const ORIGIN = 'mash-triage/record';
const LANE = /^lane (\d{1,3}) (\d{1,15}) ([A-Za-z0-9+/]{43}=)$/;

/** How many entries a checkpoint commits to. */
export function entriesIn({ lanes }: Pick<Checkpoint, 'lanes'>): number {
  return lanes.reduce((sum, { seq }) => sum + seq, 0);
}

/**
 * A checkpoint as text: the origin, how many entries there are, the SHA-256 of the lines of lanes in base64, the instant,
 * the months, and a line for each lane. The first three lines are those of C2SP's checkpoint.
 *
 * @see https://c2sp.org/tlog-checkpoint
 */
export function checkpointText(checkpoint: Checkpoint): string {
  const { at, lanes, months } = checkpoint;
  const lines = lanes.map(({ lane, seq, hash }) => `lane ${lane} ${seq} ${hash.toString('base64')}\n`);
  return [
    `${ORIGIN}\n${entriesIn(checkpoint)}\n${rootOf(lines)}\n`,
    `time ${at.toString()}\n`,
    `months ${months.join(' ') || 'none'}\n`,
    ...lines,
  ].join('');
}

/** @returns null when the text is no checkpoint, or does not agree with itself */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin, entries, root, time, months, ...lines] = text.trimEnd().split('\n');
  if (origin !== ORIGIN || !time?.startsWith('time ') || !months?.startsWith('months ')) return null;
  const lanes = lines.flatMap((line) => {
    const [, lane, seq, hash] = LANE.exec(line) ?? [];
    return hash === undefined ? [] : [{ lane: Number(lane), seq: Number(seq), hash: Buffer.from(hash, 'base64') }];
  });
  if (lanes.length !== lines.length || String(entriesIn({ lanes })) !== entries) return null;
  if (rootOf(lines.map((line) => `${line}\n`)) !== root) return null;
  const attached = months.slice('months '.length).split(' ');
  return {
    at: Temporal.Instant.from(time.slice('time '.length)),
    lanes,
    months: attached.filter((month) => month !== 'none'),
  };
}

function rootOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('')).digest('base64');
}
