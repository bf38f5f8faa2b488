-- A record that only some people may open, such as of a colleague's own child, and the wall of the database around it.

-- Why a record is restricted, and until when nobody has to ask again. It ends, and is never rubbed out.
CREATE TABLE restriction (
  id uuid NOT NULL CONSTRAINT restriction_pkey PRIMARY KEY,
  category text NOT NULL CONSTRAINT restriction_category
    CHECK (category IN ('staff_connection', 'adoption', 'high_profile', 'high_risk')),
  reason text NOT NULL,
  set_by uuid NOT NULL CONSTRAINT restriction_set_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  set_at timestamp with time zone NOT NULL,
  review_at timestamp with time zone NOT NULL,
  ended_by uuid CONSTRAINT restriction_ended_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  ended_at timestamp with time zone,
  end_reason text,
  CONSTRAINT restriction_end CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL) = (end_reason IS NULL))
);
CREATE INDEX restriction_review_idx ON restriction (review_at) WHERE ended_at IS NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON restriction FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER set_once BEFORE UPDATE OF id, category, reason, set_by, set_at
  ON restriction FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- The referrals that a restriction covers: the one that it was set on, and those of the same children. One that comes later is
-- covered by the database as it comes, or by a person who joins the children.
CREATE TABLE restricted_referral (
  restriction_id uuid NOT NULL CONSTRAINT restricted_referral_restriction_id_fkey REFERENCES restriction (id),
  referral_id uuid NOT NULL CONSTRAINT restricted_referral_referral_id_fkey REFERENCES referral (id),
  covered_at timestamp with time zone NOT NULL,
  CONSTRAINT restricted_referral_pkey PRIMARY KEY (restriction_id, referral_id)
);
CREATE INDEX restricted_referral_referral_idx ON restricted_referral (referral_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON restricted_referral
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- The children whom a restriction is about, wherever they appear. None where it is about the one referral only.
CREATE TABLE restricted_child (
  restriction_id uuid NOT NULL CONSTRAINT restricted_child_restriction_id_fkey REFERENCES restriction (id),
  referral_id uuid NOT NULL,
  position smallint NOT NULL,
  CONSTRAINT restricted_child_pkey PRIMARY KEY (restriction_id, referral_id, position),
  CONSTRAINT restricted_child_referral_id_position_fkey FOREIGN KEY (referral_id, position)
    REFERENCES referral_child (referral_id, position)
);
CREATE INDEX restricted_child_child_idx ON restricted_child (referral_id, position);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON restricted_child
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A person may open what a restriction covers until an instant: a manager named them, or they broke the glass.
CREATE TABLE restriction_grant (
  id uuid NOT NULL CONSTRAINT restriction_grant_pkey PRIMARY KEY,
  restriction_id uuid NOT NULL CONSTRAINT restriction_grant_restriction_id_fkey REFERENCES restriction (id),
  staff_id uuid NOT NULL CONSTRAINT restriction_grant_staff_id_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  given_by uuid NOT NULL CONSTRAINT restriction_grant_given_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  given_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  opening_id uuid,
  ended_by uuid CONSTRAINT restriction_grant_ended_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  ended_at timestamp with time zone,
  CONSTRAINT restriction_grant_end CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX restriction_grant_restriction_idx ON restriction_grant (restriction_id, staff_id);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON restriction_grant FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER given_once BEFORE UPDATE OF id, restriction_id, staff_id, given_by, given_at, until, opening_id
  ON restriction_grant FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A person who must not open it, because they are or know one of the people: not by breaking the glass either.
CREATE TABLE restriction_bar (
  id uuid NOT NULL CONSTRAINT restriction_bar_pkey PRIMARY KEY,
  restriction_id uuid NOT NULL CONSTRAINT restriction_bar_restriction_id_fkey REFERENCES restriction (id),
  staff_id uuid NOT NULL CONSTRAINT restriction_bar_staff_id_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  said_by uuid NOT NULL CONSTRAINT restriction_bar_said_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  said_at timestamp with time zone NOT NULL,
  ended_by uuid CONSTRAINT restriction_bar_ended_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  ended_at timestamp with time zone,
  CONSTRAINT restriction_bar_end CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX restriction_bar_one_idx ON restriction_bar (restriction_id, staff_id) WHERE ended_at IS NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON restriction_bar FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER said_once BEFORE UPDATE OF id, restriction_id, staff_id, said_by, said_at
  ON restriction_bar FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A person broke the glass: they opened a restricted record without having been named, and said why.
CREATE TABLE glass_broken (
  id uuid NOT NULL CONSTRAINT glass_broken_pkey PRIMARY KEY,
  referral_id uuid NOT NULL CONSTRAINT glass_broken_referral_id_fkey REFERENCES referral (id),
  broken_by uuid NOT NULL CONSTRAINT glass_broken_broken_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  broken_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  reason text NOT NULL
);
CREATE INDEX glass_broken_at_idx ON glass_broken (broken_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON glass_broken
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE restriction_grant ADD CONSTRAINT restriction_grant_opening_id_fkey
  FOREIGN KEY (opening_id) REFERENCES glass_broken (id);

-- Another person looked at it afterwards.
CREATE TABLE glass_review (
  glass_id uuid NOT NULL CONSTRAINT glass_review_pkey PRIMARY KEY
    CONSTRAINT glass_review_glass_id_fkey REFERENCES glass_broken (id),
  finding text NOT NULL CONSTRAINT glass_review_finding CHECK (finding IN ('was_needed', 'was_not_needed')),
  words text NOT NULL,
  reviewed_by uuid NOT NULL CONSTRAINT glass_review_reviewed_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  reviewed_at timestamp with time zone NOT NULL
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON glass_review
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

ALTER TABLE deadline DROP CONSTRAINT deadline_kind;
ALTER TABLE deadline ADD CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim', 'rota_gap', 'contact_failed',
  'undelivered', 'handover', 'challenge', 'supervision_action', 'canary', 'information_request', 'late_answer',
  'strategy_discussion', 'conference', 'route_answer', 'first_response', 'feedback', 'referral_advised',
  'third_contact', 'glass_broken'));

-- Who acts in a transaction: set at its beginning, and gone with it.
CREATE FUNCTION mash.acting() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('mash.actor', true), '')::uuid $$;

-- The referrals that a person of the hub may not open: covered by a restriction in force that does not name them, or that
-- bars them. What a partner may read is only what their agency is asked, and that was asked on purpose.
CREATE FUNCTION mash.hidden_from(person uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
  SELECT covered.referral_id FROM restriction r JOIN restricted_referral covered ON covered.restriction_id = r.id
  WHERE r.ended_at IS NULL AND NOT EXISTS (SELECT FROM staff_member s WHERE s.id = person AND s.role = 'partner') AND (
    NOT EXISTS (SELECT FROM restriction_grant g WHERE g.restriction_id = r.id AND g.staff_id = person
      AND g.ended_at IS NULL AND g.until > mash.now())
    OR EXISTS (SELECT FROM restriction_bar b WHERE b.restriction_id = r.id AND b.staff_id = person AND b.ended_at IS NULL))
$$;

-- Whether the person who acts works with children's records at all: an administrator and a partner do not.
CREATE FUNCTION mash.sees_children() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM staff_member WHERE id = mash.acting() AND role NOT IN ('partner', 'administrator'))
$$;

-- The referrals of which the agency of the partner who acts is asked.
CREATE FUNCTION mash.asked_of_partner() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
  SELECT q.referral_id FROM staff_member s JOIN information_request q ON q.agency_id = s.agency_id
  WHERE s.id = mash.acting() AND s.role = 'partner'
$$;

-- Whether the agency that acts sent a referral, or is asked about it.
CREATE FUNCTION mash.is_of_agency(referral uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM referral r WHERE r.id = $1 AND r.agency_id = mash.acting())
    OR EXISTS (SELECT FROM information_request q WHERE q.referral_id = $1 AND q.agency_id = mash.acting())
$$;

-- Whether the one who acts may read what was said in a referral. The service may: it acts under no role of these.
CREATE FUNCTION mash.may_read(referral uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT CASE current_setting('role')
    WHEN 'mash_staff' THEN mash.sees_children() AND $1 NOT IN (SELECT mash.hidden_from(mash.acting()))
      OR $1 IN (SELECT mash.asked_of_partner())
    WHEN 'mash_agency' THEN mash.is_of_agency($1)
    ELSE true END
$$;

-- What was submitted, but for children and adults; null for one who may not read it.
CREATE FUNCTION mash.submitted(referral uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT r.submitted FROM referral r WHERE r.id = $1 AND mash.may_read($1)
$$;

-- Two roles that own nothing and that no program signs in as. A transaction on behalf of a person or an agency takes one on.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['mash_staff', 'mash_agency'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      EXCEPTION
        -- Another database of the same server is migrated at this moment.
        WHEN duplicate_object OR unique_violation THEN NULL;
        WHEN insufficient_privilege THEN
          RAISE EXCEPTION 'The role % is missing, and % may not make it.', name, current_user
            USING HINT = 'Let an administrator of the server run: CREATE ROLE mash_staff NOLOGIN; CREATE ROLE mash_agency NOLOGIN; '
              || format('GRANT mash_staff, mash_agency TO %I;', current_user);
      END;
    END IF;
    IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    END IF;
  END LOOP;
END $$;
GRANT USAGE ON SCHEMA mash, audit TO mash_staff, mash_agency;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO mash_staff, mash_agency;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO mash_staff, mash_agency;
GRANT SELECT ON audit.entry_other TO mash_staff;

-- All of a referral but what was submitted, which is read through mash.submitted().
REVOKE SELECT ON referral FROM mash_staff, mash_agency;
DO $$
BEGIN
  EXECUTE (SELECT format('GRANT SELECT (%s) ON referral TO mash_staff, mash_agency', string_agg(quote_ident(attname), ', '))
    FROM pg_attribute WHERE attrelid = 'referral'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'submitted');
END $$;
ALTER TABLE referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON referral TO mash_staff USING (true);
CREATE POLICY agency ON referral TO mash_agency
  USING (agency_id = mash.acting() OR mash.is_of_agency(id)) WITH CHECK (true);

-- Walls a table that holds what is said of children in rows of a referral, or of two. What hidden_from() gives is looked up
-- once for a statement. An agency sees nothing of it.
CREATE FUNCTION mash.wall(walled regclass, VARIADIC columns name[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY staff ON %s TO mash_staff USING ((SELECT mash.sees_children()) AND %s) WITH CHECK (true)',
    walled, (SELECT string_agg(format('%I NOT IN (SELECT mash.hidden_from(mash.acting()))', c), ' AND ')
      FROM unnest(columns) c));
END $$;
SELECT mash.wall('referral_child', 'referral_id'), mash.wall('referral_adult', 'referral_id'),
  mash.wall('person_name', 'referral_id'), mash.wall('name_word', 'referral_id'), mash.wall('family_key', 'referral_id'),
  mash.wall('earlier_referral', 'referral_id', 'earlier_id'), mash.wall('child_candidate', 'referral_id', 'other_id'),
  mash.wall('child_judgement', 'one_id', 'other_id'), mash.wall('case_check', 'referral_id'),
  mash.wall('child_views', 'referral_id'), mash.wall('referral_note', 'referral_id'), mash.wall('claim_note', 'referral_id'),
  mash.wall('edge_of_care_plan', 'referral_id'), mash.wall('edge_of_care_event', 'referral_id');

-- An agency, and a partner of it, read of the people of a referral that it sent or is asked about.
CREATE POLICY asked ON referral_child TO mash_staff USING (referral_id IN (SELECT mash.asked_of_partner()));
CREATE POLICY asked ON referral_adult TO mash_staff USING (referral_id IN (SELECT mash.asked_of_partner()));
CREATE POLICY agency ON referral_child TO mash_agency USING (mash.is_of_agency(referral_id));
CREATE POLICY agency ON referral_adult TO mash_agency USING (mash.is_of_agency(referral_id));

-- Covers every referral in which a child of a restriction appears: one that persons joined, or that has the same number, or
-- the same name and date of birth.
CREATE FUNCTION mash.cover(restricted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO restricted_child (restriction_id, referral_id, position)
  WITH RECURSIVE same (referral_id, position) AS (
    SELECT referral_id, position FROM restricted_child WHERE restriction_id = restricted
    UNION
    SELECT other.id, other.position FROM same JOIN LATERAL (
      SELECT other_id AS id, other_position AS position FROM child_judgement
      WHERE one_id = same.referral_id AND one_position = same.position AND is_same AND ended_at IS NULL
      UNION ALL
      SELECT one_id, one_position FROM child_judgement
      WHERE other_id = same.referral_id AND other_position = same.position AND is_same AND ended_at IS NULL
      UNION ALL
      SELECT c.referral_id, c.position FROM referral_child k JOIN referral_child c ON c.nhs_number = k.nhs_number
        OR c.upn = k.upn OR c.name_key = k.name_key AND c.date_of_birth = k.date_of_birth
      WHERE k.referral_id = same.referral_id AND k.position = same.position) other ON true)
  SELECT restricted, referral_id, position FROM same
  ON CONFLICT DO NOTHING;
  INSERT INTO restricted_referral (restriction_id, referral_id, covered_at)
  SELECT DISTINCT restricted, referral_id, mash.now() FROM restricted_child WHERE restriction_id = restricted
  ON CONFLICT DO NOTHING;
END $$;

-- A referral that comes with a child of a restriction is covered as it comes: no list shows its names for a moment.
CREATE FUNCTION mash.cover_as_it_comes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM mash.cover(id) FROM (
    SELECT DISTINCT r.id FROM restriction r JOIN restricted_child known ON known.restriction_id = r.id
    JOIN referral_child k ON k.referral_id = known.referral_id AND k.position = known.position
    JOIN children c ON c.nhs_number = k.nhs_number OR c.upn = k.upn
      OR c.name_key = k.name_key AND c.date_of_birth = k.date_of_birth
    WHERE r.ended_at IS NULL) restricted;
  RETURN NULL;
END $$;
CREATE TRIGGER cover AFTER INSERT ON referral_child REFERENCING NEW TABLE AS children
  FOR EACH STATEMENT EXECUTE FUNCTION mash.cover_as_it_comes();

-- So is one whose child a person joins with a child of a restriction.
CREATE FUNCTION mash.cover_as_joined() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM mash.cover(id) FROM (
    SELECT DISTINCT r.id FROM restriction r JOIN restricted_child known ON known.restriction_id = r.id
    JOIN joined j ON j.is_same AND (known.referral_id, known.position)
      IN ((j.one_id, j.one_position), (j.other_id, j.other_position))
    WHERE r.ended_at IS NULL) restricted;
  RETURN NULL;
END $$;
CREATE TRIGGER cover AFTER INSERT ON child_judgement REFERENCING NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION mash.cover_as_joined();
