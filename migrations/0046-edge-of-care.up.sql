-- Who might come into care and why, as a person of the hub says it for the edge of care service. The latest holds.
CREATE TABLE edge_of_care_plan (
  id uuid NOT NULL CONSTRAINT edge_of_care_plan_pkey PRIMARY KEY,
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  children smallint[] NOT NULL CONSTRAINT edge_of_care_plan_children CHECK (cardinality(children) > 0),
  why text NOT NULL,
  by_when date,
  family_network text NOT NULL,
  childs_view text NOT NULL,
  written_by uuid NOT NULL,
  written_at timestamp with time zone NOT NULL,
  CONSTRAINT edge_of_care_plan_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral (id),
  CONSTRAINT edge_of_care_plan_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision (id),
  CONSTRAINT edge_of_care_plan_written_by_fkey FOREIGN KEY (written_by) REFERENCES staff_member (id) ON DELETE RESTRICT
);
CREATE INDEX edge_of_care_plan_referral_idx ON edge_of_care_plan (referral_id, written_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON edge_of_care_plan
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- What happened after that: the first response, the panel and the review, and how it ended.
CREATE TABLE edge_of_care_event (
  id uuid NOT NULL CONSTRAINT edge_of_care_event_pkey PRIMARY KEY,
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT edge_of_care_event_kind
    CHECK (kind IN ('first_response', 'panel', 'review', 'stayed', 'came_in', 'reunified')),
  on_date date NOT NULL,
  words text,
  recorded_by uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT edge_of_care_event_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral (id),
  CONSTRAINT edge_of_care_event_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision (id),
  CONSTRAINT edge_of_care_event_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff_member (id) ON DELETE RESTRICT
);
CREATE INDEX edge_of_care_event_referral_idx ON edge_of_care_event (referral_id, recorded_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON edge_of_care_event
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
