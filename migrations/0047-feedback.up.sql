-- The answer that a referrer is owed since a decision took effect, and what was done about it.
ALTER TABLE agency ADD COLUMN feedback_by text NOT NULL DEFAULT 'email'
  CONSTRAINT agency_feedback_by CHECK (feedback_by IN ('email', 'person'));
ALTER TABLE decision ADD COLUMN reason_to_referrer text;

CREATE TABLE feedback (
  id uuid NOT NULL CONSTRAINT feedback_pkey PRIMARY KEY,
  referral_id uuid NOT NULL CONSTRAINT feedback_referral_id_fkey REFERENCES referral (id),
  decision_id uuid NOT NULL CONSTRAINT feedback_decision_id_fkey REFERENCES decision (id),
  audience text NOT NULL CONSTRAINT feedback_audience CHECK (audience IN ('professional', 'public', 'anonymous')),
  way text NOT NULL CONSTRAINT feedback_way CHECK (way IN ('message', 'person', 'none')),
  why_by_person text CONSTRAINT feedback_why_by_person
    CHECK (why_by_person IN ('agency_setting', 'no_address', 'address_failed')),
  reason text NOT NULL,
  state text NOT NULL CONSTRAINT feedback_state
    CHECK (state IN ('awaiting_leave', 'owed', 'told', 'not_told', 'not_owed', 'withdrawn')),
  owed_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone,
  settled_at timestamp with time zone,
  CONSTRAINT feedback_to_anonymous CHECK ((audience = 'anonymous') = (way = 'none') AND (way = 'none') = (due_at IS NULL)),
  CONSTRAINT feedback_by_person CHECK ((way = 'person') = (why_by_person IS NOT NULL)),
  CONSTRAINT feedback_settled CHECK (state = 'withdrawn' OR (state IN ('told', 'not_told')) = (settled_at IS NOT NULL))
);
CREATE UNIQUE INDEX feedback_decision_idx ON feedback (decision_id) WHERE state <> 'withdrawn';
CREATE INDEX feedback_referral_idx ON feedback (referral_id, owed_at);
CREATE INDEX feedback_waiting_idx ON feedback (due_at, id) WHERE state IN ('owed', 'awaiting_leave');
CREATE INDEX feedback_settled_idx ON feedback (settled_at, id) WHERE settled_at IS NOT NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON feedback FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER owed_once BEFORE UPDATE OF id, referral_id, decision_id, audience, reason, owed_at, due_at
  ON feedback FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

CREATE TABLE feedback_act (
  id uuid NOT NULL CONSTRAINT feedback_act_pkey PRIMARY KEY,
  feedback_id uuid NOT NULL CONSTRAINT feedback_act_feedback_id_fkey REFERENCES feedback (id),
  kind text NOT NULL CONSTRAINT feedback_act_kind CHECK (kind IN ('sent', 'address_failed', 'by_telephone', 'in_person',
    'in_writing', 'tried', 'leave_given', 'leave_refused', 'not_told')),
  words text,
  by uuid CONSTRAINT feedback_act_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  at timestamp with time zone NOT NULL,
  CONSTRAINT feedback_act_of_service CHECK (
    (kind IN ('sent', 'address_failed')) = (by IS NULL) AND (by IS NULL) = (words IS NULL))
);
CREATE INDEX feedback_act_feedback_idx ON feedback_act (feedback_id, at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON feedback_act
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

ALTER TABLE delivery
  ADD COLUMN feedback_id uuid CONSTRAINT delivery_feedback_id_fkey REFERENCES feedback (id),
  DROP CONSTRAINT delivery_purpose,
  ADD CONSTRAINT delivery_purpose CHECK (purpose IN ('alert', 'acknowledgement', 'weekly_summary', 'feedback')),
  DROP CONSTRAINT delivery_about,
  ADD CONSTRAINT delivery_about CHECK (
    (purpose = 'alert') = (alert_id IS NOT NULL) AND (purpose = 'acknowledgement') = (referral_id IS NOT NULL)
    AND (purpose = 'weekly_summary') = (week IS NOT NULL) AND (purpose = 'feedback') = (feedback_id IS NOT NULL));
CREATE UNIQUE INDEX delivery_feedback_idx ON delivery (feedback_id) WHERE purpose = 'feedback';
