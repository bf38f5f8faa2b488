import { GlanceAtQueue, QueueCounts, type QueueFilters } from '#work';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { isIn, openFacts, takenElsewhere, timePasses, valuesOf } from '../support/open-facts.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';
import { until } from '../support/until.ts';
import { useCasesOf } from '../support/use-cases.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
afterAll(() => hub.drop());

const VIEWS = ['waiting', 'unclaimed', 'mine', 'sign-off'] as const;
const FILTERS = ['rating', 'concern', 'agency', 'holder', 'due'] as const;

/** Forty referrals of two agencies over two days: some held, some waiting for sign-off, some decided, some overdue. */
async function aBusyHub(): Promise<{ readonly otherAgency: string }> {
  const { agencyId } = await addAgency(hub.database, 'Aldgate Surgery');
  const other = await useCasesOf(hub.database, agencyId);
  for (const [index, { body }] of SCENARIOS.entries()) {
    await hub.moveTo(`2026-11-${index < 20 ? 23 : 24}T${10 + Math.floor((index % 20) / 3)}:${10 + index}`);
    await (index % 3 === 0 ? other : hub).submit(body);
  }
  await other.whole.close();
  for (let count = 0; count < 5; count++) await hub.takesNext(hub.screener);
  for (let count = 0; count < 4; count++) await hub.takesNext(hub.manager);
  const decides = { outcome: 'strategy_discussion', thresholdLevel: 4 } as const;
  const { lines } = await hub.queue('waiting', hub.manager, { order: 'newest' });
  for (const { reference } of lines.slice(0, 6)) await hub.decides(hub.manager, reference, decides);
  return { otherAgency: agencyId };
}

describe('the counts of the queue', () => {
  let otherAgency: string;
  beforeAll(async () => {
    await hub.reset();
    ({ otherAgency } = await aBusyHub());
  });

  it.each([
    ['in the afternoon', '2026-11-24T15:20'],
    ['in the last hour of a day', '2026-11-24T23:20'],
    ['at the instant at which one is due', '2026-11-24T16:10'],
  ])('are those of counting one by one, in every view under every filter, %s', async (_, local) => {
    await hub.moveTo(local);
    const [now, tomorrow] = [hub.at(local), hub.at('2026-11-25T00:00')];
    const all = await openFacts(hub.database);
    const fits = (facts: (typeof all)[number], filters: QueueFilters, but: string | null = null) =>
      FILTERS.every(
        (one) => one === but || filters[one] === null || valuesOf(one, facts, now, tomorrow).includes(filters[one]),
      );
    const by = hub.screener;
    let looks = 0;
    for (const rating of [null, 'red', 'amber', 'green'] as const)
      for (const concern of [null, 'physical_abuse', 'neglect'] as const)
        for (const agency of [null, otherAgency])
          for (const holder of [null, 'nobody', by.id])
            for (const due of [null, 'overdue', 'within-the-hour', 'today', 'later'] as const) {
              const filters = { rating, concern, agency, holder, due };
              // Each view has its turn under each filter, and all have theirs where no filter but one is set.
              const isSimple = Object.values(filters).filter((value) => value !== null).length < 2;
              for (const view of isSimple ? VIEWS : [VIEWS[looks % 4]!]) {
                const { counts, found, choices, lines } = await hub.queue(view, by, { filters });
                const count = (of: typeof all) => of.length;
                const inView = all.filter((facts) => isIn(view, facts, by.id));
                const expected = Object.fromEntries(
                  VIEWS.map((one) => [
                    one,
                    count(all.filter((facts) => isIn(one, facts, by.id) && fits(facts, filters))),
                  ]),
                );
                expect({ view, filters, counts }).toEqual({ view, filters, counts: expected });
                expect([found, lines.length]).toEqual([expected[view], expected[view]]);
                for (const filter of FILTERS) {
                  const sums = new Map<string, number>();
                  for (const facts of inView.filter((one) => fits(one, filters, filter))) {
                    for (const value of valuesOf(filter, facts, now, tomorrow)) {
                      sums.set(value, (sums.get(value) ?? 0) + 1);
                    }
                  }
                  const shown = choices[filter].map(({ value, count: n }) => [value, n]);
                  expect({ view, filters, filter, shown: shown.toSorted() }).toEqual({
                    ...{ view, filters, filter },
                    shown: [...sums].toSorted(),
                  });
                }
                looks++;
              }
            }
    expect(looks).toBeGreaterThan(360);
  });

  it('name agencies and persons by the alphabet, the referrals that no person holds first, the rest by urgency', async () => {
    await hub.moveTo('2026-11-24T15:20');
    const { choices } = await hub.queue('waiting', hub.screener);
    const names = (filter: 'agency' | 'holder') => choices[filter].map(({ value, name }) => name ?? value);
    expect(names('agency')).toEqual(['Aldgate Surgery', 'Loomgate School']);
    expect(names('holder')).toEqual(['nobody', 'Mel Manager', 'Sam Screener']);
    expect(choices.rating.map(({ value }) => value)).toEqual(['red', 'amber', 'green']);
    expect(choices.due.map(({ value }) => value)).toEqual(['overdue', 'within-the-hour', 'today', 'later']);
  });
});

describe('a count that people share', () => {
  let reference: string;
  beforeEach(async () => {
    await hub.reset();
    reference = await hub.submit(aBruisedBaby());
  });

  const unclaimed = async () => (await hub.queue('waiting', hub.manager)).counts.unclaimed;
  const takenAtAnotherProcess = () => takenElsewhere(hub.url, reference, hub.screener.id);

  it('is kept for a second when another process changes the queue, and dropped by a hint', async () => {
    expect(await unclaimed()).toBe(1);
    await takenAtAnotherProcess();
    const { counts, lines } = await hub.queue('unclaimed', hub.manager);
    expect([counts.unclaimed, lines]).toEqual([1, []]);
    hub.whole.get(QueueCounts).drop();
    expect(await unclaimed()).toBe(0);
  });

  it('answers a look a second later, and is renewed behind it', async () => {
    expect(await unclaimed()).toBe(1);
    await takenAtAnotherProcess();
    await timePasses(hub.url, hub.at('2026-11-23T10:00:01.500'));
    expect(await unclaimed()).toBe(1);
    await until(async () => (await unclaimed()) === 0);
  });

  it.each([
    ['two seconds later', '2026-11-23T12:00', '2026-11-23T12:00:02'],
    ['of another day', '2026-11-23T23:59:59.500', '2026-11-24T00:00'],
    ['of a clock that was put back', '2026-11-23T12:00', '2026-11-23T11:00'],
  ])('is not given to a look %s', async (_, before, after) => {
    await hub.moveTo(before);
    expect(await unclaimed()).toBe(1);
    await takenAtAnotherProcess();
    await timePasses(hub.url, hub.at(after));
    expect(await unclaimed()).toBe(0);
  });

  it('is never older than what a person has just done through this process', async () => {
    for (let taken = 0; taken < 5; taken++) {
      await hub.submit(aBruisedBaby());
      expect(await unclaimed()).toBe(2);
      await hub.takesNext(hub.screener);
      expect(await unclaimed()).toBe(1);
      expect(
        (await hub.whole.get(GlanceAtQueue).execute({ by: hub.screener, timeZone: 'Europe/London' })).counts,
      ).toMatchObject({ mine: taken + 1, unclaimed: 1 });
    }
  });
});
