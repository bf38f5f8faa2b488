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
