import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Escalation as data, the rota, delivery by several channels, hand-overs, deadlines of the service, the watchdog. */
export class Alerting1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(VERSIONS);
    await runner.query(DEADLINES);
    await runner.query(DELIVERIES);
    await runner.query(ROTA_AND_HANDOVER);
    await runner.query(WATCHDOG);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const VERSIONS = `
  ALTER TABLE policy_version
    ADD COLUMN made_by uuid REFERENCES staff_member, ADD COLUMN made_at timestamptz, ADD COLUMN reason text;
  ALTER TABLE calendar_version
    ADD COLUMN made_by uuid REFERENCES staff_member, ADD COLUMN made_at timestamptz, ADD COLUMN reason text;
`;

const DEADLINES = `
  CREATE UNIQUE INDEX idempotency_key_referral_idx ON idempotency_key (referral_id);

  ALTER TABLE deadline
    ALTER COLUMN referral_id DROP NOT NULL,
    ADD COLUMN subject text,
    DROP CONSTRAINT deadline_kind,
    ADD CONSTRAINT deadline_kind CHECK (kind IN
      ('decision', 'claim', 'rota_gap', 'contact_failed', 'undelivered', 'handover', 'canary')),
    -- Of a referral, or of the service itself about something that its subject names.
    ADD CONSTRAINT deadline_about CHECK (
      (referral_id IS NOT NULL) = (kind IN ('decision', 'claim')) AND (referral_id IS NULL) = (subject IS NOT NULL));
  CREATE UNIQUE INDEX deadline_one_open_subject_idx ON deadline (kind, subject) WHERE state = 'open';
  CREATE INDEX deadline_versions_idx ON deadline (policy_version, calendar_version)
    WHERE state = 'open' AND referral_id IS NOT NULL;
  CREATE INDEX deadline_canary_idx ON deadline (armed_at) WHERE kind = 'canary';

  ALTER TABLE deadline_step ADD COLUMN urgency smallint, ADD COLUMN fire_at timestamptz, ADD COLUMN ladder jsonb;
  UPDATE deadline_step s SET urgency = d.urgency, fire_at = greatest(s.at, d.paused_until),
    ladder = '[{"channels": ["email"], "afterMinutes": 0}]'
  FROM deadline d WHERE d.id = s.deadline_id;
  ALTER TABLE deadline_step
    ALTER COLUMN urgency SET NOT NULL, ALTER COLUMN fire_at SET NOT NULL, ALTER COLUMN ladder SET NOT NULL,
    ADD CONSTRAINT deadline_step_never_early CHECK (fire_at >= at);
  DROP INDEX deadline_step_due_idx;
  CREATE INDEX deadline_step_due_idx ON deadline_step (urgency, fire_at) WHERE state = 'waiting';

  -- An alert's deadline and referral are copied from its step, which refers to them: to check them again for each
  -- alert costs more than the alert itself.
  ALTER TABLE alert ALTER COLUMN referral_id DROP NOT NULL,
    DROP CONSTRAINT alert_deadline_id_fkey, DROP CONSTRAINT alert_referral_id_fkey;
  CREATE INDEX alert_deadline_idx ON alert (deadline_id, fired_at);
  CREATE INDEX alert_fired_idx ON alert (fired_at);
  -- An alert that told people is kept for good; one of the canary, which told nobody, may go.
  DROP TRIGGER append_only ON alert;
  CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON alert
    FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
  CREATE TRIGGER kept_once_told BEFORE DELETE ON alert
    FOR EACH ROW WHEN (OLD.told <> '{}') EXECUTE FUNCTION mash.refuse_change();
`;

