import { SERVICE, sql } from '#store';
import { whole } from '../in-words.ts';
import { manyReferrals } from '../many-referrals.ts';
import { waitFor } from '../wait-for.ts';
import type { DeliveryBench } from './delivery-bench.ts';
import { addPeople, waitingDeliveries } from './waiting-deliveries.ts';

const ALERTS = 10_000;
const PEOPLE = 5_000;
const AIM_SECONDS = 185;

/** Red alerts that all wait for a text message: seconds until Notify has taken the last. */
export async function drainByText({ fresh, notify, startWorkers }: DeliveryBench): Promise<string> {
  const { database } = fresh;
  await manyReferrals(fresh, 'red', ALERTS);
  await addPeople(database, PEOPLE);
  const workers = await startWorkers();
  try {
    const from = (await database.now()).add({ seconds: 15 });
    const waiting = await waitingDeliveries(database, 'red', 'sms', from);
    await database.as(SERVICE).rows(sql`VACUUM ANALYZE`);
    if (Temporal.Instant.compare(await database.now(), from) >= 0)
      throw new Error('the instant came before all was set');
    await waitFor(database, TAKEN, waiting, 400);
    const { seconds } = (await database
      .as(SERVICE)
      .row<{ seconds: number }>(
        sql`SELECT extract(epoch FROM max(accepted_at) - ${from}::timestamptz)::float8 AS seconds FROM delivery WHERE channel = 'sms'`,
      ))!;
    const texts = notify.taken.filter(({ type }) => type === 'sms');
    const twice = texts.length - new Set(texts.map(({ reference }) => reference)).size;
    return (
      `${whole(waiting)} red alerts by text message, 2 workers, Notify at its 3,000 a minute: ` +
      `the last taken after ${seconds.toFixed(1)} s (aim: ${AIM_SECONDS}); taken ${whole(texts.length)}, twice ${twice}, ` +
      `refused with 429 ${notify.refused} (aim: 0)`
    );
  } finally {
    await workers.stop();
  }
}

const TAKEN = sql`SELECT count(*) AS n FROM delivery WHERE channel = 'sms' AND accepted_at IS NOT NULL`;
