import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

describe('the schema of what is recorded at a decision', () => {
  it.each([
    ['decision_progression', sql`progression = 'lost'`],
    ['decision_primary_need', sql`primary_need = 'N10'`],
    ['decision_need_of_referral', sql`progression = 'referral', primary_need = NULL`],
    ['decision_late_reason', sql`late_reason = 'Two words'`],
    ['decision_late_words', sql`late_reason = NULL, late_words = 'It snowed.'`],
    ['referral_source_code', sql`source_code = '2C'`],
  ])('refuses by %s what is no code of the lists', async (constraint, change) => {
    await hub.decides(hub.socialWorker, await hub.submit(aCoachMessagingChildren()));
    const breaks = hub.database.as(SERVICE).transaction(async (tx) => {
      await tx.rows(sql`SET LOCAL session_replication_role = replica`);
      await tx.rows(
        constraint.startsWith('decision') ? sql`UPDATE decision SET ${change}` : sql`UPDATE referral SET ${change}`,
      );
    });
    await expect(breaks).rejects.toThrow(`"${constraint}"`);
  });

  it('keeps the source of a referral as it was received', async () => {
    await hub.submit(aCoachMessagingChildren());
    const changes = hub.database.as(SERVICE).rows(sql`UPDATE referral SET source_code = '10'`);
    await expect(changes).rejects.toThrow('a referral is kept as it was submitted');
  });
});
