import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything the main job needs: referrals, triage, deadlines and alerts, the job ledger, the audit trail. */
export class TheMainJob1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLOCK);
    await runner.query(TABLES);
    await runner.query(APPEND_ONLY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE session, audit_entry, job, acknowledgement, delivery, alert, deadline_step, deadline, response_time,
        sign_off, decision, rating, idempotency_key, earlier_referral, referral_adult, referral_child, referral,
        calendar_version, policy_version, staff_member, agency_client, agency;
      DROP SCHEMA mash CASCADE;
    `);
  }
}

const CLOCK = `
  CREATE SCHEMA mash;

  -- The one clock. To the millisecond, so that an instant reads back as it was written; cut off, so never early.
  CREATE FUNCTION mash.now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS
    $$ SELECT date_trunc('milliseconds', clock_timestamp()) $$;
`;

const TABLES = `
  CREATE TABLE agency (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL,
    source_code text NOT NULL,
    created_at timestamptz NOT NULL
  );

  CREATE TABLE agency_client (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agency,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
  );

  CREATE TABLE staff_member (
    id uuid PRIMARY KEY,
    subject text NOT NULL UNIQUE,
    name text NOT NULL,
    email text NOT NULL,
    role text NOT NULL CONSTRAINT staff_member_role CHECK (role IN ('screener', 'social_worker', 'manager')),
    alert_groups text[] NOT NULL CONSTRAINT staff_member_alert_groups CHECK (alert_groups <@ ARRAY[
      'duty_team', 'practice_manager', 'service_manager', 'head_of_service', 'emergency_duty_team', 'on_call_manager',
      'last_resort']),
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL
  );

  CREATE TABLE policy_version (
    version integer PRIMARY KEY,
    policy jsonb NOT NULL,
    effective_from timestamptz NOT NULL
  );

  CREATE TABLE calendar_version (
    version integer PRIMARY KEY,
    calendar jsonb NOT NULL,
    effective_from timestamptz NOT NULL
  );

  CREATE TABLE referral (
    id uuid PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    agency_id uuid NOT NULL REFERENCES agency,
    status text NOT NULL
      CONSTRAINT referral_status CHECK (status IN ('awaiting_decision', 'awaiting_sign_off', 'decided')),
    version integer NOT NULL,
    rating text NOT NULL,
    urgency smallint NOT NULL,
    immediate_danger boolean NOT NULL,
    submitted jsonb NOT NULL,
    received_at timestamptz NOT NULL,
    decision_due_at timestamptz NOT NULL,
    statutory_due_at timestamptz NOT NULL,
    claimed_by uuid REFERENCES staff_member,
    claimed_at timestamptz,
    first_opened_at timestamptz,
    first_claimed_at timestamptz,
    first_rated_at timestamptz,
    last_changed_at timestamptz NOT NULL,
    CONSTRAINT referral_rating CHECK ((rating, urgency) IN (('red', 1), ('amber', 2), ('green', 3))),
    CONSTRAINT referral_claim CHECK ((claimed_by IS NULL) = (claimed_at IS NULL))
  );
  CREATE INDEX referral_queue_idx ON referral (urgency, decision_due_at, received_at, id) WHERE status <> 'decided';
  CREATE INDEX referral_claimed_by_idx ON referral (claimed_by) WHERE status <> 'decided';
  CREATE INDEX referral_decided_idx ON referral (last_changed_at) WHERE status = 'decided';

  CREATE TABLE referral_child (
    referral_id uuid NOT NULL REFERENCES referral,
    position smallint NOT NULL,
    submitted jsonb NOT NULL,
    nhs_number text,
    upn text,
    name_key text,
    date_of_birth date,
    PRIMARY KEY (referral_id, position)
  );
  CREATE INDEX referral_child_nhs_number_idx ON referral_child (nhs_number) WHERE nhs_number IS NOT NULL;
  CREATE INDEX referral_child_upn_idx ON referral_child (upn) WHERE upn IS NOT NULL;
  CREATE INDEX referral_child_name_idx ON referral_child (name_key, date_of_birth)
    WHERE name_key IS NOT NULL AND date_of_birth IS NOT NULL;

  CREATE TABLE referral_adult (
    referral_id uuid NOT NULL REFERENCES referral,
    position smallint NOT NULL,
    submitted jsonb NOT NULL,
    PRIMARY KEY (referral_id, position)
  );

  CREATE TABLE earlier_referral (
    referral_id uuid NOT NULL REFERENCES referral,
    earlier_id uuid NOT NULL REFERENCES referral,
    matched_on text NOT NULL
      CONSTRAINT earlier_referral_matched_on CHECK (matched_on IN ('nhs_number', 'upn', 'name_and_date_of_birth')),
    PRIMARY KEY (referral_id, earlier_id)
  );

  CREATE TABLE idempotency_key (
    agency_id uuid NOT NULL REFERENCES agency,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    referral_id uuid NOT NULL REFERENCES referral,
    answer jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (agency_id, key)
  );

  CREATE TABLE rating (
    id uuid PRIMARY KEY,
    referral_id uuid NOT NULL REFERENCES referral,
    rating text NOT NULL CONSTRAINT rating_rating CHECK (rating IN ('red', 'amber', 'green')),
    previous text CONSTRAINT rating_previous CHECK (previous IN ('red', 'amber', 'green')),
    matched jsonb,
    given_by uuid REFERENCES staff_member,
    reason text,
    at timestamptz NOT NULL,
    -- Suggested by rules, or given by a person with a reason.
    CONSTRAINT rating_origin CHECK ((given_by IS NULL) = (reason IS NULL) AND (given_by IS NULL) = (matched IS NOT NULL))
  );
  CREATE INDEX rating_referral_idx ON rating (referral_id, at);

  CREATE TABLE decision (
    id uuid PRIMARY KEY,
    referral_id uuid NOT NULL REFERENCES referral,
    outcome text NOT NULL CONSTRAINT decision_outcome CHECK (outcome IN (
      'immediate_protection', 'strategy_discussion', 'child_and_family_assessment', 'edge_of_care', 'early_help',
      'advice_and_signposting', 'to_allocated_worker', 'transfer_to_other_authority', 'refer_to_lado',
      'returned_to_referrer', 'no_further_action')),
    threshold_level smallint NOT NULL CONSTRAINT decision_threshold_level CHECK (threshold_level BETWEEN 1 AND 4),
    rationale text NOT NULL,
    decided_by uuid NOT NULL REFERENCES staff_member,
    decided_at timestamptz NOT NULL,
    sign_off_reasons text[] NOT NULL,
    UNIQUE (id, decided_by)
  );
  CREATE INDEX decision_referral_idx ON decision (referral_id, decided_at);

  CREATE TABLE sign_off (
    id uuid PRIMARY KEY,
    decision_id uuid NOT NULL UNIQUE,
    decided_by uuid NOT NULL,
    signed_by uuid NOT NULL REFERENCES staff_member,
    result text NOT NULL CONSTRAINT sign_off_result CHECK (result IN ('agreed', 'returned')),
    comments text,
    signed_at timestamptz NOT NULL,
    FOREIGN KEY (decision_id, decided_by) REFERENCES decision (id, decided_by),
    CONSTRAINT sign_off_by_someone_else CHECK (signed_by <> decided_by),
    CONSTRAINT sign_off_return_says_why CHECK (result = 'agreed' OR comments IS NOT NULL)
  );

  CREATE TABLE response_time (
    referral_id uuid PRIMARY KEY REFERENCES referral,
    decision_id uuid NOT NULL REFERENCES decision,
    received_at timestamptz NOT NULL,
    first_opened_at timestamptz,
    first_claimed_at timestamptz,
    first_rated_at timestamptz,
    decided_at timestamptz NOT NULL,
    effective_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    statutory_due_at timestamptz NOT NULL,
    elapsed_minutes integer NOT NULL,
    working_minutes integer NOT NULL,
    on_time boolean NOT NULL,
    within_statutory_limit boolean NOT NULL,
    policy_version integer NOT NULL REFERENCES policy_version,
    calendar_version integer NOT NULL REFERENCES calendar_version
  );

  CREATE TABLE deadline (
    id uuid PRIMARY KEY,
    referral_id uuid NOT NULL REFERENCES referral,
    kind text NOT NULL CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim')),
    generation integer NOT NULL,
    rating text NOT NULL,
    urgency smallint NOT NULL,
    due_at timestamptz NOT NULL,
    state text NOT NULL CONSTRAINT deadline_state CHECK (state IN ('open', 'met', 'superseded')),
    ended_at timestamptz,
    paused_until timestamptz,
    armed_at timestamptz NOT NULL,
    policy_version integer NOT NULL REFERENCES policy_version,
    calendar_version integer NOT NULL REFERENCES calendar_version,
    UNIQUE (referral_id, kind, generation),
    CONSTRAINT deadline_rating CHECK ((rating, urgency) IN (('red', 1), ('amber', 2), ('green', 3))),
    CONSTRAINT deadline_ended CHECK ((state = 'open') = (ended_at IS NULL))
  );
  CREATE UNIQUE INDEX deadline_one_open_idx ON deadline (referral_id, kind) WHERE state = 'open';

  CREATE TABLE deadline_step (
    id uuid PRIMARY KEY,
    deadline_id uuid NOT NULL REFERENCES deadline,
    position integer NOT NULL,
    repetition integer NOT NULL,
    at timestamptz NOT NULL,
    only_if_unclaimed boolean NOT NULL,
    tell text[] NOT NULL,
    state text NOT NULL
      CONSTRAINT deadline_step_state CHECK (state IN ('waiting', 'fired', 'not_needed', 'passed_over')),
    UNIQUE (deadline_id, position, repetition)
  );
  CREATE INDEX deadline_step_due_idx ON deadline_step (at) WHERE state = 'waiting';

  CREATE TABLE alert (
    id uuid PRIMARY KEY REFERENCES deadline_step,
    deadline_id uuid NOT NULL REFERENCES deadline,
    referral_id uuid NOT NULL REFERENCES referral,
    rating text NOT NULL,
    due_at timestamptz NOT NULL,
    step_at timestamptz NOT NULL,
    fired_at timestamptz NOT NULL,
    told text[] NOT NULL,
    CONSTRAINT alert_never_early CHECK (fired_at >= step_at)
  );
  CREATE INDEX alert_referral_idx ON alert (referral_id, fired_at);

  CREATE TABLE delivery (
    id uuid PRIMARY KEY,
    alert_id uuid NOT NULL REFERENCES alert,
    channel text NOT NULL CONSTRAINT delivery_channel CHECK (channel IN ('email')),
    recipient_id uuid NOT NULL REFERENCES staff_member,
    state text NOT NULL CONSTRAINT delivery_state CHECK (state IN ('queued', 'accepted', 'not_needed')),
    accepted_at timestamptz,
    UNIQUE (alert_id, channel, recipient_id)
  );

  CREATE TABLE acknowledgement (
    id uuid PRIMARY KEY,
    alert_id uuid NOT NULL UNIQUE REFERENCES alert,
    deadline_id uuid NOT NULL REFERENCES deadline,
    acknowledged_by uuid NOT NULL REFERENCES staff_member,
    acknowledged_at timestamptz NOT NULL,
    paused_until timestamptz NOT NULL
  );
  CREATE INDEX acknowledgement_deadline_idx ON acknowledgement (deadline_id);

  CREATE TABLE job (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    payload jsonb NOT NULL,
    priority smallint NOT NULL,
    created_at timestamptz NOT NULL,
    run_after timestamptz NOT NULL,
    handed_over_at timestamptz,
    hand_overs integer NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    last_failure text,
    completed_at timestamptz
  );
  CREATE INDEX job_to_hand_over_idx ON job (priority, run_after) WHERE completed_at IS NULL AND handed_over_at IS NULL;
  CREATE INDEX job_handed_over_idx ON job (handed_over_at) WHERE completed_at IS NULL;

  CREATE TABLE audit_entry (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_kind text NOT NULL CONSTRAINT audit_entry_actor_kind CHECK (actor_kind IN ('agency', 'staff', 'service')),
    actor_id uuid,
    act text NOT NULL,
    referral_id uuid,
    details jsonb NOT NULL,
    request_id text,
    CONSTRAINT audit_entry_actor CHECK ((actor_kind = 'service') = (actor_id IS NULL))
  );
  CREATE INDEX audit_entry_referral_idx ON audit_entry (referral_id, at);

  -- Staff sessions, in the shape that connect-pg-simple keeps them.
  CREATE TABLE session (
    sid text PRIMARY KEY,
    sess json NOT NULL,
    expire timestamptz NOT NULL
  );
  CREATE INDEX session_expire_idx ON session (expire);
`;

const NEVER_CHANGED = [
  'policy_version',
  'calendar_version',
  'referral_child',
  'referral_adult',
  'idempotency_key',
  'rating',
  'decision',
  'sign_off',
  'response_time',
  'alert',
  'acknowledgement',
  'audit_entry',
];

const APPEND_ONLY = `
  CREATE FUNCTION mash.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$;
  ${NEVER_CHANGED.map(
    (table) => `
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();`,
  ).join('')}

  -- What an agency submitted and when we received it are as append-only as the tables above.
  CREATE FUNCTION mash.keep_as_submitted() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'a referral is kept as it was submitted' USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER as_submitted BEFORE UPDATE OF id, reference, agency_id, immediate_danger, submitted, received_at
    ON referral FOR EACH ROW EXECUTE FUNCTION mash.keep_as_submitted();
  CREATE TRIGGER no_deletion BEFORE DELETE OR TRUNCATE ON referral
    FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
`;
