import type { StaffActor } from '#access';
import { SearchReferrals, type SearchCriteria } from '#referrals';
import { SERVICE, sql } from '#store';
import { NO_FILTERS, ReadQueue, TakeNext } from '#work';
import { randomUUID } from 'node:crypto';
import { composeHub } from '../scripts/hub/whole-hub.ts';
import { fillHub, type SizeOfHub } from './filled-hub.ts';
import type { FreshDatabase } from './fresh-database.ts';
import { percentiles, percentilesInWords, whole } from './in-words.ts';

const ROUNDS = 200;
const SMALL = { open: 1_000, closed: 20_000 };
const LARGE = { open: 50_000, closed: 1_000_000 };

/** The first page of the queue, taking the next one, and searching, in a small hub and in one far larger than any. */
export async function benchQueue(fresh: (name: string) => Promise<FreshDatabase>): Promise<string> {
  const [small, large] = [await measure(fresh, 'queue_small', SMALL), await measure(fresh, 'queue_large', LARGE)];
  const lines = (Object.keys(NAMES) as Measured[]).map((what) => {
    const [few, many] = [percentiles(small[what]), percentiles(large[what])];
    const ratio = (many.p50 / few.p50).toFixed(1);
    return `${NAMES[what]}: ${percentilesInWords(many)}; small: ${percentilesInWords(few)}; ratio of the medians ${ratio}`;
  });
  return [
    `Server time over ${ROUNDS} rounds, ${whole(LARGE.open)} open and ${whole(LARGE.closed)} closed referrals; small: ${whole(SMALL.open)} and ${whole(SMALL.closed)}`,
    ...lines,
  ].join('\n');
}

const NAMES = {
  page: 'The first page of the queue',
  changed: 'The same, after a referral has changed each time',
  take: 'Take the next one',
  name: 'Search by a name with a letter missing',
  birth: 'Search by a date of birth and a first name',
  postcode: 'Search by a postcode',
};
type Measured = keyof typeof NAMES;

async function measure(
  fresh: (name: string) => Promise<FreshDatabase>,
  name: string,
  size: SizeOfHub,
): Promise<Record<Measured, number[]>> {
  const hub = await fresh(name);
  const { database } = hub;
  await fillHub(hub, size);
  const person = (await database.as(SERVICE).row<{ id: string }>(sql`SELECT id FROM staff_member`))!;
  const by: StaffActor = { kind: 'staff', id: person.id, name: 'Bench', role: 'manager' };
  const cases = await composeHub(database);
  const [queue, next] = [cases.get(ReadQueue), cases.get(TakeNext)];
  const page = () =>
    queue.execute({
      view: 'waiting',
      filters: NO_FILTERS,
      order: 'urgency',
      after: null,
      timeZone: 'Europe/London',
      by,
    });
  const search = cases.get(SearchReferrals);
  const sought = await database.as(SERVICE).rows<Sought>(
    sql`SELECT name, date_of_birth::text AS "dateOfBirth", postcode FROM person_name WHERE position = 0
     ORDER BY md5(referral_id::text) LIMIT 100`,
  );
  let asked = 0;
  const searching = (criteria: (who: Sought) => Partial<SearchCriteria>) =>
    timed(() => search.execute({ ...NOTHING_KNOWN, ...criteria(sought[asked++ % sought.length]!) }, by));
  const times = {
    page: await timed(page),
    changed: await timed(page, () => anAct(hub)),
    take: await timed(() => next.execute(by, randomUUID())),
    name: await searching(({ name }) => ({ name: name.slice(0, 3) + name.slice(4) })),
    birth: await searching(({ name, dateOfBirth }) => ({ name: name.split(' ')[0]!, dateOfBirth })),
    postcode: await searching(({ postcode }) => ({ postcode })),
  };
  await cases.close();
  await hub.close();
  return times;
}

interface Sought {
  readonly name: string;
  readonly dateOfBirth: string;
  readonly postcode: string;
}

const NOTHING_KNOWN: SearchCriteria = {
  name: '', dateOfBirth: '', nhsNumber: '', upn: '', reference: '', postcode: '', agency: '',
}; // prettier-ignore

/** A person of this process changes a referral: the counts are made anew. */
async function anAct({ database }: FreshDatabase): Promise<void> {
  await database.as(SERVICE).run(sql`
    UPDATE referral SET last_changed_at = mash.now() WHERE id = (
      SELECT id FROM referral WHERE status <> 'decided' ORDER BY urgency, decision_due_at, received_at, id LIMIT 1)`);
}

/** @param before what happens before each time, and is not timed */
async function timed(work: () => Promise<unknown>, before?: () => Promise<unknown>): Promise<number[]> {
  for (let warm = 0; warm < 10; warm++) await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await before?.();
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}
