import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { failedTries, type FailedTries } from '#jobs';
import { Refused } from '#platform';
import { Database, sql, type Sql, type Transaction } from '#store';
import { linesIn, PARTS, type Evidence, type PackOf } from './evidence.ts';
import { monthsToChoose } from './months-of-pack.ts';
import { detailsOf, evidenceIn, IS_KEPT } from './pack.ts';

/** A pack as a list shows it. */
export interface PackLine extends PackOf {
  readonly askedBy: string;
  readonly askedAt: Temporal.Instant;
  /** Null while it is made. */
  readonly readyAt: Temporal.Instant | null;
  /** How many parts are made, and how many there are. */
  readonly made: number;
  readonly parts: number;
  /** Of the job that makes it. */
  readonly tries: FailedTries;
}

export interface EvidencePage {
  /** The latest first. */
  readonly packs: readonly PackLine[];
  /** The first days of the months that a pack may be of, the latest first: the current month, then complete ones. */
  readonly months: readonly Temporal.PlainDate[];
  readonly now: Temporal.Instant;
}

export interface ReadyPack extends PackLine {
  readonly readyAt: Temporal.Instant;
  readonly evidence: Evidence;
}

export type OpenedPack = ReadyPack | (PackLine & { readonly evidence: null });

/** Evidence packs: the list, one of them, and one that is taken away. */
@Injectable()
export class ReadEvidence {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async list(by: StaffActor): Promise<EvidencePage> {
    return this.database.as(by).transaction(async (tx) => {
      const packs = (await packsOf(tx, sql`true`)).filter((pack) => maySee(by, pack));
      const { calendar } = await this.policies.inForce(tx);
      await tx.insert(auditEntry(tx, 'oversight.read', null, { page: 'evidence', named: packs.length }));
      return { packs, months: monthsToChoose(calendar.timeZone, tx.now), now: tx.now };
    });
  }

  /** Opens a pack, which may not be ready yet. @throws Refused `not-found` */
  async open(id: string, by: StaffActor): Promise<OpenedPack & { readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => ({ ...(await find(tx, id, by, 'read')), now: tx.now }));
  }

  /** Takes a pack away. @throws Refused `not-found`, `evidence-not-ready` */
  async download(id: string, by: StaffActor): Promise<ReadyPack> {
    return this.database.as(by).transaction(async (tx) => {
      const pack = await find(tx, id, by, 'downloaded');
      if (pack.evidence === null) throw new Refused('evidence-not-ready');
      return pack;
    });
  }
}

async function find(tx: Transaction, id: string, by: StaffActor, act: 'read' | 'downloaded'): Promise<OpenedPack> {
  const [pack] = await packsOf(tx, sql`p.id = ${id}`);
  if (pack === undefined || !maySee(by, pack)) throw new Refused('not-found');
  const { readyAt } = pack;
  if (readyAt === null) return { ...pack, evidence: null };
  const evidence = await evidenceIn(tx, id);
  const details = { ...detailsOf(pack), count: linesIn(evidence) };
  await tx.insert(auditEntry(tx, `evidence.${act}`, null, details));
  return { ...pack, readyAt, evidence };
}

/** A pack with whole numbers is for who may see the rows behind them. */
function maySee(by: StaffActor, { audience }: PackOf): boolean {
  return audience === 'publication' || may(by, 'oversight:rows');
}

async function packsOf(tx: Transaction, which: Sql): Promise<readonly PackLine[]> {
  const found = await tx.rows<Omit<PackLine, 'parts' | 'tries'>>(sql`
    SELECT p.id, p.audience, p.first_month AS "firstMonth", p.last_month AS "lastMonth", p.as_of AS "asOf",
      m.name AS "askedBy", p.asked_at AS "askedAt", p.ready_at AS "readyAt",
      (SELECT count(*)::int FROM evidence_part WHERE pack_id = p.id) AS made
    FROM evidence_pack p JOIN staff_member m ON m.id = p.asked_by
    WHERE ${IS_KEPT} AND ${which} ORDER BY p.asked_at DESC, p.id DESC`);
  const packs: PackLine[] = [];
  for (const one of found) {
    const tries = await failedTries(tx, 'make-evidence', { id: one.id });
    packs.push({ ...one, parts: PARTS[one.audience].length, tries });
  }
  return packs;
}
