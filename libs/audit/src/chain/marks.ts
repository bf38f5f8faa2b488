import type { CheckpointFile } from './checkpoint-folder.ts';
import type { Tampering } from './tampering.ts';
import type { Mark } from './walk-lane.ts';

/** What all checkpoints together say, in the shape in which the record is compared with them. */
export class Marks {
  readonly months = new Set<string>();
  readonly faults: Tampering[] = [];
  count = 0;
  lastAt: Temporal.Instant | null = null;
  private readonly byLane = new Map<number, Mark[]>();

  /** Reads every checkpoint. Of a lane that has not moved since the one before, nothing more is kept. */
  static async of(files: AsyncIterable<CheckpointFile>): Promise<Marks> {
    const marks = new Marks();
    for await (const file of files) marks.add(file);
    for (const all of marks.byLane.values()) all.sort((one, other) => one.seq - other.seq);
    return marks;
  }

  /** By their numbers. */
  ofLane(lane: number): readonly Mark[] {
    return this.byLane.get(lane) ?? [];
  }

  get lanes(): Iterable<number> {
    return this.byLane.keys();
  }

  private add({ name, checkpoint }: CheckpointFile): void {
    if (checkpoint === null) {
      const nowhere = { lane: 0, seq: 0, upTo: 0, row: null, beside: null };
      this.faults.push({ ...nowhere, kind: 'checkpoint', checkpoint: name });
      return;
    }
    this.count++;
    this.lastAt = checkpoint.at;
    for (const month of checkpoint.months) this.months.add(month);
    for (const { lane, seq, hash } of checkpoint.lanes) {
      const all = this.byLane.get(lane) ?? [];
      this.byLane.set(lane, all);
      const before = all.at(-1);
      if (before?.seq === seq && before.hash.equals(hash)) continue;
      all.push({ seq, hash, checkpoint: checkpoint.at.toString() });
    }
  }
}
