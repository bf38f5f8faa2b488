-- A value of a referral that could not be right, and that its agency asked to be set apart instead of being refused.
CREATE TABLE referral_flag (
  id uuid NOT NULL CONSTRAINT referral_flag_pkey PRIMARY KEY,
  referral_id uuid NOT NULL CONSTRAINT referral_flag_referral_id_fkey REFERENCES referral (id),
  pointer text NOT NULL,
  code text NOT NULL,
  sent text NOT NULL,
  flagged_at timestamp with time zone NOT NULL,
  CONSTRAINT referral_flag_referral_id_pointer_key UNIQUE (referral_id, pointer)
);
CREATE INDEX referral_flag_flagged_idx ON referral_flag (flagged_at, id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON referral_flag
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A person has looked into a value that was set apart.
CREATE TABLE flag_clearing (
  flag_id uuid NOT NULL CONSTRAINT flag_clearing_pkey PRIMARY KEY
    CONSTRAINT flag_clearing_flag_id_fkey REFERENCES referral_flag (id),
  cleared_by uuid NOT NULL CONSTRAINT flag_clearing_cleared_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  cleared_at timestamp with time zone NOT NULL
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON flag_clearing
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
