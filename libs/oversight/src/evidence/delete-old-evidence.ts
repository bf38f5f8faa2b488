import { Injectable } from '@nestjs/common';
import { Database, SERVICE, sql } from '#store';
import { IS_KEPT } from './pack.ts';

/** Deletes evidence packs that are a day old. */
@Injectable()
export class DeleteOldEvidence {
  constructor(private readonly database: Database) {}

  /** @returns how many it deleted */
  async execute(): Promise<number> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      // A pack that a job is making waits for the next time.
      const old = await tx.rows<{ id: string }>(sql`
        SELECT p.id FROM evidence_pack p WHERE NOT (${IS_KEPT}) FOR UPDATE SKIP LOCKED`);
      const ids = old.map(({ id }) => id);
      if (ids.length === 0) return 0;
      await tx.run(sql`DELETE FROM evidence_part WHERE pack_id = ANY(${ids})`);
      return tx.run(sql`DELETE FROM evidence_pack WHERE id = ANY(${ids})`);
    });
  }
}
