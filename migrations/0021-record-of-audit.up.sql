-- The record is read by person and by kind of act, over millions of entries. What agencies and the service do is read by
-- referral only, so that receiving a referral writes no further entry in the index of people.
CREATE INDEX audit_entry_person_idx ON audit_entry (actor_id, act, at, id) WHERE actor_kind = 'staff';
CREATE INDEX audit_entry_act_idx ON audit_entry (act, at, id);

-- Why an auditor opened a referral. For an hour from then on its pages can be read by that person.
CREATE TABLE audit_opening (
  id uuid PRIMARY KEY,
  referral_id uuid NOT NULL REFERENCES referral (id),
  opened_by uuid NOT NULL REFERENCES staff_member (id),
  opened_at timestamptz NOT NULL,
  reason text NOT NULL
);
CREATE INDEX audit_opening_open_idx ON audit_opening (referral_id, opened_by, opened_at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_opening
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- Counted for the navigation of each page.
CREATE INDEX referral_sign_off_idx ON referral (id) WHERE status = 'awaiting_sign_off';
