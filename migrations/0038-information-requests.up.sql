-- The hub asks an agency what it knows of some children of a referral.
CREATE TABLE information_request (
  id uuid NOT NULL CONSTRAINT information_request_pkey PRIMARY KEY,
  referral_id uuid NOT NULL CONSTRAINT information_request_referral_id_fkey REFERENCES referral (id),
  agency_id uuid NOT NULL CONSTRAINT information_request_agency_id_fkey REFERENCES agency (id),
  what_for text NOT NULL,
  why_now text NOT NULL,
  power text NOT NULL CONSTRAINT information_request_power
    CHECK (power IN ('section_47', 'section_27', 'public_task', 'agreement')),
  asked_by uuid NOT NULL CONSTRAINT information_request_asked_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  asked_at timestamp with time zone NOT NULL,
  withdrawn_by uuid CONSTRAINT information_request_withdrawn_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  withdrawn_at timestamp with time zone,
  withdrawn_because text,
  CONSTRAINT information_request_withdrawn CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL)
    AND (withdrawn_by IS NULL) = (withdrawn_because IS NULL))
);
CREATE INDEX information_request_referral_idx ON information_request (referral_id, asked_at);
CREATE INDEX information_request_agency_idx ON information_request (agency_id, asked_at);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON information_request
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER asked_once BEFORE UPDATE OF id, referral_id, agency_id, what_for, why_now, power, asked_by, asked_at
  ON information_request FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

CREATE TABLE information_request_child (
  request_id uuid NOT NULL CONSTRAINT information_request_child_request_id_fkey REFERENCES information_request (id),
  referral_id uuid NOT NULL,
  position smallint NOT NULL,
  CONSTRAINT information_request_child_pkey PRIMARY KEY (request_id, position),
  CONSTRAINT information_request_child_referral_id_position_fkey FOREIGN KEY (referral_id, position)
    REFERENCES referral_child (referral_id, position)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON information_request_child
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- The hub reminds the agency of a request, by telephone or in a meeting.
CREATE TABLE information_chase (
  id uuid NOT NULL CONSTRAINT information_chase_pkey PRIMARY KEY,
  request_id uuid NOT NULL CONSTRAINT information_chase_request_id_fkey REFERENCES information_request (id),
  note text NOT NULL,
  chased_by uuid NOT NULL CONSTRAINT information_chase_chased_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  chased_at timestamp with time zone NOT NULL
);
CREATE INDEX information_chase_request_idx ON information_chase (request_id, chased_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON information_chase
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- What the agency answered: the first answer ends the clock, a later one adds to it.
CREATE TABLE information_answer (
  id uuid NOT NULL CONSTRAINT information_answer_pkey PRIMARY KEY,
  request_id uuid NOT NULL CONSTRAINT information_answer_request_id_fkey REFERENCES information_request (id),
  kind text NOT NULL CONSTRAINT information_answer_kind CHECK (kind IN ('nothing_known', 'known', 'refused')),
  lead_worker text,
  last_contact_on date,
  words text NOT NULL,
  handling text NOT NULL CONSTRAINT information_answer_handling
    CHECK (handling IN ('may_share_with_family', 'receiving_service', 'hub_only', 'not_on_file')),
  -- The person who answered in the console, or wrote down what the agency said; null where it came by the API.
  answered_by uuid CONSTRAINT information_answer_answered_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  -- Who at the agency said it, where a person of the hub wrote it down.
  said_by text,
  answered_at timestamp with time zone NOT NULL,
  is_late boolean NOT NULL,
  -- The decision in force that was made without it.
  came_after uuid CONSTRAINT information_answer_came_after_fkey REFERENCES decision (id)
);
CREATE INDEX information_answer_request_idx ON information_answer (request_id, answered_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON information_answer
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A person has read an answer that came after the decision, and says what follows from it.
CREATE TABLE late_answer_reading (
  answer_id uuid NOT NULL CONSTRAINT late_answer_reading_pkey PRIMARY KEY
    CONSTRAINT late_answer_reading_answer_id_fkey REFERENCES information_answer (id),
  note text NOT NULL,
  read_by uuid NOT NULL CONSTRAINT late_answer_reading_read_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  read_at timestamp with time zone NOT NULL
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON late_answer_reading
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A decision does not wait: which answers it was made without.
CREATE TABLE decided_without (
  decision_id uuid NOT NULL CONSTRAINT decided_without_decision_id_fkey REFERENCES decision (id),
  request_id uuid NOT NULL CONSTRAINT decided_without_request_id_fkey REFERENCES information_request (id),
  CONSTRAINT decided_without_pkey PRIMARY KEY (decision_id, request_id)
);
CREATE INDEX decided_without_request_idx ON decided_without (request_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON decided_without
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

ALTER TABLE deadline DROP CONSTRAINT deadline_kind;
ALTER TABLE deadline ADD CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim', 'rota_gap', 'contact_failed',
  'undelivered', 'handover', 'challenge', 'supervision_action', 'canary', 'information_request', 'late_answer',
  'strategy_discussion', 'conference', 'route_answer', 'first_response', 'feedback', 'referral_advised',
  'third_contact'));
CREATE INDEX deadline_request_idx ON deadline (subject, generation) WHERE kind = 'information_request';
