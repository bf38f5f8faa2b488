import { Inject, Injectable } from '@nestjs/common';
import { LOG, type Logger } from '#platform';
import { Database, SERVICE, sql, type Transaction } from '#store';
import { keyOf } from './file-bytes.ts';
import { FileStore } from './objects/file-store.ts';
import { ObjectsAway } from './objects/objects-away.ts';

/** An object is put before its row is written. The clock of the store may differ from ours by much less. */
const YOUNG = { hours: 2 } as const;

/**
 * Removes the objects that no row names: of parts that came again, of files that were removed or refused, and of what broke off.
 * Only of files that the record knows to have been begun here: another hub that was given the same bucket by mistake, or a copy of
 * this one that was restored to an earlier moment, removes nothing of the other.
 */
@Injectable()
export class RemoveOrphans {
  constructor(
    private readonly database: Database,
    private readonly store: FileStore,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** A store that is away is asked again at the next hour. @returns how many */
  async execute(): Promise<number> {
    const { objects } = this.store;
    if (objects === null) return 0;
    let removed = 0;
    try {
      for await (const listed of objects.list()) {
        for (const key of await this.orphansOf(listed)) {
          await objects.remove(key);
          removed += 1;
        }
      }
    } catch (error) {
      if (!(error instanceof ObjectsAway)) throw error;
      this.log.warn({ error }, 'objects that no file has are removed at the next hour');
    }
    return removed;
  }

  private async orphansOf(
    listed: readonly { readonly key: string; readonly changedAt: Temporal.Instant }[],
  ): Promise<readonly string[]> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      const young = tx.now.subtract(YOUNG);
      const old = listed.filter(({ changedAt }) => Temporal.Instant.compare(changedAt, young) < 0);
      const ids = old.map(({ key }) => key.split('/')[2]).filter((id) => id !== undefined);
      const named = await tx.rows<{ fileId: string; number: number; objectId: string }>(sql`
        SELECT attachment_id AS "fileId", number::int AS number, object_id AS "objectId" FROM attachment_part
        WHERE object_id::text = ANY(${ids})`);
      const keys = new Set(named.map(({ fileId, number, objectId }) => keyOf(fileId, number, objectId)));
      const orphans = old.map(({ key }) => key).filter((key) => OURS.test(key) && !keys.has(key));
      const ours = await begunHere(tx, orphans.map(fileOf));
      return orphans.filter((key) => ours.has(fileOf(key)));
    });
  }
}

const fileOf = (key: string) => key.split('/', 1)[0]!;

async function begunHere(tx: Transaction, fileIds: readonly string[]): Promise<ReadonlySet<string>> {
  const begun = await tx.rows<{ id: string }>(sql`
    SELECT details->>'attachmentId' AS id FROM audit_entry
    WHERE act = 'attachment.begun' AND details->>'attachmentId' = ANY(${fileIds})`);
  return new Set(begun.map(({ id }) => id));
}

/** What is named otherwise was not put by us. */
const OURS = /^[0-9a-f-]{36}\/\d+\/[0-9a-f-]{36}$/;
