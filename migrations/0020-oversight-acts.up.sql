-- Oversight as acts: challenges to one referral, the dip sample of each month, and supervision notes.

-- The person whom a deadline waits for, where it is one person and no group.
ALTER TABLE deadline ADD COLUMN owner_id uuid CONSTRAINT deadline_owner_id_fkey REFERENCES staff_member ON DELETE RESTRICT;
ALTER TABLE deadline DROP CONSTRAINT deadline_kind;
ALTER TABLE deadline ADD CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim', 'rota_gap', 'contact_failed',
  'undelivered', 'handover', 'challenge', 'supervision_action', 'canary'));

CREATE TABLE challenge (
  id uuid NOT NULL PRIMARY KEY,
  referral_id uuid NOT NULL REFERENCES referral ON DELETE RESTRICT,
  aspect text NOT NULL CONSTRAINT challenge_aspect CHECK (aspect IN ('pace', 'quality', 'pace_and_quality')),
  question text NOT NULL,
  made_by uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  made_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL CONSTRAINT challenge_lasts CHECK (due_at > made_at),
  UNIQUE (id, made_by)
);
CREATE INDEX challenge_referral_idx ON challenge (referral_id, made_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON challenge
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

CREATE TABLE challenge_answer (
  id uuid NOT NULL PRIMARY KEY,
  challenge_id uuid NOT NULL,
  made_by uuid NOT NULL,
  answer text NOT NULL,
  answered_by uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  answered_at timestamptz NOT NULL,
  CONSTRAINT challenge_answer_by_another CHECK (answered_by <> made_by),
  FOREIGN KEY (challenge_id, made_by) REFERENCES challenge (id, made_by) ON DELETE RESTRICT
);
CREATE INDEX challenge_answer_challenge_idx ON challenge_answer (challenge_id, answered_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON challenge_answer
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- The person who made the challenge accepts an answer, which ends it, or returns the answer.
CREATE TABLE challenge_reply (
  answer_id uuid NOT NULL PRIMARY KEY REFERENCES challenge_answer ON DELETE RESTRICT,
  result text NOT NULL CONSTRAINT challenge_reply_result CHECK (result IN ('accepted', 'returned')),
  words text,
  replied_by uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  replied_at timestamptz NOT NULL,
  CONSTRAINT challenge_reply_return_says_why CHECK (result = 'accepted' OR words IS NOT NULL)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON challenge_reply
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- The sample of a month, with all that it takes to draw it again.
CREATE TABLE sample (
  id uuid NOT NULL PRIMARY KEY,
  month date NOT NULL UNIQUE CONSTRAINT sample_month CHECK (extract(day FROM month) = 1),
  seed text NOT NULL,
  population integer NOT NULL,
  per_stratum integer NOT NULL,
  per_decider integer NOT NULL,
  drawn_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

CREATE TABLE sample_item (
  id uuid NOT NULL PRIMARY KEY,
  sample_id uuid NOT NULL REFERENCES sample ON DELETE RESTRICT,
  position integer NOT NULL,
  referral_id uuid NOT NULL REFERENCES referral ON DELETE RESTRICT,
  decision_id uuid NOT NULL,
  decided_by uuid NOT NULL,
  drawn_for text[] NOT NULL CONSTRAINT sample_item_drawn_for CHECK (cardinality(drawn_for) > 0 AND drawn_for <@ ARRAY[
    'no_further_action', 'rating_lowered', 'level_4_without_strategy_discussion', 'child_under_one',
    'suggestion_overridden', 'decider']),
  UNIQUE (sample_id, position),
  UNIQUE (sample_id, referral_id),
  UNIQUE (id, decided_by),
  FOREIGN KEY (decision_id, decided_by) REFERENCES decision (id, decided_by) ON DELETE RESTRICT
);
CREATE INDEX sample_item_referral_idx ON sample_item (referral_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample_item
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- The level and the outcome that a reader gives before the decision shows.
CREATE TABLE sample_blind_reading (
  id uuid NOT NULL PRIMARY KEY,
  item_id uuid NOT NULL,
  decided_by uuid NOT NULL,
  reader_id uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  threshold_level smallint NOT NULL CONSTRAINT sample_blind_reading_level CHECK (threshold_level BETWEEN 1 AND 4),
  outcome text NOT NULL CONSTRAINT sample_blind_reading_outcome CHECK (outcome IN ('immediate_protection',
    'strategy_discussion', 'child_and_family_assessment', 'edge_of_care', 'early_help', 'advice_and_signposting',
    'to_allocated_worker', 'transfer_to_other_authority', 'refer_to_lado', 'returned_to_referrer',
    'no_further_action')),
  -- The reader had opened the referral after it was decided: the reading does not count in the agreement.
  had_opened boolean NOT NULL,
  read_at timestamptz NOT NULL,
  CONSTRAINT sample_blind_reading_by_another CHECK (reader_id <> decided_by),
  UNIQUE (item_id, reader_id),
  UNIQUE (id, item_id, reader_id),
  FOREIGN KEY (item_id, decided_by) REFERENCES sample_item (id, decided_by) ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample_blind_reading
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- One grade for each item, by a person who has read it blind.
CREATE TABLE sample_grade (
  id uuid NOT NULL PRIMARY KEY,
  item_id uuid NOT NULL UNIQUE,
  reading_id uuid NOT NULL,
  graded_by uuid NOT NULL,
  grade text NOT NULL CONSTRAINT sample_grade_grade CHECK (grade IN ('outstanding', 'good', 'requires_improvement',
    'inadequate')),
  words text NOT NULL,
  -- Why the decision may leave a child unsafe; null where it does not.
  unsafe_reason text,
  has_reopened boolean NOT NULL,
  graded_at timestamptz NOT NULL,
  CONSTRAINT sample_grade_unsafe CHECK (unsafe_reason IS NULL OR grade = 'inadequate'),
  CONSTRAINT sample_grade_reopened CHECK (NOT has_reopened OR unsafe_reason IS NOT NULL),
  FOREIGN KEY (reading_id, item_id, graded_by) REFERENCES sample_blind_reading (id, item_id, reader_id)
    ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample_grade
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

CREATE TABLE sample_criterion (
  grade_id uuid NOT NULL REFERENCES sample_grade ON DELETE RESTRICT,
  criterion text NOT NULL CONSTRAINT sample_criterion_criterion CHECK (criterion IN ('referral_detail', 'response',
    'ongoing_risk_assessment', 'thorough_analysis', 'child_centred_practice', 'management_oversight', 'timeliness',
    'multi_agency_working')),
  grade text NOT NULL CONSTRAINT sample_criterion_grade CHECK (grade IN ('outstanding', 'good',
    'requires_improvement', 'inadequate')),
  PRIMARY KEY (grade_id, criterion)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample_criterion
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

CREATE TABLE supervision_note (
  id uuid NOT NULL PRIMARY KEY,
  worker_id uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  words text NOT NULL,
  written_by uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  written_at timestamptz NOT NULL,
  referral_id uuid REFERENCES referral ON DELETE RESTRICT,
  challenge_id uuid REFERENCES challenge ON DELETE RESTRICT,
  sample_item_id uuid REFERENCES sample_item ON DELETE RESTRICT,
  CONSTRAINT supervision_note_to_another CHECK (worker_id <> written_by),
  CONSTRAINT supervision_note_about_one CHECK (num_nonnulls(referral_id, challenge_id, sample_item_id) <= 1)
);
CREATE INDEX supervision_note_worker_idx ON supervision_note (worker_id, written_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON supervision_note
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

CREATE TABLE supervision_action (
  id uuid NOT NULL PRIMARY KEY,
  note_id uuid NOT NULL REFERENCES supervision_note ON DELETE RESTRICT,
  position integer NOT NULL,
  words text NOT NULL,
  owner_id uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  -- The local date on which it is to be done at the latest, and the instant at which that day ends.
  due_on date NOT NULL,
  due_at timestamptz NOT NULL,
  UNIQUE (note_id, position)
);
CREATE INDEX supervision_action_owner_idx ON supervision_action (owner_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON supervision_action
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

CREATE TABLE supervision_action_done (
  action_id uuid NOT NULL PRIMARY KEY REFERENCES supervision_action ON DELETE RESTRICT,
  words text,
  done_by uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  done_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON supervision_action_done
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
