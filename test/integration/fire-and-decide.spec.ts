import pg from 'pg';
import { createHub } from '../support/hub.ts';
import { scenario } from '../support/scenarios.ts';
import { until } from '../support/until.ts';

it('a decision that takes effect while a repeating alert is being fired leaves no alert to come', async () => {
  const hub = await createHub();
  try {
    const reference = await hub.submit(scenario(2).body);
    await hub.moveTo('2026-11-23T14:00');
    await hub.fireDue.execute();
    await hub.claim.execute({ reference, by: hub.manager });
    // Firing waits for this lock once the step is marked and the next repeat is about to be stored.
    await hub.database.rows(`CREATE FUNCTION wait_in_firing() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(79); RETURN NEW; END $$`);
    await hub.database.rows(
      `CREATE TRIGGER in_firing BEFORE INSERT ON alert FOR EACH ROW EXECUTE FUNCTION wait_in_firing()`,
    );
    const holder = new pg.Client({ connectionString: hub.url });
    await holder.connect();
    await holder.query('SELECT pg_advisory_lock(79)');
    const waiting = async (type: string) =>
      (await hub.database.row(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event = $1
         AND datname = current_database()`,
        [type],
      )) !== null;

    await hub.moveTo('2026-11-23T14:30');
    const firing = hub.fireDue.execute();
    await until(() => waiting('advisory'));
    const { version } = await hub.readReferral.execute({ reference, by: hub.manager });
    const decision = {
      rationale: 'Agreed with the agencies.',
      outcome: 'strategy_discussion',
      thresholdLevel: 4,
    } as const;
    const decided = hub.decide.execute({ reference, version, by: hub.manager, ...decision });
    await until(() => waiting('transactionid'));
    await holder.end();
    expect(await firing).toBe(1);
    expect(await decided).toEqual([]);

    await hub.moveTo('2026-11-23T16:00');
    expect(await hub.fireDue.execute()).toBe(0);
    expect(await hub.database.rows(`SELECT 1 FROM deadline_step WHERE state = 'waiting'`)).toEqual([]);
  } finally {
    await hub.drop();
  }
});
