import { CloseDays } from '#oversight';
import { SERVICE, sql } from '#store';
import { setClock } from '../../scripts/demonstration/shift-clock.ts';
import { composeHub } from '../../scripts/hub/whole-hub.ts';
import type { FreshDatabase } from '../fresh-database.ts';
import { whole } from '../in-words.ts';
import { manyReferrals } from '../many-referrals.ts';

/** So many referrals come on a day that no hub has. */
const BUSY = 10_000;
const MEGABYTE = 1_048_576;

/** Closes every day that there is, as the first night after an upgrade does. @returns how long it took, in words */
export async function closeEveryDay({ database }: FreshDatabase): Promise<string> {
  const { days, seconds, memory } = await close(database);
  // As PostgreSQL does by itself in a hub that runs.
  await database.as(SERVICE).run(sql`ANALYZE`);
  return `${whole(days)} days closed by one job in ${seconds.toFixed(0)} s; the process holds ${whole(memory)} MB`;
}

/** Lets a day go by on which very many referrals come, and closes it. */
export async function closeOneBusyDay(hub: FreshDatabase): Promise<string> {
  await manyReferrals(hub, 'green', BUSY);
  await setClock(hub.database, (await hub.database.now()).add({ hours: 24 }));
  const { days, seconds, memory } = await close(hub.database);
  return `${whole(days)} day of ${whole(BUSY)} more referrals closed in ${seconds.toFixed(1)} s; the process holds ${whole(memory)} MB`;
}

async function close(database: FreshDatabase['database']) {
  const hub = await composeHub(database);
  const begun = performance.now();
  const closed = await database.as(SERVICE).transaction((tx) => hub.get(CloseDays).handle(tx));
  const seconds = (performance.now() - begun) / 1_000;
  await hub.close();
  const found = await database
    .as(SERVICE)
    .row<{ differences: number }>(
      sql`SELECT jsonb_array_length(differences) AS differences FROM recomputation ORDER BY at DESC LIMIT 1`,
    );
  if (found?.differences !== 0) throw new Error('the second reckoning came out otherwise');
  return { days: closed.length, seconds, memory: process.memoryUsage().rss / MEGABYTE };
}
