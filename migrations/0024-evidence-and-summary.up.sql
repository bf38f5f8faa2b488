-- Evidence packs: what a manager or an auditor hands to inspectors, or publishes. A job makes a pack part by part; a day
-- later it is deleted, since every figure in it can be made again from the record.
CREATE TABLE evidence_pack (
  id uuid NOT NULL PRIMARY KEY,
  audience text NOT NULL CONSTRAINT evidence_pack_audience CHECK (audience IN ('publication', 'inspectorate')),
  first_month date NOT NULL CONSTRAINT evidence_pack_first_month CHECK (extract(day FROM first_month) = 1),
  -- Included.
  last_month date NOT NULL CONSTRAINT evidence_pack_last_month CHECK (extract(day FROM last_month) = 1),
  asked_by uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  asked_at timestamptz NOT NULL,
  -- The instant as of which everything in it is counted.
  as_of timestamptz NOT NULL,
  ready_at timestamptz,
  CONSTRAINT evidence_pack_months CHECK (first_month <= last_month)
);

CREATE TABLE evidence_part (
  pack_id uuid NOT NULL REFERENCES evidence_pack ON DELETE RESTRICT,
  name text NOT NULL,
  content jsonb NOT NULL,
  PRIMARY KEY (pack_id, name)
);

-- What the weekly e-mail to managers says of the week before its Monday: counted once, for all who want it.
CREATE TABLE weekly_summary (
  week date NOT NULL PRIMARY KEY CONSTRAINT weekly_summary_monday CHECK (extract(isodow FROM week) = 1),
  as_of timestamptz NOT NULL,
  figures jsonb NOT NULL
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON weekly_summary
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

ALTER TABLE delivery
  ADD COLUMN week date CONSTRAINT delivery_week_fkey REFERENCES weekly_summary (week) ON DELETE RESTRICT,
  DROP CONSTRAINT delivery_purpose,
  ADD CONSTRAINT delivery_purpose CHECK (purpose IN ('alert', 'acknowledgement', 'weekly_summary')),
  DROP CONSTRAINT delivery_about,
  ADD CONSTRAINT delivery_about CHECK (
    (purpose = 'alert') = (alert_id IS NOT NULL) AND (purpose = 'acknowledgement') = (referral_id IS NOT NULL)
    AND (purpose = 'weekly_summary') = (week IS NOT NULL)),
  DROP CONSTRAINT delivery_recipient,
  ADD CONSTRAINT delivery_recipient CHECK (CASE purpose
    WHEN 'alert' THEN (recipient_id IS NOT NULL) = (channel IN ('email', 'sms', 'console'))
    WHEN 'weekly_summary' THEN recipient_id IS NOT NULL ELSE true END);
CREATE UNIQUE INDEX delivery_weekly_summary_idx ON delivery (week, recipient_id) WHERE purpose = 'weekly_summary';
