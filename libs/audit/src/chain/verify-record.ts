import { Injectable } from '@nestjs/common';
import { sql, type Transaction } from '#store';
import { judgeBroken } from './judge-broken.ts';
import type { ChainedEntry } from './link.ts';
import { Marks } from './marks.ts';
import type { Tampering } from './tampering.ts';
import { WalkLane, type Broken, type Findings, type Head } from './walk-lane.ts';

/** What a verification of the whole record came to. */
export interface RecordReport {
  /** How many entries were compared with those before them. */
  readonly entries: number;
  /** The latest instant of an entry that was compared; null of a record without entries. */
  readonly lastEntryAt: Temporal.Instant | null;
  /** How many checkpoints the record was compared with. */
  readonly checkpoints: number;
  readonly lastCheckpointAt: Temporal.Instant | null;
  readonly holds: boolean;
  /** The first hundred; how many there are is `count`. */
  readonly tampering: readonly Tampering[];
  readonly count: number;
  /** Entries that are away with months that were detached after a checkpoint named them. */
  readonly detached: { readonly months: readonly string[]; readonly entries: number };
}

/** A row of the walk: a lane, before its entries, or an entry. */
interface Walked extends ChainedEntry {
  readonly isHead: boolean;
}

const AT_ONCE = 2_000;
const [KEPT, COMPARED] = [100, 300];

/** Compares every entry of the record with the one before it in its lane, and the lanes with every checkpoint. */
@Injectable()
export class VerifyRecord {
  /**
   * Reads one state of the record, in one pass that sorts it by lane: minutes for tens of millions of entries, with memory
   * for a few thousand.
   *
   * @param marks of no checkpoint, the record is compared with itself only
   * @param progress called now and then with how many entries are done
   */
  async execute(
    tx: Transaction,
    marks: Marks = new Marks(),
    progress: (entries: number) => void = () => undefined,
  ): Promise<RecordReport> {
    const walk = new Walk(marks, await attachedMonths(tx));
    for await (const rows of tx.inBatches<Walked>(WALKED, AT_ONCE)) {
      for (const row of rows) walk.take(row);
      progress(walk.entries);
    }
    return walk.end();
  }
}

/** Every lane, and its entries in the order of their numbers: one statement, so one state of both. */
const WALKED = sql`
  SELECT true AS "isHead", lane, seq, hash, NULL::uuid AS id, NULL::timestamptz AS at, NULL AS "actorKind",
    NULL::uuid AS "actorId", NULL AS act, NULL::uuid AS "referralId", NULL AS details, NULL AS "requestId"
  FROM record_lane
  UNION ALL
  SELECT false, lane, lane_seq, hash, id, at, actor_kind, actor_id, act, referral_id, details::text, request_id
  FROM audit_entry
  ORDER BY lane, "isHead" DESC, seq`;

/** The months of the record that are attached, `YYYY-MM`, the earliest first. */
export async function attachedMonths(tx: Transaction): Promise<readonly string[]> {
  const found = await tx.rows<{ month: string }>(sql`
    SELECT replace(right(c.relname, 7), '_', '-') AS month FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
    WHERE inhparent = 'public.audit_entry'::regclass AND c.relname ~ '^entry_[0-9]{4}_[0-9]{2}$' ORDER BY 1`);
  return found.map(({ month }) => month);
}

/** Walks lane after lane. */
class Walk implements Findings {
  entries = 0;
  private lastEntryAt: Temporal.Instant | null = null;
  private lane: WalkLane | null = null;
  private lanesSeen = new Set<number>();
  private readonly kept: Tampering[] = [];
  private count = 0;
  private readonly brokenOnes: Broken[] = [];
  private readonly gone: readonly string[];
  private readonly detachedMonths = new Set<string>();
  private detachedEntries = 0;

  constructor(
    private readonly marks: Marks,
    attached: readonly string[],
  ) {
    this.gone = [...marks.months].filter((month) => !attached.includes(month)).toSorted();
    for (const one of marks.faults) this.found(one);
  }

  take(row: Walked): void {
    if (!this.lanesSeen.has(row.lane)) this.begin(row.lane, row.isHead ? row : null);
    if (row.isHead) return;
    this.entries++;
    if (this.lastEntryAt === null || Temporal.Instant.compare(row.at, this.lastEntryAt) > 0) this.lastEntryAt = row.at;
    this.lane!.take(row);
  }

  end(): RecordReport {
    for (const lane of this.marks.lanes) if (!this.lanesSeen.has(lane)) this.begin(lane, null);
    this.lane?.end();
    for (const one of judgeBroken(this.brokenOnes)) this.found(one);
    return {
      entries: this.entries,
      lastEntryAt: this.lastEntryAt,
      checkpoints: this.marks.count,
      lastCheckpointAt: this.marks.lastAt,
      holds: this.count === 0,
      tampering: this.kept,
      count: this.count,
      detached: { months: [...this.detachedMonths].toSorted(), entries: this.detachedEntries },
    };
  }

  found(tampering: Tampering): void {
    this.count++;
    if (this.kept.length < KEPT) this.kept.push(tampering);
  }

  /** More than a person looks at are counted only. */
  broken(one: Broken): void {
    if (this.brokenOnes.length < COMPARED) this.brokenOnes.push(one);
    else this.count++;
  }

  isDetached(from: ChainedEntry | null, to: ChainedEntry | null, seq: number, upTo: number): boolean {
    const between = this.gone.filter(
      (month) => (from === null || month >= monthOf(from)) && (to === null || month <= monthOf(to)),
    );
    if (between.length === 0) return false;
    for (const month of between) this.detachedMonths.add(month);
    this.detachedEntries += upTo - seq + 1;
    return true;
  }

  private begin(lane: number, head: Head | null): void {
    this.lane?.end();
    this.lanesSeen.add(lane);
    this.lane = new WalkLane(lane, head, this.marks.ofLane(lane), this);
  }
}

function monthOf({ at }: ChainedEntry): string {
  return at.toString().slice(0, 7);
}