const DELIVERIES = `
  ALTER TABLE staff_member
    ADD COLUMN phone text, ADD COLUMN email_failed_at timestamptz, ADD COLUMN phone_failed_at timestamptz,
    ADD COLUMN contact_changed_at timestamptz;

  ALTER TABLE delivery
    ALTER COLUMN recipient_id DROP NOT NULL,
    DROP CONSTRAINT delivery_channel,
    ADD CONSTRAINT delivery_channel
      CHECK (channel IN ('email', 'sms', 'console', 'teams', 'webhook', 'loopback')),
    ADD CONSTRAINT delivery_recipient
      CHECK ((recipient_id IS NOT NULL) = (channel IN ('email', 'sms', 'console'))),
    DROP CONSTRAINT delivery_state,
    ADD CONSTRAINT delivery_state
      CHECK (state IN ('queued', 'sending', 'accepted', 'delivered', 'failed', 'not_needed')),
    ADD COLUMN urgency smallint,
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN next_attempt_at timestamptz,
    ADD COLUMN lease_owner uuid,
    ADD COLUMN lease_until timestamptz,
    ADD COLUMN message_id uuid,
    ADD COLUMN sent_at timestamptz,
    ADD COLUMN delivered_at timestamptz,
    ADD COLUMN failed_at timestamptz,
    ADD COLUMN failure text,
    ADD CONSTRAINT delivery_lease CHECK ((state = 'sending') = (lease_until IS NOT NULL));
  UPDATE delivery SET next_attempt_at = alert.fired_at, sent_at = accepted_at,
    urgency = CASE alert.rating WHEN 'red' THEN 1 WHEN 'amber' THEN 2 ELSE 3 END
  FROM alert WHERE alert.id = alert_id;
  ALTER TABLE delivery ALTER COLUMN urgency SET NOT NULL, ALTER COLUMN next_attempt_at SET NOT NULL;
  CREATE UNIQUE INDEX delivery_to_the_hub_idx ON delivery (alert_id, channel) WHERE recipient_id IS NULL;
  CREATE INDEX delivery_queued_idx ON delivery (channel, urgency, next_attempt_at) WHERE state = 'queued';
  CREATE INDEX delivery_leased_idx ON delivery (lease_until) WHERE state = 'sending';
  CREATE INDEX delivery_recent_idx ON delivery (recipient_id, channel, sent_at) WHERE sent_at IS NOT NULL;
  CREATE INDEX delivery_message_idx ON delivery (message_id) WHERE message_id IS NOT NULL;
  CREATE INDEX delivery_receipt_due_idx ON delivery (accepted_at) WHERE state = 'accepted';
  -- What the ledger had to send is sent by its state from now on.
  UPDATE job SET completed_at = mash.now() WHERE name = 'send-alert' AND completed_at IS NULL;

  -- What a provider may still be sent at this moment: a token bucket, shared by every worker.
  CREATE TABLE sending_budget (
    provider text PRIMARY KEY,
    tokens double precision NOT NULL,
    refilled_at timestamptz NOT NULL
  );
`;

const GROUPS = `'duty_team', 'practice_manager', 'service_manager', 'head_of_service', 'emergency_duty_team',
  'on_call_manager', 'last_resort'`;

const ROTA_AND_HANDOVER = `
  CREATE TABLE rota_shift (
    id uuid PRIMARY KEY,
    alert_group text NOT NULL CONSTRAINT rota_shift_group CHECK (alert_group IN (${GROUPS})),
    staff_member_id uuid NOT NULL REFERENCES staff_member,
    weekday text NOT NULL
      CONSTRAINT rota_shift_weekday CHECK (weekday IN ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')),
    starts text NOT NULL CONSTRAINT rota_shift_starts CHECK (starts ~ '^([01]\\d|2[0-3]):[0-5]\\d$'),
    ends text NOT NULL CONSTRAINT rota_shift_ends CHECK (ends ~ '^([01]\\d|2[0-3]):[0-5]\\d$')
  );
  CREATE TABLE rota_cover (
    id uuid PRIMARY KEY,
    alert_group text NOT NULL CONSTRAINT rota_cover_group CHECK (alert_group IN (${GROUPS})),
    staff_member_id uuid NOT NULL REFERENCES staff_member,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    CONSTRAINT rota_cover_lasts CHECK (ends_at > starts_at)
  );
  CREATE INDEX rota_cover_ends_idx ON rota_cover (ends_at);
  CREATE TABLE absence (
    id uuid PRIMARY KEY,
    staff_member_id uuid NOT NULL REFERENCES staff_member,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    CONSTRAINT absence_lasts CHECK (ends_at > starts_at)
  );
  CREATE INDEX absence_ends_idx ON absence (ends_at);

  CREATE TABLE handover (
    id uuid PRIMARY KEY,
    passes_to text NOT NULL CONSTRAINT handover_passes_to CHECK (passes_to IN ('emergency_duty_team', 'hub')),
    at timestamptz NOT NULL,
    accepted_by uuid REFERENCES staff_member,
    accepted_at timestamptz,
    UNIQUE (passes_to, at),
    CONSTRAINT handover_accepted CHECK ((accepted_by IS NULL) = (accepted_at IS NULL))
  );
  CREATE TABLE handover_referral (
    handover_id uuid NOT NULL REFERENCES handover,
    referral_id uuid NOT NULL REFERENCES referral,
    PRIMARY KEY (handover_id, referral_id)
  );
  CREATE TABLE handover_note (
    id uuid PRIMARY KEY,
    handover_id uuid NOT NULL REFERENCES handover,
    written_by uuid NOT NULL REFERENCES staff_member,
    written_at timestamptz NOT NULL,
    note text NOT NULL
  );
  CREATE INDEX handover_note_handover_idx ON handover_note (handover_id);
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON handover_note
    FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON handover_referral
    FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
`;

