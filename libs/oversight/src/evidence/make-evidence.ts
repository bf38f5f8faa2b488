import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import type { JobPayloads } from '#jobs';
import { Database, EvidencePart, rowsOf, SERVICE, sql, type Transaction } from '#store';
import { Standings } from '../standings/standings.ts';
import { alertsOfPack } from './alerts-part.ts';
import { linesIn, PARTS, type PackOf, type PartName, type Parts } from './evidence.ts';
import { FiguresOfPack } from './figures-part.ts';
import { listsOfPack } from './lists-part.ts';
import { detailsOf, evidenceIn } from './pack.ts';
import { recomputationOfPack } from './recomputation-part.ts';
import { recordOfPack } from './record-part.ts';
import { samplesOfPack } from './samples-part.ts';

/**
 * Makes an evidence pack part by part. Each part is stored when it is made, so that the page shows how far it is, and a
 * job that failed goes on where it was.
 */
@Injectable()
export class MakeEvidence {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly standings: Standings,
    private readonly figures: FiguresOfPack,
  ) {}

  async handle({ id }: JobPayloads['make-evidence'], tx: Transaction): Promise<void> {
    const pack = await tx.row<PackOf & { askedBy: string }>(sql`
      SELECT id, audience, first_month AS "firstMonth", last_month AS "lastMonth", as_of AS "asOf", asked_by AS "askedBy"
      FROM evidence_pack WHERE id = ${id} AND ready_at IS NULL`);
    // Deleted, or ready.
    if (pack === null) return;
    for (const name of PARTS[pack.audience]) await this.makeOnce(pack, name);
    await tx.run(sql`UPDATE evidence_pack SET ready_at = ${tx.now} WHERE id = ${id}`);
    const count = linesIn(await evidenceIn(tx, id));
    const asker = { now: tx.now, actor: { kind: 'staff', id: pack.askedBy } } as const;
    await tx.insert(auditEntry(asker, 'evidence.made', null, { ...detailsOf(pack), count }));
  }

  /** In a transaction of its own, which reads one state of the record. */
  private async makeOnce(pack: PackOf, name: PartName): Promise<void> {
    await this.database.as(SERVICE).transaction(async (tx) => {
      if ((await tx.one(EvidencePart, { packId: pack.id, name }, ['name'])) !== null) return;
      await tx.insert(rowsOf(EvidencePart, { packId: pack.id, name, content: await this.make(tx, pack, name) }));
    });
  }

  private async make(tx: Transaction, pack: PackOf, name: PartName): Promise<Parts[PartName]> {
    const { calendar } = await this.policies.inForceAt(pack.asOf, tx);
    const moment = { asOf: pack.asOf, calendar };
    const makers: Readonly<Record<PartName, () => Promise<Parts[PartName]>>> = {
      figures: () => this.figures.make(tx, pack),
      alerts: () => alertsOfPack(tx, pack, moment),
      lists: () => listsOfPack(tx, this.standings, pack, moment),
      samples: () => samplesOfPack(tx, pack),
      recomputation: () => recomputationOfPack(tx, pack, moment),
      record: () => recordOfPack(tx),
    };
    return makers[name]();
  }
}
