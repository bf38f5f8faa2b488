import { randomUUID } from 'node:crypto';
import { LINES_SHOWN, NO_FILTERS, readPageEnd, type QueueOrder } from '#work';
import fc from 'fast-check';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aFracturedToddler, aPoorAttender } from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
afterAll(() => hub.drop());

/** Every page of the waiting in an order, each as its references. */
const pagesBy = async (order: QueueOrder) => {
  const pages: string[][] = [];
  for (let after: readonly string[] | null = null; ;) {
    const { lines, next } = await hub.queue('waiting', hub.manager, { order, after });
    pages.push(lines.map(({ reference }) => reference));
    if (next === null) return pages;
    after = readPageEnd(order, next);
  }
};
const decideNow = (reference: string) =>
  hub.decides(hub.manager, reference, { outcome: 'strategy_discussion', thresholdLevel: 4 });

describe('the queue of a hundred and twenty referrals', () => {
  beforeAll(async () => {
    await hub.reset();
    for (let count = 0; count < 120; count++) {
      // Three to a minute, so that the order of receipt has ties.
      if (count % 3 === 0) await hub.moveTo(`2026-11-23T10:${String(count / 3).padStart(2, '0')}`);
      await hub.submit(SCENARIOS[count % 40]!.body);
    }
  });

  it.each(['urgency', 'due', 'newest', 'oldest'] as const)(
    'pages the queue by %s with no referral twice and none left out',
    async (order) => {
      const pages = await pagesBy(order);
      expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
      expect(pages.flat()).toEqual(await hub.referencesBy(order));
    },
  );

  it('keeps each referral in its place on the next page when others are decided meanwhile', async () => {
    const { lines, next } = await hub.queue('waiting', hub.manager);
    const before = (await pagesBy('urgency')).flat();
    const gone = [lines[0]!.reference, lines[49]!.reference];
    for (const reference of gone) await decideNow(reference);
    const second = await hub.queue('waiting', hub.manager, { after: readPageEnd('urgency', next!) });
    expect(second.lines.map(({ reference }) => reference)).toEqual(before.slice(50, 100));
  });

  it('counts for each choice of a filter as many referrals as choosing it shows, beside any other choice', async () => {
    const held = [];
    for (let count = 0; count < 7; count++) held.push(await hub.takesNext(hub.screener));
    await hub.moveTo('2026-11-23T10:45');
    const { choices } = await hub.queue('waiting', hub.manager);
    expect(choices.holder.map(({ name, count }) => [name, count])).toContainEqual(['Sam Screener', 7]);
    expect(choices.due.map(({ value }) => value).sort()).toEqual(['later', 'overdue', 'today', 'within-the-hour']);
    const chosen = fc.record({
      rating: fc.constantFrom(null, ...choices.rating.map(({ value }) => value)),
      concern: fc.constantFrom(null, ...choices.concern.map(({ value }) => value)),
      due: fc.constantFrom(null, ...choices.due.map(({ value }) => value)),
      holder: fc.constantFrom(null, ...choices.holder.map(({ value }) => value)),
      agency: fc.constantFrom(null, ...choices.agency.map(({ value }) => value)),
    });
    for (const view of ['waiting', 'unclaimed', 'mine', 'sign-off'] as const) {
      const { found, counts, lines } = await hub.queue(view, hub.screener);
      expect([view, found, lines.length]).toEqual([view, counts[view], Math.min(counts[view], LINES_SHOWN)]);
    }
    await fc.assert(
      fc.asyncProperty(
        chosen,
        fc.constantFrom('rating', 'concern', 'due', 'holder', 'agency'),
        async (filters, one) => {
          const first = await hub.queue('waiting', hub.manager, { filters: filters as never });
          for (const { value, count } of first.choices[one as 'rating']) {
            const narrowed = await hub.queue('waiting', hub.manager, {
              filters: { ...filters, [one]: value } as never,
            });
            expect([narrowed.found, narrowed.lines.length]).toEqual([count, Math.min(count, LINES_SHOWN)]);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('shows the decided referrals and does not count them', async () => {
    await decideNow((await hub.queue('waiting', hub.manager)).lines[0]!.reference);
    const { lines, found, choices } = await hub.queue('decided', hub.manager);
    expect([lines.length > 0, found, Object.values(choices).flat()]).toEqual([true, null, []]);
  });

  it('shows nothing of an agency that has sent nothing', async () => {
    const { agencyId } = await addAgency(hub.database, 'Another School');
    const filters = { ...NO_FILTERS, agency: agencyId };
    expect((await hub.queue('waiting', hub.manager, { filters })).lines).toEqual([]);
  });
});

it.each([
  ['urgency', 'not of ours'],
  ['urgency', Buffer.from('1 2 3 4').toString('base64url')],
  ['urgency', Buffer.from(`1 2026-11-23T10:00:00Z 2026-11-23T10:00:00Z '; DROP TABLE referral`).toString('base64url')],
  ['due', Buffer.from('1 2026-11-23T10:00:00Z 2026-11-23T10:00:00Z 0').toString('base64url')],
] as const)('refuses a place to go on from by %s that is not ours: %s', (order, written) => {
  expect(readPageEnd(order, written)).toBeNull();
});

describe('a saved view', () => {
  beforeEach(() => hub.reset());

  const saves = (by: Hub['screener'], name: string, query: string, forTeam = false) =>
    hub.savedFilters.save({ name, query, forTeam, formId: randomUUID(), by });
  const names = async (by = hub.screener) =>
    (await hub.savedFilters.read(by)).map(({ name, isOfTeam }) => [name, isOfTeam]);

  it('shows a view to the person who saved it, and to all staff when a manager saved it for the team', async () => {
    await saves(hub.screener, 'Reds', '?view=waiting&rating=red');
    await saves(hub.manager, 'Late', '?view=waiting&due=overdue', true);
    expect(await names()).toEqual([
      ['Reds', false],
      ['Late', true],
    ]);
    expect(await names(hub.socialWorker)).toEqual([['Late', true]]);
    await expect(saves(hub.screener, 'Mine', '?view=mine', true)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses a second view of the same name', async () => {
    await saves(hub.screener, 'Reds', '?view=waiting&rating=red');
    await expect(saves(hub.screener, 'Reds', '?view=mine')).rejects.toMatchObject({ code: 'name-taken' });
  });

  it('lets only its owner remove a view, and any manager one of the team', async () => {
    await saves(hub.screener, 'Reds', '?view=waiting&rating=red');
    await saves(hub.manager, 'Late', '?view=waiting&due=overdue', true);
    const [reds, late] = await hub.savedFilters.read(hub.screener);
    const removes = (by: Hub['screener'], id: string) => hub.savedFilters.remove({ id, by });
    await expect(removes(hub.screener, late!.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(removes(hub.manager, reds!.id)).rejects.toMatchObject({ code: 'not-found' });
    await removes(hub.screener, reds!.id);
    await removes(hub.otherManager, late!.id);
    expect(await names()).toEqual([]);
  });
});

describe('a line of the queue', () => {
  beforeEach(() => hub.reset());

  it('says the child, the agency and the clocks that run', async () => {
    await hub.moveTo('2026-11-23T14:20');
    const reference = await hub.submit(aBruisedBaby());
    const { lines } = await hub.queue('waiting', hub.manager, { order: 'newest' });
    expect(lines.find((line) => line.reference === reference)).toMatchObject({
      child: 'Elodie Marsden-Pyke',
      agency: 'Loomgate School',
      claimDueAt: hub.at('2026-11-23T14:50'),
      decisionDueAt: hub.at('2026-11-23T18:20'),
    });
  });

  it('puts a green before an amber by due time when the amber is due after the statutory limit of the green', async () => {
    await hub.moveTo('2026-11-25T14:20');
    const green = await hub.submit(aPoorAttender());
    await hub.moveTo('2026-11-26T10:00');
    const amber = await hub.submit(aCoachMessagingChildren());
    const order = (await pagesBy('due')).flat();
    expect(order.indexOf(green)).toBeLessThan(order.indexOf(amber));
    const { lines } = await hub.queue('waiting', hub.manager, { order: 'newest' });
    const dueOf = (one: string) => lines.find(({ reference }) => reference === one)!.decisionDueAt;
    expect(Temporal.Instant.compare(dueOf(amber), dueOf(green))).toBe(-1);
  });

  it('shows an unclaimed red as overdue after its claim was due, before its decision is', async () => {
    await hub.moveTo('2026-11-27T10:00');
    const reference = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-27T10:31');
    const overdue = async () => {
      const { lines } = await hub.queue('waiting', hub.manager, {
        filters: { ...NO_FILTERS, due: 'overdue' },
        order: 'newest',
      });
      return lines.some((line) => line.reference === reference);
    };
    expect(await overdue()).toBe(true);
    await hub.claims(hub.screener, reference);
    expect(await overdue()).toBe(false);
  });
});
