-- Which team takes a family, by where it lives; from an instant on. Append-only: a change is a new version.
CREATE TABLE locality_version (
  version integer NOT NULL CONSTRAINT locality_version_pkey PRIMARY KEY,
  localities jsonb NOT NULL,
  effective_from timestamp with time zone NOT NULL,
  made_by uuid,
  made_at timestamp with time zone,
  reason text,
  CONSTRAINT locality_version_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_member (id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON locality_version
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- An example, which an authority replaces by its own table (default-localities.ts).
INSERT INTO locality_version (version, effective_from, localities) VALUES (1, 'epoch', '{"teams":[{"code":"north","name":"North locality team"},{"code":"south","name":"South locality team"},{"code":"east","name":"East locality team"},{"code":"west","name":"West locality team"}],"areas":[{"team":"north","postcodes":["OL6","OL7"],"wards":["Ashton Hurst","Ashton St Michael’s","Ashton Waterloo","St Peter’s","Ashton-under-Lyne","Ashton"]},{"team":"south","postcodes":["SK14"],"wards":["Hyde Godley","Hyde Newton","Hyde Werneth","Longdendale","Hyde","Hattersley"]},{"team":"east","postcodes":["SK15","SK16","OL5"],"wards":["Stalybridge North","Stalybridge South","Dukinfield Stalybridge","Dukinfield","Mossley","Stalybridge"]},{"team":"west","postcodes":["M34","M43"],"wards":["Denton North East","Denton South","Denton West","Droylsden East","Droylsden West","Audenshaw","Denton","Droylsden"]}]}');

-- Where the decider said that it goes, beside the decision: it is sent when the decision takes effect.
CREATE TABLE route_choice (
  decision_id uuid NOT NULL CONSTRAINT route_choice_pkey PRIMARY KEY,
  team text,
  recipient text,
  reason text,
  CONSTRAINT route_choice_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision (id),
  CONSTRAINT route_choice_says CHECK (team IS NOT NULL OR recipient IS NOT NULL)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON route_choice
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A family is sent to others by a decision. To send it on ends one route and begins another.
CREATE TABLE route (
  id uuid NOT NULL CONSTRAINT route_pkey PRIMARY KEY,
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT route_kind
    CHECK (kind IN ('locality', 'edge_of_care', 'allocated_worker', 'other_authority', 'lado')),
  team text,
  recipient text,
  locality_version integer,
  chosen_by text CONSTRAINT route_chosen_by CHECK (chosen_by IN ('address', 'person')),
  reason text,
  sent_by uuid NOT NULL,
  sent_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  answer text CONSTRAINT route_answer CHECK (answer IN ('accepted', 'returned')),
  answered_by text,
  answered_at timestamp with time zone,
  answer_reason text,
  recorded_by uuid,
  recorded_at timestamp with time zone,
  ended_at timestamp with time zone,
  end_reason text CONSTRAINT route_end_reason CHECK (end_reason IN ('undone', 'sent_on', 'decided_again')),
  CONSTRAINT route_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral (id),
  CONSTRAINT route_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision (id),
  CONSTRAINT route_locality_version_fkey FOREIGN KEY (locality_version) REFERENCES locality_version (version),
  CONSTRAINT route_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT route_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT route_team_version CHECK ((kind = 'locality') = (locality_version IS NOT NULL)),
  CONSTRAINT route_team_kind CHECK (team IS NULL OR kind = 'locality'),
  CONSTRAINT route_chosen CHECK (chosen_by IS NULL OR team IS NOT NULL OR recipient IS NOT NULL),
  CONSTRAINT route_answered CHECK (
    (answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL)
    AND (answer IS NULL) = (recorded_by IS NULL) AND (answer IS NULL) = (recorded_at IS NULL)
    AND coalesce(answer = 'returned', false) = (answer_reason IS NOT NULL)),
  CONSTRAINT route_end CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
-- A referral is in one place at a time.
CREATE UNIQUE INDEX route_one_live_idx ON route (referral_id) WHERE ended_at IS NULL;
CREATE INDEX route_referral_idx ON route (referral_id, sent_at);
CREATE INDEX route_open_idx ON route (due_at) WHERE ended_at IS NULL AND answer IS DISTINCT FROM 'accepted';
CREATE INDEX route_sent_idx ON route (sent_at);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON route FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER sent_once
  BEFORE UPDATE OF id, referral_id, decision_id, kind, team, recipient, locality_version, chosen_by, reason, sent_by, sent_at, due_at
  ON route FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