const WATCHDOG = `
  -- What the watchdog saw last: one row.
  CREATE TABLE watchdog_round (
    id smallint PRIMARY KEY CONSTRAINT watchdog_round_one CHECK (id = 1),
    checked_at timestamptz NOT NULL,
    holds boolean NOT NULL,
    findings jsonb NOT NULL,
    canary_fired_at timestamptz,
    canary_lateness_ms integer,
    switch_fed_at timestamptz
  );
`;

const DOWN = `
  DROP TABLE watchdog_round, handover_note, handover_referral, handover, absence, rota_cover, rota_shift,
    sending_budget;
  ALTER TABLE delivery DISABLE TRIGGER USER;
  ALTER TABLE alert DISABLE TRIGGER USER;
  ALTER TABLE acknowledgement DISABLE TRIGGER USER;
  DELETE FROM acknowledgement USING deadline d WHERE d.id = deadline_id AND d.referral_id IS NULL;
  DELETE FROM delivery USING alert WHERE alert.id = alert_id AND (alert.referral_id IS NULL OR channel <> 'email');
  DELETE FROM alert WHERE referral_id IS NULL;
  DELETE FROM deadline_step USING deadline d WHERE d.id = deadline_id AND d.referral_id IS NULL;
  DELETE FROM deadline WHERE referral_id IS NULL;
  ALTER TABLE delivery ENABLE TRIGGER USER;
  ALTER TABLE alert ENABLE TRIGGER USER;
  ALTER TABLE acknowledgement ENABLE TRIGGER USER;

  DROP INDEX delivery_to_the_hub_idx, delivery_queued_idx, delivery_leased_idx, delivery_recent_idx,
    delivery_message_idx, delivery_receipt_due_idx;
  ALTER TABLE delivery
    DROP CONSTRAINT delivery_lease, DROP CONSTRAINT delivery_recipient, DROP CONSTRAINT delivery_state,
    DROP CONSTRAINT delivery_channel;
  UPDATE delivery SET state = CASE state WHEN 'delivered' THEN 'accepted' WHEN 'sending' THEN 'queued'
    WHEN 'failed' THEN 'not_needed' ELSE state END;
  ALTER TABLE delivery
    ALTER COLUMN recipient_id SET NOT NULL,
    ADD CONSTRAINT delivery_channel CHECK (channel IN ('email')),
    ADD CONSTRAINT delivery_state CHECK (state IN ('queued', 'accepted', 'not_needed')),
    DROP COLUMN urgency, DROP COLUMN attempts, DROP COLUMN next_attempt_at, DROP COLUMN lease_owner,
    DROP COLUMN lease_until, DROP COLUMN message_id, DROP COLUMN sent_at, DROP COLUMN delivered_at,
    DROP COLUMN failed_at, DROP COLUMN failure;
  ALTER TABLE staff_member DROP COLUMN phone, DROP COLUMN email_failed_at, DROP COLUMN phone_failed_at,
    DROP COLUMN contact_changed_at;

  DROP TRIGGER kept_once_told ON alert;
  DROP TRIGGER append_only ON alert;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alert
    FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
  DROP INDEX alert_deadline_idx, alert_fired_idx;
  ALTER TABLE alert ALTER COLUMN referral_id SET NOT NULL,
    ADD FOREIGN KEY (deadline_id) REFERENCES deadline, ADD FOREIGN KEY (referral_id) REFERENCES referral;
  DROP INDEX deadline_step_due_idx;
  CREATE INDEX deadline_step_due_idx ON deadline_step (at) WHERE state = 'waiting';
  ALTER TABLE deadline_step DROP CONSTRAINT deadline_step_never_early,
    DROP COLUMN urgency, DROP COLUMN fire_at, DROP COLUMN ladder;
  DROP INDEX idempotency_key_referral_idx, deadline_one_open_subject_idx, deadline_versions_idx, deadline_canary_idx;
  ALTER TABLE deadline
    DROP CONSTRAINT deadline_about, DROP CONSTRAINT deadline_kind,
    ADD CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim')),
    DROP COLUMN subject, ALTER COLUMN referral_id SET NOT NULL;

  ALTER TABLE policy_version DROP COLUMN made_by, DROP COLUMN made_at, DROP COLUMN reason;
  ALTER TABLE calendar_version DROP COLUMN made_by, DROP COLUMN made_at, DROP COLUMN reason;
`;
