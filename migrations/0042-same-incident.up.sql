-- A person said of two referrals that they report one incident. It ends, and is never rubbed out.
CREATE TABLE same_incident (
  id uuid NOT NULL CONSTRAINT same_incident_pkey PRIMARY KEY,
  one_id uuid NOT NULL CONSTRAINT same_incident_one_id_fkey REFERENCES referral (id),
  other_id uuid NOT NULL CONSTRAINT same_incident_other_id_fkey REFERENCES referral (id),
  said_by uuid NOT NULL CONSTRAINT same_incident_said_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  said_at timestamp with time zone NOT NULL,
  ended_by uuid CONSTRAINT same_incident_ended_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  ended_at timestamp with time zone,
  end_reason text,
  CONSTRAINT same_incident_order CHECK (one_id < other_id),
  CONSTRAINT same_incident_end CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL) = (end_reason IS NULL))
);
CREATE UNIQUE INDEX same_incident_pair_idx ON same_incident (one_id, other_id) WHERE ended_at IS NULL;
CREATE INDEX same_incident_other_idx ON same_incident (other_id);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON same_incident FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER said_once BEFORE UPDATE OF id, one_id, other_id, said_by, said_at
  ON same_incident FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- The incident of each referral that is not the only report of it, worked out from what stands above, so that a count of
-- incidents needs no walk along the pairs.
CREATE TABLE referral_incident (
  referral_id uuid NOT NULL CONSTRAINT referral_incident_pkey PRIMARY KEY
    CONSTRAINT referral_incident_referral_id_fkey REFERENCES referral (id),
  incident_id uuid NOT NULL CONSTRAINT referral_incident_incident_id_fkey REFERENCES referral (id)
);
CREATE INDEX referral_incident_incident_idx ON referral_incident (incident_id);

-- A report of the same incident is decided by the same press: the decision that it followed.
ALTER TABLE decision ADD COLUMN decided_with uuid CONSTRAINT decision_decided_with_fkey REFERENCES decision (id);
CREATE INDEX decision_decided_with_idx ON decision (decided_with) WHERE decided_with IS NOT NULL;

-- Whether a manager was ever told of a referral, and of another report of its incident.
CREATE INDEX deadline_third_contact_idx ON deadline (subject) WHERE kind = 'third_contact';
