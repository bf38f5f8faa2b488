-- Two children of two referrals who may be one, as they were found when the later referral came in.
CREATE TABLE child_candidate (
  referral_id uuid NOT NULL,
  position smallint NOT NULL,
  other_id uuid NOT NULL,
  other_position smallint NOT NULL,
  band text NOT NULL CONSTRAINT child_candidate_band CHECK (band IN ('probable', 'possible')),
  weight real NOT NULL,
  reasons text[] NOT NULL,
  CONSTRAINT child_candidate_pkey PRIMARY KEY (referral_id, position, other_id, other_position),
  CONSTRAINT child_candidate_referral_id_position_fkey FOREIGN KEY (referral_id, position) REFERENCES referral_child (referral_id, position),
  CONSTRAINT child_candidate_other_id_other_position_fkey FOREIGN KEY (other_id, other_position) REFERENCES referral_child (referral_id, position)
);
CREATE INDEX child_candidate_other_idx ON child_candidate (other_id, other_position);

-- What a person said of two children: that they are one, or that they are not. It ends, and is never rubbed out.
CREATE TABLE child_judgement (
  id uuid NOT NULL CONSTRAINT child_judgement_pkey PRIMARY KEY,
  one_id uuid NOT NULL,
  one_position smallint NOT NULL,
  other_id uuid NOT NULL,
  other_position smallint NOT NULL,
  is_same boolean NOT NULL,
  judged_by uuid NOT NULL,
  judged_at timestamp with time zone NOT NULL,
  ended_by uuid,
  ended_at timestamp with time zone,
  end_reason text,
  CONSTRAINT child_judgement_one_id_one_position_fkey FOREIGN KEY (one_id, one_position) REFERENCES referral_child (referral_id, position),
  CONSTRAINT child_judgement_other_id_other_position_fkey FOREIGN KEY (other_id, other_position) REFERENCES referral_child (referral_id, position),
  CONSTRAINT child_judgement_judged_by_fkey FOREIGN KEY (judged_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT child_judgement_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT child_judgement_order CHECK ((one_id, one_position) < (other_id, other_position)),
  CONSTRAINT child_judgement_end CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL) = (end_reason IS NULL))
);
CREATE UNIQUE INDEX child_judgement_pair_idx ON child_judgement (one_id, one_position, other_id, other_position)
  WHERE ended_at IS NULL;
CREATE INDEX child_judgement_one_idx ON child_judgement (one_id, one_position);
CREATE INDEX child_judgement_other_idx ON child_judgement (other_id, other_position);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON child_judgement FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER judged_once BEFORE UPDATE OF id, one_id, one_position, other_id, other_position, is_same, judged_by, judged_at
  ON child_judgement FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A person may say so, where no number and no name did.
ALTER TABLE earlier_referral DROP CONSTRAINT earlier_referral_matched_on;
ALTER TABLE earlier_referral ADD CONSTRAINT earlier_referral_matched_on
  CHECK (matched_on IN ('nhs_number', 'upn', 'name_and_date_of_birth', 'confirmed'));
