import fc from 'fast-check';
import { LINES_SHOWN, NO_FILTERS, readPageEnd, SavedFilters, type QueueOrder } from '#triage';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aFracturedToddler, aPoorAttender } from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
afterAll(() => hub.drop());

const all = async (order: QueueOrder) => {
  const pages: string[][] = [];
  for (let after: readonly string[] | null = null; ;) {
    const { lines, next } = await hub.queue('waiting', hub.manager, { order, after });
    pages.push(lines.map(({ reference }) => reference));
    if (next === null) return pages;
    after = readPageEnd(order, next);
  }
};

describe('a hundred and twenty referrals', () => {
  beforeAll(async () => {
    for (let count = 0; count < 120; count++) {
      // Three to a minute, so that the order of receipt has ties.
      if (count % 3 === 0) await hub.moveTo(`2026-11-23T10:${String(count / 3).padStart(2, '0')}`);
      await hub.submit(SCENARIOS[count % 40]!.body);
    }
  }, 120_000);

  it.each<[QueueOrder, string]>([
    ['urgency', 'urgency, decision_due_at, received_at, id'],
    [
      'due',
      `least(decision_due_at, statutory_due_at, (SELECT due_at FROM deadline
         WHERE referral_id = referral.id AND kind = 'claim' AND state = 'open')), received_at, id`,
    ],
    ['newest', 'received_at DESC, id DESC'],
    ['oldest', 'received_at, id'],
  ])('are paged by %s with none twice and none left out', async (order, sql) => {
    const pages = await all(order);
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
    const sorted = await hub.database.rows<{ reference: string }>(`SELECT reference FROM referral ORDER BY ${sql}`);
    expect(pages.flat()).toEqual(sorted.map(({ reference }) => reference));
  });

  async function decide(reference: string): Promise<void> {
    const { version } = await hub.readReferral.execute({ reference, by: hub.manager });
    const decision = { outcome: 'strategy_discussion', thresholdLevel: 4, rationale: 'Now.' } as const;
    await hub.decide.execute({ reference, version, ...decision, by: hub.manager });
  }

  it('stay in their place while others are decided between one page and the next', async () => {
    const { lines, next } = await hub.queue('waiting', hub.manager);
    const before = (await all('urgency')).flat();
    const gone = [lines[0]!.reference, lines[49]!.reference];
    for (const reference of gone) await decide(reference);
    const second = await hub.queue('waiting', hub.manager, { after: readPageEnd('urgency', next!) });
    expect(second.lines.map(({ reference }) => reference)).toEqual(before.slice(50, 100));
  });

  it('are counted by each filter as many as choosing it shows, whatever else is chosen', async () => {
    const held = [];
    for (let count = 0; count < 7; count++) held.push(await hub.takeNext.execute(hub.screener));
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
  }, 60_000);

  it('that are decided are shown and not counted', async () => {
    await decide((await hub.queue('waiting', hub.manager)).lines[0]!.reference);
    const { lines, found, choices } = await hub.queue('decided', hub.manager);
    expect([lines.length > 0, found, Object.values(choices).flat()]).toEqual([true, null, []]);
  });

  it('are none of an agency that has sent none', async () => {
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
] as const)('the place to go on from by %s cannot be %s', (order, written) => {
  expect(readPageEnd(order, written)).toBeNull();
});

describe('a saved view', () => {
  const saved = () => new SavedFilters(hub.database);
  const names = async (by = hub.screener) => (await saved().read(by)).map(({ name, isOfTeam }) => [name, isOfTeam]);

  it('is a person’s own, or everybody’s when a manager saved it so', async () => {
    await saved().save({ name: 'Reds', query: '?view=waiting&rating=red', forTeam: false, by: hub.screener });
    await saved().save({ name: 'Late', query: '?view=waiting&due=overdue', forTeam: true, by: hub.manager });
    expect(await names()).toEqual([
      ['Reds', false],
      ['Late', true],
    ]);
    expect(await names(hub.socialWorker)).toEqual([['Late', true]]);
    const forTeam = { name: 'Mine', query: '?view=mine', forTeam: true, by: hub.screener };
    await expect(saved().save(forTeam)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('has a name of its own, and goes when its owner or for everybody’s a manager removes it', async () => {
    const again = { name: 'Reds', query: '?view=mine', forTeam: false, by: hub.screener };
    await expect(saved().save(again)).rejects.toMatchObject({ code: 'name-taken' });
    const [reds, late] = await saved().read(hub.screener);
    await expect(saved().remove({ id: late!.id, by: hub.screener })).rejects.toMatchObject({ code: 'not-found' });
    await expect(saved().remove({ id: reds!.id, by: hub.manager })).rejects.toMatchObject({ code: 'not-found' });
    await saved().remove({ id: reds!.id, by: hub.screener });
    await saved().remove({ id: late!.id, by: hub.otherManager });
    expect(await names()).toEqual([]);
  });
});

it('a line says how old the child is, who referred and which clocks run', async () => {
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

it('by what is due first a green comes before an amber whose decision is due earlier but after the green’s statutory limit', async () => {
  await hub.moveTo('2026-11-25T14:20');
  const green = await hub.submit(aPoorAttender());
  await hub.moveTo('2026-11-26T10:00');
  const amber = await hub.submit(aCoachMessagingChildren());
  const order = (await all('due')).flat();
  expect(order.indexOf(green)).toBeLessThan(order.indexOf(amber));
  const { lines } = await hub.queue('waiting', hub.manager, { order: 'newest' });
  const dueOf = (one: string) => lines.find(({ reference }) => reference === one)!.decisionDueAt;
  expect(Temporal.Instant.compare(dueOf(amber), dueOf(green))).toBe(-1);
});

it('a red that nobody has taken in time is overdue, though its decision is not due yet', async () => {
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
  await hub.claim.execute({ reference, by: hub.screener });
  expect(await overdue()).toBe(false);
});
