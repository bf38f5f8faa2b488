import { Inject, Injectable } from '@nestjs/common';
import { LOG, type Logger } from '#platform';
import { Database, SERVICE, sql } from '#store';
import { keyOf } from './file-bytes.ts';
import { FileStore } from './objects/file-store.ts';
import { ObjectsAway } from './objects/objects-away.ts';

/** An object is put before its row is written. The clock of the store may differ from ours by much less. */
const YOUNG = { hours: 2 } as const;

/** Removes the objects that no row names: of parts that came again, of files that were removed or refused, and of what broke off. */
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
      // What is named otherwise was not put by us.
      return old.map(({ key }) => key).filter((key) => OURS.test(key) && !keys.has(key));
    });
  }
}

const OURS = /^[0-9a-f-]{36}\/\d+\/[0-9a-f-]{36}$/;
