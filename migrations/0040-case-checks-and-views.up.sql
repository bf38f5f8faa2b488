-- What the council's case system says of a child of a referral. A later check stands beside the one before.
CREATE TABLE case_check (
  id uuid NOT NULL CONSTRAINT case_check_pkey PRIMARY KEY,
  referral_id uuid NOT NULL,
  position smallint NOT NULL,
  result text NOT NULL CONSTRAINT case_check_result CHECK (result IN ('not_known', 'closed', 'open', 'not_checked')),
  case_number text,
  worker text,
  team text,
  reason text,
  checked_by uuid NOT NULL CONSTRAINT case_check_checked_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  checked_at timestamp with time zone NOT NULL,
  made_version integer NOT NULL,
  CONSTRAINT case_check_referral_id_position_fkey FOREIGN KEY (referral_id, position) REFERENCES referral_child (referral_id, position),
  CONSTRAINT case_check_reason CHECK ((reason IS NOT NULL) = (result = 'not_checked')),
  CONSTRAINT case_check_case CHECK (result IN ('closed', 'open') OR num_nonnulls(case_number, worker, team) = 0),
  CONSTRAINT case_check_worker CHECK (result <> 'open' OR num_nonnulls(worker, team) > 0)
);
CREATE INDEX case_check_child_idx ON case_check (referral_id, position, made_version);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON case_check
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- Why a decision about a child with an open case goes to another than its allocated worker.
ALTER TABLE decision ADD COLUMN open_case_reason text;

-- A child's views since the referral came in: how they were asked for and what they were, or why not.
CREATE TABLE child_views (
  id uuid NOT NULL CONSTRAINT child_views_pkey PRIMARY KEY,
  referral_id uuid NOT NULL,
  position smallint NOT NULL,
  how text CONSTRAINT child_views_how CHECK (how IN ('seen_alone', 'seen_with_others', 'at_school', 'by_phone', 'trusted_adult', 'observed', 'other')),
  why_not text CONSTRAINT child_views_why_not CHECK (why_not IN ('unborn', 'too_young', 'not_safe_yet', 'not_reached', 'child_declined', 'parent_refused', 'protected_first', 'other')),
  words text,
  recorded_by uuid NOT NULL CONSTRAINT child_views_recorded_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  recorded_at timestamp with time zone NOT NULL,
  made_version integer NOT NULL,
  CONSTRAINT child_views_referral_id_position_fkey FOREIGN KEY (referral_id, position) REFERENCES referral_child (referral_id, position),
  CONSTRAINT child_views_either CHECK ((how IS NULL) <> (why_not IS NULL)),
  CONSTRAINT child_views_words CHECK (words IS NOT NULL OR how IS NULL)
);
CREATE INDEX child_views_child_idx ON child_views (referral_id, position, made_version);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON child_views
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
