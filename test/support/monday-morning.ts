import type { Database } from '#store';
import { setClock } from '../../scripts/demonstration/shift-clock.ts';

const MONDAY_AT_TEN = Temporal.Instant.from('2026-11-23T10:00:00Z');

/**
 * Sets the database's clock to so many minutes after ten o'clock of a working Monday, and lets it run on from there:
 * at other times the front door opens or closes, and a hand-over brings alerts of its own.
 */
export async function setToMondayMorning(database: Database, minutesLater = 0): Promise<void> {
  await setClock(database, MONDAY_AT_TEN.add({ minutes: minutesLater }));
}
