-- From a month on, a person judges a measure by new limits: something was changed, and the old limits say nothing of it.
CREATE TABLE baseline (
  id uuid NOT NULL PRIMARY KEY,
  measure text NOT NULL,
  month date NOT NULL CONSTRAINT baseline_month CHECK (extract(day FROM month) = 1),
  reason text NOT NULL CONSTRAINT baseline_reason CHECK (reason ~ '\S'),
  begun_by uuid NOT NULL REFERENCES staff_member ON DELETE RESTRICT,
  begun_at timestamptz NOT NULL
);
CREATE INDEX baseline_begun_idx ON baseline (begun_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON baseline
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
