import { RecordOutcome } from '#messages';
import { ReadFigure, ReadOverview } from '#oversight';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aFracturedToddler } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

/** What the measures of alerts count over the seven days of which an instant begins the last. */
async function measured(asOf: Temporal.Instant) {
  const day = asOf.toZonedDateTimeISO('Europe/London').toPlainDate();
  const period = { from: day.subtract({ days: 6 }), to: day.add({ days: 1 }) };
  const all = async (measure: string) =>
    (await hub.whole.get(ReadFigure).execute(measure, { period, asOf, by: null }, 'figure', hub.manager)).lines.at(-1)!;
  const [inTime, reached] = [await all('alerts-answered-in-15-minutes'), await all('alerts-that-reached-a-person')];
  return {
    fired: inTime.denominator,
    notAnsweredInTime: inTime.denominator - inTime.numerator,
    reachedNobody: reached.denominator - reached.numerator,
  };
}

/** What the overview says as of an instant. */
const shown = async (asOf: Temporal.Instant) => (await hub.whole.get(ReadOverview).execute(asOf, hub.manager)).alerts;

it('the overview counts the unanswered alerts of a week as the measures of alerts do, as of each midnight', async () => {
  const outcome = hub.whole.get(RecordOutcome);
  const providerTakes = async (channel: string) => {
    const queued = await hub.database
      .as(SERVICE)
      .rows<{ id: string }>(sql`SELECT id FROM delivery WHERE state = 'queued' AND channel = ${channel}`);
    for (const { id } of queued) await outcome.accepted(id);
  };
  await hub.moveTo('2026-11-23T09:00');
  const [answered, late, decided, none] = [
    await hub.submit(aBruisedBaby()),
    await hub.submit(aFracturedToddler()),
    await hub.submit(aBruisedBaby()),
    await hub.submit(aFracturedToddler()),
  ];
  await hub.moveTo('2026-11-23T13:00:05');
  await hub.fireDue.execute();
  await providerTakes('email');
  await hub.moveBy({ minutes: 5 });
  await hub.acknowledges(hub.manager, answered);
  await hub.moveBy({ minutes: 20 });
  await hub.acknowledges(hub.manager, late);
  await hub.decides(hub.socialWorker, decided);
  for (const day of ['2026-11-24T12:00', '2026-11-26T12:00', '2026-11-29T23:50']) {
    await hub.moveTo(day);
    await hub.fireDue.execute();
  }
  await hub.moveTo('2026-12-03T09:00');
  await hub.decides(hub.manager, none);
  const at = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime('Europe/London').toInstant();
  const midnights = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-27', '2026-11-30', '2026-12-01', '2026-12-03'];
  const counts = [];
  for (const instant of midnights.map(at)) {
    const { fired, notAnsweredInTime, reachedNobody } = await measured(instant);
    // An alert of the last quarter of an hour may still be answered in time: the overview waits for it.
    const young = await hub.database.as(SERVICE).row<{ n: number }>(sql`
      SELECT count(*)::int AS n FROM alert WHERE fired_at BETWEEN ${instant.subtract({ minutes: 15 })} AND ${instant}`);
    expect([instant, await shown(instant)]).toEqual([
      instant,
      expect.objectContaining({ fired, notAnsweredInTime, reachedNobody: reachedNobody - young!.n }),
    ]);
    counts.push([notAnsweredInTime, reachedNobody]);
  }
  expect(new Set(counts.map(String)).size).toBeGreaterThan(3);
  expect(counts.some(([, unreached]) => unreached! > 0)).toBe(true);
});
