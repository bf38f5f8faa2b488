/**
 * What a peer's job writes: an alert and its one delivery, with the columns of ours, but without their foreign keys,
 * checks and further indexes: less than we write.
 */
export const PEER_TABLES = `
  CREATE TABLE bench_alert (
    id uuid PRIMARY KEY,
    due_at timestamptz NOT NULL,
    fired_at timestamptz NOT NULL DEFAULT mash.now(),
    deadline_id uuid NOT NULL,
    referral_id uuid NOT NULL,
    rating text NOT NULL,
    told text[] NOT NULL
  );
  CREATE TABLE bench_delivery (LIKE delivery INCLUDING DEFAULTS, PRIMARY KEY (id))`;

export const INSERT_ALERT = `
  WITH fired AS (
    INSERT INTO bench_alert (id, due_at, deadline_id, referral_id, rating, told)
    VALUES ($1, $2, $1, $1, 'red', '{duty_team}') RETURNING id, fired_at)
  INSERT INTO bench_delivery (id, alert_id, channel, recipient_id, state, urgency, next_attempt_at)
  SELECT id, id, 'email', id, 'queued', 1, fired_at FROM fired`;
