-- A strategy discussion that has to be held: the one that a decision asks for, or another that a person calls after it.
CREATE TABLE strategy_discussion (
  id uuid NOT NULL CONSTRAINT strategy_discussion_pkey PRIMARY KEY,
  referral_id uuid NOT NULL CONSTRAINT strategy_discussion_referral_id_fkey REFERENCES referral (id),
  decision_id uuid NOT NULL CONSTRAINT strategy_discussion_decision_id_fkey REFERENCES decision (id),
  number integer NOT NULL CONSTRAINT strategy_discussion_number CHECK (number >= 1),
  started_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  is_same_day boolean NOT NULL,
  called_again_by uuid CONSTRAINT strategy_discussion_called_again_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  called_again_because text,
  withdrawn_at timestamp with time zone,
  CONSTRAINT strategy_discussion_called_again CHECK ((called_again_by IS NULL) = (called_again_because IS NULL))
);
-- One that was taken back with its decision has not been: its number is free.
CREATE UNIQUE INDEX strategy_discussion_number_idx ON strategy_discussion (referral_id, number) WHERE withdrawn_at IS NULL;
CREATE INDEX strategy_discussion_decision_idx ON strategy_discussion (decision_id);
CREATE INDEX strategy_discussion_started_idx ON strategy_discussion (started_at) WHERE withdrawn_at IS NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON strategy_discussion
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER started_once BEFORE UPDATE OF id, referral_id, decision_id, number, started_at, due_at, is_same_day, called_again_by, called_again_because
  ON strategy_discussion FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A person called it: for when, with whom in the chair, and which agencies are asked. The latest holds.
CREATE TABLE discussion_call (
  id uuid NOT NULL CONSTRAINT discussion_call_pkey PRIMARY KEY,
  discussion_id uuid NOT NULL CONSTRAINT discussion_call_discussion_id_fkey REFERENCES strategy_discussion (id),
  planned_for timestamp with time zone NOT NULL,
  chair text NOT NULL,
  asked text[] NOT NULL CONSTRAINT discussion_call_asked CHECK (cardinality(asked) > 0),
  asked_others text,
  called_by uuid NOT NULL CONSTRAINT discussion_call_called_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  called_at timestamp with time zone NOT NULL
);
CREATE INDEX discussion_call_discussion_idx ON discussion_call (discussion_id, called_at);

-- How it went: held, with its outcome, or not held, with a manager's reason. `reason` also says why it was held without
-- one of the three agencies.
CREATE TABLE discussion_record (
  discussion_id uuid NOT NULL CONSTRAINT discussion_record_pkey PRIMARY KEY
    CONSTRAINT discussion_record_discussion_id_fkey REFERENCES strategy_discussion (id),
  held_at timestamp with time zone,
  outcome text CONSTRAINT discussion_record_outcome
    CHECK (outcome IN ('section_47_single', 'section_47_joint', 'no_section_47')),
  minutes text,
  reason text,
  recorded_by uuid NOT NULL CONSTRAINT discussion_record_recorded_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT discussion_record_held CHECK ((held_at IS NULL) = (outcome IS NULL) AND (held_at IS NULL) = (minutes IS NULL)),
  CONSTRAINT discussion_record_not_held CHECK (held_at IS NOT NULL OR reason IS NOT NULL)
);

-- An agency that came, and whether it agreed with the outcome; or that could not come, and why.
CREATE TABLE discussion_agency (
  discussion_id uuid NOT NULL CONSTRAINT discussion_agency_discussion_id_fkey REFERENCES discussion_record (discussion_id),
  agency text NOT NULL,
  agrees boolean,
  why text,
  CONSTRAINT discussion_agency_pkey PRIMARY KEY (discussion_id, agency),
  CONSTRAINT discussion_agency_why CHECK (agrees IS TRUE OR why IS NOT NULL)
);

-- A person who came.
CREATE TABLE discussion_participant (
  discussion_id uuid NOT NULL,
  agency text NOT NULL,
  position integer NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  CONSTRAINT discussion_participant_pkey PRIMARY KEY (discussion_id, agency, position),
  CONSTRAINT discussion_participant_discussion_id_agency_fkey FOREIGN KEY (discussion_id, agency)
    REFERENCES discussion_agency (discussion_id, agency)
);

-- The child protection conference that is due after a discussion which began enquiries.
CREATE TABLE conference (
  discussion_id uuid NOT NULL CONSTRAINT conference_pkey PRIMARY KEY
    CONSTRAINT conference_discussion_id_fkey REFERENCES discussion_record (discussion_id),
  due_at timestamp with time zone NOT NULL
);

-- It was held on a day, or is not needed, with a manager's reason.
CREATE TABLE conference_record (
  discussion_id uuid NOT NULL CONSTRAINT conference_record_pkey PRIMARY KEY
    CONSTRAINT conference_record_discussion_id_fkey REFERENCES conference (discussion_id),
  held_on date,
  reason text,
  recorded_by uuid NOT NULL CONSTRAINT conference_record_recorded_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT conference_record_how CHECK ((held_on IS NULL) <> (reason IS NULL))
);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON discussion_call
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON discussion_record
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON discussion_agency
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON discussion_participant
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON conference
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON conference_record
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- Why there is no strategy discussion although the level of need is 4.
ALTER TABLE decision ADD COLUMN no_discussion_reason text;
