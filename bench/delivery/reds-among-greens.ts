import { SERVICE, sql } from '#store';
import { percentilesInWords, percentilesOf, whole, type Percentiles } from '../in-words.ts';
import { manyReferrals } from '../many-referrals.ts';
import { waitFor } from '../wait-for.ts';
import type { DeliveryBench } from './delivery-bench.ts';
import { addPeople, waitingDeliveries } from './waiting-deliveries.ts';

const GREENS = 10_000;
/** Two alerts each at most: within the few messages of a minute, so that no digest makes them fewer. */
const PEOPLE = 5_000;
const REDS = 60;
/** Sixty of them are spread over the three minutes that Notify needs for the greens. */
const APART_SECONDS = 2.9;
const AIM_MS = 2_000;

/** Reds that fire one by one while thousands of greens wait: from the firing to the first that Notify has taken. */
export async function redsAmongGreens({ fresh, notify, startWorkers }: DeliveryBench): Promise<string> {
  const { database } = fresh;
  await manyReferrals(fresh, 'green', GREENS);
  await manyReferrals(fresh, 'red', REDS);
  await addPeople(database, PEOPLE);
  const workers = await startWorkers();
  try {
    const from = (await database.now()).add({ seconds: 15 });
    const waiting = await waitingDeliveries(database, 'green', 'email', from);
    await database.as(SERVICE).rows(
      sql`UPDATE deadline_step SET at = due.at, fire_at = due.at
       FROM (SELECT s.id, ${from}::timestamptz + make_interval(secs => row_number() OVER (ORDER BY s.id) * ${APART_SECONDS}::float8) AS at
             FROM deadline_step s WHERE s.urgency = 1 AND s.position = 0 AND s.state = 'waiting') due
       WHERE due.id = deadline_step.id`,
    );
    await database.as(SERVICE).rows(sql`VACUUM ANALYZE`);
    if (Temporal.Instant.compare(await database.now(), from) >= 0)
      throw new Error('the instant came before all was set');
    await waitFor(database, REDS_TAKEN, REDS, 300);
    const left = (await database.as(SERVICE).row<{ n: number }>(GREENS_QUEUED))!.n;
    await waitFor(database, GREENS_TAKEN, waiting, 300);
    const found = (await database.as(SERVICE).row<Percentiles & { n: number }>(
      sql`SELECT count(*) AS n, ${percentilesOf('ms')}
       FROM (SELECT extract(epoch FROM min(accepted_at) - fired_at)::float8 * 1000 AS ms
             FROM alert JOIN delivery ON alert_id = alert.id
             WHERE rating = 'red' AND referral_id IS NOT NULL GROUP BY alert.id) taken`,
    ))!;
    return (
      `${found.n} reds fired one by one while ${whole(waiting)} greens wait for Notify (${whole(left)} still when the ` +
      `last was taken), 2 workers, from firing to taken: ${percentilesInWords(found)} (aim: p99 ${whole(AIM_MS)} ms); ` +
      `refused with 429 ${notify.refused}`
    );
  } finally {
    await workers.stop();
  }
}

const REDS_TAKEN = sql`SELECT count(DISTINCT alert_id) AS n FROM delivery JOIN alert ON alert.id = alert_id
  WHERE rating = 'red' AND referral_id IS NOT NULL AND accepted_at IS NOT NULL`;
const GREENS_TAKEN = sql`SELECT count(*) AS n FROM delivery JOIN alert ON alert.id = alert_id
  WHERE rating = 'green' AND referral_id IS NOT NULL AND accepted_at IS NOT NULL`;
const GREENS_QUEUED = sql`SELECT count(*) AS n FROM delivery JOIN alert ON alert.id = alert_id
  WHERE rating = 'green' AND referral_id IS NOT NULL AND delivery.state = 'queued'`;
