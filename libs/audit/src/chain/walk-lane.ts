import { BEGINNING, entryHash, type ChainedEntry } from './link.ts';
import type { TamperedRow, Tampering, TamperingKind } from './tampering.ts';

/** What a checkpoint says of a lane. */
export interface Mark {
  readonly seq: number;
  readonly hash: Buffer;
  /** The instant of the checkpoint, RFC 3339. */
  readonly checkpoint: string;
}

/** The last number and hash of a lane, as the table of lanes has them. */
export interface Head {
  readonly lane: number;
  readonly seq: number;
  readonly hash: Buffer;
}

/** An entry that does not follow from the one before it. */
export interface Broken {
  readonly entry: ChainedEntry;
  /** The hash that the entry before it has. */
  readonly previous: Buffer;
  readonly before: ChainedEntry | null;
}

/** What a walk finds. */
export interface Findings {
  found(tampering: Tampering): void;
  /** Whether entries are away because the month in which they were is detached. Either end may be unknown. */
  isDetached(from: ChainedEntry | null, to: ChainedEntry | null, seq: number, upTo: number): boolean;
  broken(one: Broken): void;
}

/** Walks the entries of one lane in the order of their numbers, and compares each with the one before it. */
export class WalkLane {
  private previous: Buffer | null = BEGINNING;
  private last: ChainedEntry | null = null;
  private alike: ChainedEntry[] = [];
  private suspect: Broken | null = null;
  /** How much higher the numbers are than those that were hashed: rows were put in, or taken out, before them. */
  private shift = 0;
  private mark = 0;
  private agreed: ChainedEntry | null = null;
  private firstSinceAgreed: ChainedEntry | null = null;
  private disagrees = false;

  /**
   * @param head null where the table of lanes does not have it
   * @param marks of the checkpoints, by their numbers
   */
  constructor(
    private readonly lane: number,
    private readonly head: Head | null,
    private readonly marks: readonly Mark[],
    private readonly findings: Findings,
  ) {}

  take(entry: ChainedEntry): void {
    if (this.alike.length > 0 && this.alike[0]!.seq !== entry.seq) this.settle();
    this.alike.push(entry);
  }

  end(): void {
    this.settle();
    this.confirm();
    const seq = (this.last?.seq ?? 0) - this.shift;
    // A lane that has entries and no row of its own: its end is not known.
    const headSeq = this.head?.seq ?? (this.last === null ? 0 : seq + 1);
    if (headSeq > seq && !this.findings.isDetached(this.last, null, seq + 1, headSeq)) {
      this.report('tail-deleted', seq + 1, headSeq, null, this.last);
    } else if (headSeq === seq && this.last !== null && !this.last.hash.equals(this.head!.hash)) {
      this.report('edited', seq, seq, this.last, null);
    }
    const behind = this.marks.at(-1);
    if (behind !== undefined && behind.seq > Math.max(seq, headSeq)) {
      this.report('rolled-back', seq + 1, behind.seq, null, this.last, behind.checkpoint);
    }
  }

  /** Of several rows with one number, the one that follows from the row before it is the one that was written. */
  private settle(): void {
    const [first, ...more] = this.alike;
    this.alike = [];
    if (first === undefined) return;
    const all = [first, ...more];
    const right = all.find((one) => this.follows(one, this.previous, this.shift)) ?? first;
    for (const one of all) if (one !== right) this.report('inserted', one.seq, one.seq, one, null);
    if (this.head !== null && right.seq - this.shift > this.head.seq) {
      this.report('inserted', right.seq, right.seq, right, null);
      return;
    }
    this.check(right);
  }

  private check(entry: ChainedEntry): void {
    const expected = (this.last?.seq ?? 0) + 1;
    if (entry.seq > expected) this.gap(expected, entry);
    if (this.previous !== null && !this.follows(entry, this.previous, this.shift)) {
      this.previous = this.doubt(entry, this.previous);
    } else {
      this.confirm();
      this.previous = entry.hash;
    }
    this.last = entry;
    this.firstSinceAgreed ??= entry;
    this.compareWithCheckpoints(entry);
  }

