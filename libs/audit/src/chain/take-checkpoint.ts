import { Inject, Injectable } from '@nestjs/common';
import { LOG, type Logger } from '#platform';
import { Database, RecordCheckpoint, SERVICE, sql, type Transaction } from '#store';
import { checkpointText, entriesIn, type Checkpoint } from './checkpoint.ts';
import { writeCheckpoint } from './checkpoint-folder.ts';
import { CHECKPOINT_SETTINGS, type CheckpointSettings } from './checkpoint-settings.ts';
import { signNote } from './signed-note.ts';
import { attachedMonths } from './verify-record.ts';
import type { Head } from './walk-lane.ts';

/** Two workers do not make one each. */
const AT_LEAST_APART = { minutes: 4 };
/** A record to which nothing is added has one an hour all the same: it says that nothing was. */
const AT_MOST_APART = { hours: 1 };

/** Signs the state of the record, and keeps it outside of the database. */
@Injectable()
export class TakeCheckpoint {
  constructor(
    private readonly database: Database,
    @Inject(CHECKPOINT_SETTINGS) private readonly settings: CheckpointSettings | null,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Of what is committed alone: an entry of a transaction that may still be rolled back is in none.
   *
   * @returns null where none is set up, none is due, or nothing was added
   * @throws Error of the file system; the next time makes it good
   */
  async execute(): Promise<Checkpoint | null> {
    const { settings } = this;
    if (settings === null) return null;
    const taken = await this.database.as(SERVICE).transaction(async (tx) => {
      await tx.lock('takingCheckpoint');
      const lanes = await tx.rows<Head>(sql`SELECT lane, seq, hash FROM record_lane WHERE seq > 0 ORDER BY lane`);
      const checkpoint = { at: tx.now, lanes, months: await attachedMonths(tx) };
      if (!(await isDue(tx, checkpoint))) return null;
      const note = signNote(checkpointText(checkpoint), settings.key);
      // First the file: a checkpoint that the database names is there.
      await writeCheckpoint(settings.folder, tx.now, note);
      await tx.run(sql`
        INSERT INTO record_checkpoint (id, at, entries, note) VALUES (1, ${tx.now}, ${entriesIn(checkpoint)}, ${note})
        ON CONFLICT (id) DO UPDATE SET at = excluded.at, entries = excluded.entries, note = excluded.note`);
      return { checkpoint, note };
    });
    if (taken === null) return null;
    this.log.info({ checkpoint: taken.note }, 'a checkpoint of the record');
    return taken.checkpoint;
  }
}

async function isDue(tx: Transaction, checkpoint: Checkpoint): Promise<boolean> {
  const last = await tx.one(RecordCheckpoint, { id: 1 }, ['at', 'entries']);
  if (last === null) return true;
  const isWithin = (time: Temporal.DurationLike) =>
    Temporal.Duration.compare(last.at.until(tx.now, { largestUnit: 'hours' }).abs(), time) < 0;
  if (isWithin(AT_LEAST_APART)) return false;
  return last.entries !== entriesIn(checkpoint) || !isWithin(AT_MOST_APART);
}
