import fc from 'fast-check';
import { DEFAULT_CALENDAR, workingCalendar } from '#domain';
import { countDay, type InDay } from './day-counts.ts';

const calendar = workingCalendar(DEFAULT_CALENDAR);
const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const MONDAY = { from: at('2026-11-23T00:00'), to: at('2026-11-24T00:00'), opensAt: at('2026-11-23T08:30') };

function one(receivedAt: string, effectiveAt: string | null, dueAt = '2026-12-01T00:00', more: Partial<InDay> = {}): InDay {
  return {
    ...{ receivedAt: at(receivedAt), effectiveAt: effectiveAt === null ? null : at(effectiveAt), children: 1 },
    ...{ dueAt: at(dueAt), statutoryDueAt: at('2026-12-01T00:00'), rating: 'amber' },
    ...more,
  };
} // prettier-ignore
const count = (...present: InDay[]) => countDay(present, MONDAY, calendar).counts;

describe('the counts of a day', () => {
  it.each([
    ['received before it and left', one('2026-11-22T10:00', null), { received: 0, decided: 0, openAtOpening: 1, openAtEnd: 1 }],
    ['received as it begins', one('2026-11-23T00:00', null), { received: 1, decided: 0, openAtOpening: 1, openAtEnd: 1 }],
    ['received at the opening', one('2026-11-23T08:30', null), { received: 1, decided: 0, openAtOpening: 1, openAtEnd: 1 }],
    ['received after the opening and decided', one('2026-11-23T09:00', '2026-11-23T10:00'), { received: 1, decided: 1, openAtOpening: 0, openAtEnd: 0 }],
    ['decided at the opening', one('2026-11-22T10:00', '2026-11-23T08:30'), { received: 0, decided: 1, openAtOpening: 0, openAtEnd: 0 }],
    ['decided as it ends', one('2026-11-23T10:00', '2026-11-24T00:00'), { received: 1, decided: 0, openAtOpening: 0, openAtEnd: 1 }],
    ['decided the day after', one('2026-11-23T10:00', '2026-11-24T10:00'), { received: 1, decided: 0, openAtOpening: 0, openAtEnd: 1 }],
  ] as const)('of a referral %s', (_, referral, counts) => {
    expect(count(referral)).toMatchObject(counts);
  }); // prettier-ignore

  it('have the hours over the first limit times the children: elapsed for a red, of opening for others', () => {
    const red = one('2026-11-23T10:00', null, '2026-11-23T14:00', { rating: 'red', children: 2 });
    const amber = one('2026-11-23T10:00', null, '2026-11-23T14:00', { children: 3 });
    expect([count(red), count(amber)].map((day) => [day.overdueAtEnd, day.overdueChildHours])).toEqual([
      [1, 20],
      [1, 9],
    ]);
    const byLaw = one('2026-11-19T10:00', null, '2026-12-01T00:00', { statutoryDueAt: at('2026-11-23T16:00') });
    expect(count(byLaw)).toMatchObject({ overdueAtEnd: 1, overdueChildHours: 1 });
    expect(count(one('2026-11-23T10:00', '2026-11-23T18:00', '2026-11-23T14:00')).overdueAtEnd).toBe(0);
  });

  it('say nothing of the opening on a day on which the front door stays shut', () => {
    expect(countDay([one('2026-11-22T10:00', null)], { ...MONDAY, opensAt: null }, calendar).counts.openAtOpening).toBeNull();
  }); // prettier-ignore

  it('go on from day to day: what is open at an end is what was open before, and what came, less what was decided', () => {
    const minutes = fc.nat({ max: 5 * 1440 - 1 });
    const referrals = fc.array(fc.record({ received: minutes, took: fc.option(fc.nat({ max: 4000 })) }), { maxLength: 20 });
    fc.assert(
      fc.property(referrals, (all) => {
        const start = MONDAY.from;
        const known = all.map(({ received, took }): InDay => {
          const receivedAt = start.add({ minutes: received });
          const effectiveAt = took === null ? null : receivedAt.add({ minutes: took });
          const due = receivedAt.add({ minutes: 60 });
          return { ...{ receivedAt, effectiveAt, dueAt: due, statutoryDueAt: due, children: 1 }, rating: 'red' };
        });
        let open: readonly InDay[] = [];
        for (let day = 0; day < 5; day++) {
          const [from, to] = [start.add({ minutes: day * 1440 }), start.add({ minutes: (day + 1) * 1440 })];
          const isIn = (instant: Temporal.Instant) => Temporal.Instant.compare(instant, from) >= 0 && Temporal.Instant.compare(instant, to) < 0;
          const came = known.filter(({ receivedAt }) => isIn(receivedAt));
          const before = open.length;
          const { counts, left } = countDay([...open, ...came], { from, to, opensAt: null }, calendar);
          expect(counts.openAtEnd).toBe(before + counts.received - counts.decided);
          expect([counts.received, counts.decided]).toEqual([
            came.length,
            known.filter(({ effectiveAt }) => effectiveAt !== null && isIn(effectiveAt)).length,
          ]);
          open = left;
        }
      }),
    );
  }); // prettier-ignore
});