  private gap(expected: number, entry: ChainedEntry): void {
    this.confirm();
    const upTo = entry.seq - 1;
    if (!this.findings.isDetached(this.last, entry, expected, upTo)) {
      this.report('deleted', expected, upTo, entry, this.last);
    }
    this.previous = this.hashAt(upTo);
  }

  /** A checkpoint may know the hash of a row that is gone. */
  private hashAt(seq: number): Buffer | null {
    return this.marks.find((mark) => mark.seq === seq)?.hash ?? null;
  }

  /**
   * The row after a doubtful one says which of the ways it was.
   *
   * @returns the hash from which the next row must follow
   */
  private doubt(entry: ChainedEntry, previous: Buffer): Buffer {
    const isKnown = this.suspect !== null && this.explain(this.suspect, entry);
    if (isKnown === 'swapped') {
      const { hash } = this.suspect!.entry;
      this.suspect = null;
      return hash;
    }
    if (isKnown === false) {
      this.confirm();
      this.suspect = { entry, previous, before: this.last };
    }
    return entry.hash;
  }

  /** Whether the row after it shows that a row was put in or taken out there, or that both stand in the other's place. */
  private explain({ entry: doubtful, previous, before }: Broken, entry: ChainedEntry): boolean | 'swapped' {
    const seq = doubtful.seq;
    if (this.follows(entry, previous, this.shift + 1)) {
      if (this.follows(doubtful, entry.hash, this.shift - 1)) {
        this.report('swapped', seq, entry.seq, doubtful, entry);
        return 'swapped';
      }
      // Those after it count one more than they were hashed with.
      this.moved(1);
      this.report('inserted', seq, seq, doubtful, null);
      return true;
    }
    if (before !== null && this.follows(entry, doubtful.hash, this.shift + 1)) {
      this.moved(1);
      this.report('inserted', before.seq, before.seq, before, null);
      return true;
    }
    if (this.follows(entry, doubtful.hash, this.shift - 1)) {
      this.moved(-1);
      this.report('deleted', seq, seq, doubtful, before);
      return true;
    }
    return false;
  }

  private moved(by: number): void {
    this.suspect = null;
    this.shift += by;
  }

  private confirm(): void {
    if (this.suspect === null) return;
    this.findings.broken(this.suspect);
    this.suspect = null;
  }

  private compareWithCheckpoints(entry: ChainedEntry): void {
    for (; this.mark < this.marks.length && this.marks[this.mark]!.seq <= entry.seq - this.shift; this.mark++) {
      const { seq, hash, checkpoint } = this.marks[this.mark]!;
      if (seq !== entry.seq - this.shift || this.disagrees) continue;
      if (hash.equals(entry.hash)) {
        this.agreed = entry;
        this.firstSinceAgreed = null;
        continue;
      }
      this.disagrees = true;
      this.report('restamped', (this.agreed?.seq ?? 0) + 1, seq, this.firstSinceAgreed, entry, checkpoint);
    }
  }

  private follows(entry: ChainedEntry, previous: Buffer | null, shift: number): boolean {
    if (previous === null) return true;
    const place = { lane: this.lane, seq: entry.seq - shift };
    return entryHash(previous, entry, place).equals(entry.hash);
  }

  private report(
    kind: TamperingKind,
    seq: number,
    upTo: number,
    row: ChainedEntry | null,
    beside: ChainedEntry | null,
    checkpoint: string | null = null,
  ): void {
    this.findings.found({ kind, lane: this.lane, seq, upTo, row: rowOf(row), beside: rowOf(beside), checkpoint });
  }
}

/** How a row is named. */
export function rowOf(entry: ChainedEntry): TamperedRow;
export function rowOf(entry: ChainedEntry | null): TamperedRow | null;
export function rowOf(entry: ChainedEntry | null): TamperedRow | null {
  if (entry === null) return null;
  const { lane, seq, id, at } = entry;
  return { lane, seq, id, at: at.toString() };
}
