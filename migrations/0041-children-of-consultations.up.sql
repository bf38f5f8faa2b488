-- A child whom advice was asked about, as they are searched for.
CREATE TABLE consultation_child (
  consultation_id uuid NOT NULL CONSTRAINT consultation_child_consultation_id_fkey REFERENCES consultation (id),
  position smallint NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  date_of_birth date,
  name text NOT NULL,
  sounds text[] NOT NULL,
  name_key text,
  CONSTRAINT consultation_child_pkey PRIMARY KEY (consultation_id, position),
  CONSTRAINT consultation_child_named CHECK (first_name <> '' OR last_name <> '')
);
CREATE INDEX consultation_child_name_idx ON consultation_child USING gin (name gin_trgm_ops);
CREATE INDEX consultation_child_sounds_idx ON consultation_child USING gin (sounds);
CREATE INDEX consultation_child_key_idx ON consultation_child (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX consultation_child_date_of_birth_idx ON consultation_child (date_of_birth) WHERE date_of_birth IS NOT NULL;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON consultation_child
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- What became of advice: the referral that came of it, or why a person expects none.
CREATE TABLE consultation_end (
  id uuid NOT NULL CONSTRAINT consultation_end_pkey PRIMARY KEY,
  consultation_id uuid NOT NULL CONSTRAINT consultation_end_consultation_id_fkey REFERENCES consultation (id),
  referral_id uuid CONSTRAINT consultation_end_referral_id_fkey REFERENCES referral (id),
  reason text,
  said_by uuid NOT NULL CONSTRAINT consultation_end_said_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  said_at timestamp with time zone NOT NULL,
  CONSTRAINT consultation_end_either CHECK ((referral_id IS NULL) <> (reason IS NULL))
);
CREATE UNIQUE INDEX consultation_end_referral_idx ON consultation_end (consultation_id) WHERE referral_id IS NOT NULL;
CREATE UNIQUE INDEX consultation_end_reason_idx ON consultation_end (consultation_id) WHERE reason IS NOT NULL;
CREATE INDEX consultation_end_of_referral_idx ON consultation_end (referral_id) WHERE referral_id IS NOT NULL;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON consultation_end
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
