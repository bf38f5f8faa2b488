-- What a person of the hub notes on a referral while it is worked on, such as a call to the family.
CREATE TABLE referral_note (
  id uuid NOT NULL CONSTRAINT referral_note_pkey PRIMARY KEY,
  referral_id uuid NOT NULL CONSTRAINT referral_note_referral_id_fkey REFERENCES referral (id),
  kind text NOT NULL CONSTRAINT referral_note_kind CHECK (kind IN ('note', 'spoken', 'left_message', 'no_answer')),
  with_whom text,
  note text NOT NULL,
  written_by uuid NOT NULL CONSTRAINT referral_note_written_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  written_at timestamp with time zone NOT NULL,
  CONSTRAINT referral_note_with_whom CHECK ((with_whom IS NULL) = (kind = 'note'))
);
CREATE INDEX referral_note_referral_idx ON referral_note (referral_id, written_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON referral_note
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
