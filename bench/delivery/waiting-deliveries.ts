import { SERVICE, type Database, sql } from '#store';

/** People who are told of nothing but what is given to them: they answer for no group. */
export async function addPeople(database: Database, count: number): Promise<void> {
  await database.as(SERVICE).rows(
    sql`INSERT INTO staff_member (id, subject, name, email, phone, role, alert_groups, is_active, created_at)
     SELECT uuidv7(), 'person-' || n, 'Person ' || n, 'person-' || n || '@hub.example.org',
       '07700 9' || lpad(n::text, 5, '0'), 'screener', '{}', true, mash.now()
     FROM generate_series(1, ${count}::int) n`,
  );
}

/**
 * Fires the first step of every referral of a rating as the engine does, but with one delivery each that waits until
 * an instant, to the people in turn.
 *
 * @returns how many wait
 */
export async function waitingDeliveries(
  database: Database,
  rating: 'red' | 'green',
  channel: 'sms' | 'email',
  until: Temporal.Instant,
): Promise<number> {
  const waiting = await database.as(SERVICE).rows(
    sql`WITH fired AS (
       UPDATE deadline_step s SET state = 'fired', at = received.at, fire_at = received.at
       FROM deadline d, LATERAL (SELECT received_at AS at FROM referral WHERE id = d.referral_id) received
       WHERE d.id = s.deadline_id AND d.rating = ${rating} AND s.position = 0 AND s.state = 'waiting'
       RETURNING s.id, s.deadline_id, d.referral_id, d.rating, d.urgency, d.due_at, s.at, s.tell),
     alerts AS (
       INSERT INTO alert (id, deadline_id, referral_id, rating, due_at, step_at, fired_at, told)
       SELECT id, deadline_id, referral_id, rating, due_at, at, mash.now(), tell FROM fired),
     people AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM staff_member WHERE alert_groups = '{}'),
     numbered AS (SELECT *, row_number() OVER () - 1 AS place FROM fired)
     INSERT INTO delivery (id, alert_id, channel, recipient_id, state, urgency, next_attempt_at)
     SELECT uuidv7(), numbered.id, ${channel}, people.id, 'queued', urgency, ${until}
     FROM numbered JOIN people ON people.place = numbered.place % (SELECT count(*) FROM people)
     RETURNING id`,
  );
  return waiting.length;
}
