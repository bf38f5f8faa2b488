-- How each referral stands, as figures count it: the standing after the latest act in it. Worked out from the record when
-- a day is closed, and worth nothing by itself: whoever deletes the rows loses time and no figure.
CREATE TABLE referral_fact (
  referral_id uuid PRIMARY KEY REFERENCES referral (id),
  reference text NOT NULL,
  received_at timestamptz NOT NULL,
  channel text NOT NULL,
  agency_id uuid NOT NULL,
  source_code text,
  concern_types text[] NOT NULL,
  children jsonb NOT NULL,
  sender_level smallint,
  is_voice_sought boolean,
  suggested text NOT NULL,
  suggested_by text[] NOT NULL,
  first_given text,
  rating text NOT NULL,
  was_lowered boolean NOT NULL,
  due_at timestamptz NOT NULL,
  strictest_due_at timestamptz NOT NULL,
  statutory_due_at timestamptz NOT NULL,
  claim_due_at timestamptz,
  first_opened_at timestamptz,
  first_claimed_at timestamptz,
  first_rated_at timestamptz,
  decision_id uuid,
  decided_at timestamptz,
  decided_by uuid,
  outcome text,
  threshold_level smallint,
  progression text,
  late_reason text,
  sign_off_reasons text[] NOT NULL,
  has_childs_voice boolean,
  signed_at timestamptz,
  effective_at timestamptz,
  elapsed_minutes integer,
  working_minutes integer,
  returned integer NOT NULL,
  taken_back integer NOT NULL,
  earlier integer NOT NULL,
  came_back_at timestamptz,
  came_back_worse_at timestamptz,
  policy_version integer NOT NULL,
  calendar_version integer NOT NULL,
  -- The instant of the latest act: the row is how the referral stood from then on.
  changed_at timestamptz NOT NULL
);
CREATE INDEX referral_fact_received_idx ON referral_fact (received_at);
CREATE INDEX referral_fact_changed_idx ON referral_fact (changed_at);
CREATE INDEX referral_fact_effective_idx ON referral_fact (effective_at);
CREATE INDEX referral_fact_open_idx ON referral_fact (received_at) WHERE effective_at IS NULL;

-- A London day that is closed: its figures are in the months' figures, and were worked out a second time from the record.
CREATE TABLE day_close (
  day date PRIMARY KEY,
  -- The instant as of which it was closed, and the versions in force then.
  as_of timestamptz NOT NULL,
  policy_version integer NOT NULL REFERENCES policy_version (version),
  calendar_version integer NOT NULL REFERENCES calendar_version (version),
  received integer NOT NULL,
  decided integer NOT NULL,
  -- Referrals that were open when the front door opened; null on a day on which it stayed shut.
  open_at_opening integer,
  open_at_end integer NOT NULL,
  overdue_at_end integer NOT NULL,
  overdue_child_hours double precision NOT NULL
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON day_close
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- The figures of a month's referrals, as of the last close that changed them; and as they were when the month was frozen.
CREATE TABLE month_figure (
  month date NOT NULL CONSTRAINT month_figure_month CHECK (extract(day FROM month) = 1),
  measure text NOT NULL,
  -- By what it is broken down; `all` for the figure of all alone.
  broken_by text NOT NULL,
  is_frozen boolean NOT NULL,
  as_of timestamptz NOT NULL,
  policy_version integer NOT NULL,
  calendar_version integer NOT NULL,
  -- For each group, and for `all`: numerator, denominator, not yet due, then median and p90 by both clocks.
  lines jsonb NOT NULL,
  -- For each group of a duration: how often each number of minutes occurs, ended and waiting, by both clocks.
  minutes jsonb,
  PRIMARY KEY (month, measure, broken_by, is_frozen)
);

-- Each night's second reckoning, from the record by another way. A difference is a broken invariant.
CREATE TABLE recomputation (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  -- As of which instant both were worked out.
  as_of timestamptz NOT NULL,
  compared integer NOT NULL,
  -- Where the two differ: measure, month and group, with both numbers.
  differences jsonb NOT NULL
);
CREATE INDEX recomputation_at_idx ON recomputation (at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON recomputation
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A referral that was opened since an instant is found among millions.
CREATE INDEX referral_opened_idx ON referral (first_opened_at) WHERE first_opened_at IS NOT NULL;
