-- Records are destroyed by schedule: the service proposes, two people approve, a hold always wins, and a certificate stays.
-- Version 1 of the schedule is the code's.
CREATE TABLE retention_schedule (
  version integer NOT NULL,
  schedule jsonb NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  reason text NOT NULL,
  CONSTRAINT retention_schedule_pkey PRIMARY KEY (version),
  CONSTRAINT retention_schedule_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT retention_schedule_version CHECK (version > 1)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON retention_schedule FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- Without a referral it holds every record. No key leads to the referral: who held it and why stays when it is destroyed.
CREATE TABLE retention_hold (
  id uuid NOT NULL,
  referral_id uuid,
  reference text,
  reason text NOT NULL,
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  CONSTRAINT retention_hold_pkey PRIMARY KEY (id),
  CONSTRAINT retention_hold_of CHECK ((referral_id IS NULL) = (reference IS NULL)),
  CONSTRAINT retention_hold_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT retention_hold_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT retention_hold_end CHECK (num_nulls(ended_by, ended_at, end_reason) IN (0, 3))
);
CREATE INDEX retention_hold_open_idx ON retention_hold (referral_id) WHERE ended_at IS NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON retention_hold FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER set_once BEFORE UPDATE OF id, referral_id, reference, reason, set_by, set_at ON retention_hold FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- What one person approved and another agreed to. With done_at it is a certificate.
CREATE TABLE destruction (
  id uuid NOT NULL,
  approved_by uuid NOT NULL,
  approved_at timestamptz NOT NULL,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  done_at timestamptz,
  CONSTRAINT destruction_pkey PRIMARY KEY (id),
  CONSTRAINT destruction_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT destruction_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT destruction_answer CHECK (answer IN ('agreed', 'refused')),
  CONSTRAINT destruction_answered CHECK (num_nulls(answer, answered_by, answered_at) IN (0, 3)),
  CONSTRAINT destruction_by_two CHECK (answered_by <> approved_by),
  CONSTRAINT destruction_done CHECK (done_at IS NULL OR answer = 'agreed')
);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON destruction FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- No key leads to the referral: the line stays when the referral is gone. It holds a reference, a rule and counts.
CREATE TABLE destruction_proposal (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  reference text NOT NULL,
  rule text NOT NULL,
  kept_until date NOT NULL,
  looks_first boolean NOT NULL,
  schedule_version integer NOT NULL,
  proposed_at timestamptz NOT NULL,
  state text NOT NULL,
  destruction_id uuid,
  settled_at timestamptz,
  settled_by uuid,
  why text,
  keep_until date,
  rows_destroyed jsonb,
  CONSTRAINT destruction_proposal_pkey PRIMARY KEY (id),
  CONSTRAINT destruction_proposal_destruction_id_fkey FOREIGN KEY (destruction_id) REFERENCES destruction (id),
  CONSTRAINT destruction_proposal_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES staff_member (id) ON DELETE RESTRICT,
  CONSTRAINT destruction_proposal_state CHECK (state IN ('proposed', 'approved', 'kept', 'withdrawn', 'destroyed')),
  CONSTRAINT destruction_proposal_settled CHECK ((settled_at IS NULL) = (state IN ('proposed', 'approved'))),
  CONSTRAINT destruction_proposal_approved CHECK (state NOT IN ('approved', 'destroyed') OR destruction_id IS NOT NULL),
  CONSTRAINT destruction_proposal_kept CHECK ((state = 'kept') = (keep_until IS NOT NULL) AND (state <> 'kept' OR num_nulls(settled_by, why) = 0)),
  CONSTRAINT destruction_proposal_destroyed CHECK ((state = 'destroyed') = (rows_destroyed IS NOT NULL))
);
CREATE UNIQUE INDEX destruction_proposal_open_idx ON destruction_proposal (referral_id) WHERE settled_at IS NULL;
CREATE INDEX destruction_proposal_referral_idx ON destruction_proposal (referral_id);
CREATE INDEX destruction_proposal_destruction_idx ON destruction_proposal (destruction_id);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON destruction_proposal FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER proposed_once BEFORE UPDATE OF id, referral_id, reference, rule, kept_until, looks_first, schedule_version, proposed_at ON destruction_proposal
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

SELECT mash.wall('retention_hold', 'referral_id'), mash.wall('destruction_proposal', 'referral_id');
GRANT SELECT, INSERT ON retention_schedule TO mash_staff;
GRANT SELECT, INSERT, UPDATE ON retention_hold, destruction, destruction_proposal TO mash_staff;

-- What is for ever as it was said is destroyed by mash.destroy_referral() alone, which only the owner of the tables runs: the
-- other roles may delete nothing of it.
CREATE OR REPLACE FUNCTION mash.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('mash.destroying', true) = 'on' AND current_user NOT IN ('mash_staff', 'mash_agency') THEN
    IF TG_LEVEL = 'ROW' THEN
      RETURN OLD;
    END IF;
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- Deletes rows of a table, and before them every row of another table that belongs to them by a foreign key. A referral is never
-- deleted because a row of another leads to it. (SECURITY INVOKER, as all it does is the owner's to do.)
CREATE FUNCTION mash.destroy_rows(target regclass, condition text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  belonging record;
  counts jsonb := '{}';
  deleted bigint;
BEGIN
  FOR belonging IN
    SELECT conrelid::regclass AS of, (SELECT string_agg(quote_ident(attname), ', ' ORDER BY place)
        FROM unnest(conkey) WITH ORDINALITY k (num, place) JOIN pg_attribute ON attrelid = conrelid AND attnum = num) AS own,
      (SELECT string_agg(quote_ident(attname), ', ' ORDER BY place)
        FROM unnest(confkey) WITH ORDINALITY k (num, place) JOIN pg_attribute ON attrelid = confrelid AND attnum = num) AS key
    FROM pg_constraint WHERE contype = 'f' AND confrelid = target AND conrelid NOT IN (target, 'referral'::regclass)
    ORDER BY conrelid::regclass::text
  LOOP
    counts := mash.sum_of_counts(counts, mash.destroy_rows(belonging.of,
      format('(%s) IN (SELECT %s FROM %s WHERE %s)', belonging.own, belonging.key, target, condition)));
  END LOOP;
  EXECUTE format('DELETE FROM %s WHERE %s', target, condition);
  GET DIAGNOSTICS deleted = ROW_COUNT;
  RETURN mash.sum_of_counts(counts, CASE WHEN deleted = 0 THEN '{}' ELSE jsonb_build_object(target::text, deleted) END);
END $$;

CREATE FUNCTION mash.sum_of_counts(one jsonb, other jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(name, count), '{}') FROM (
    SELECT key AS name, sum(value::bigint) AS count FROM (
      SELECT * FROM jsonb_each_text(one) UNION ALL SELECT * FROM jsonb_each_text(other)) counted GROUP BY key) sums
$$;

-- Where else a child of a referral appears: joined by persons, with the same number, or with the same name and day of birth.
CREATE FUNCTION mash.child_elsewhere(of_referral uuid, at_position smallint) RETURNS TABLE (referral_id uuid, "position" smallint)
LANGUAGE sql STABLE AS $$
  SELECT other_id, other_position FROM child_judgement
  WHERE one_id = of_referral AND one_position = at_position AND is_same AND ended_at IS NULL
  UNION ALL
  SELECT one_id, one_position FROM child_judgement
  WHERE other_id = of_referral AND other_position = at_position AND is_same AND ended_at IS NULL
  UNION ALL
  SELECT c.referral_id, c.position FROM referral_child k JOIN referral_child c ON c.nhs_number = k.nhs_number
    OR c.upn = k.upn OR c.name_key = k.name_key AND c.date_of_birth = k.date_of_birth
  WHERE k.referral_id = of_referral AND k.position = at_position
$$;

-- Every referral that is about a child of this one, at any time. `child` is the position of the child of this referral.
CREATE FUNCTION mash.referrals_of_children(of_referral uuid) RETURNS TABLE (child smallint, referral_id uuid) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE same (child, referral_id, position) AS (
    SELECT c.position, c.referral_id, c.position FROM referral_child c WHERE c.referral_id = of_referral
    UNION
    SELECT same.child, other.referral_id, other.position
    FROM same JOIN LATERAL mash.child_elsewhere(same.referral_id, same.position) other ON true)
  SELECT DISTINCT child, referral_id FROM same
$$;

-- A restriction covers the same, by the same rule.
CREATE OR REPLACE FUNCTION mash.cover(restricted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  found integer;
BEGIN
  LOOP
    PERFORM mash.lock_children(array_agg(referral_id), array_agg(position))
    FROM restricted_child WHERE restriction_id = restricted;
    INSERT INTO restricted_child (restriction_id, referral_id, position)
    WITH RECURSIVE same (referral_id, position) AS (
      SELECT referral_id, position FROM restricted_child WHERE restriction_id = restricted
      UNION
      SELECT other.referral_id, other.position
      FROM same JOIN LATERAL mash.child_elsewhere(same.referral_id, same.position) other ON true)
    SELECT restricted, referral_id, position FROM same
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS found = ROW_COUNT;
    EXIT WHEN found = 0;
  END LOOP;
  INSERT INTO restricted_referral (restriction_id, referral_id, covered_at)
  SELECT DISTINCT restricted, referral_id, mash.now() FROM restricted_child WHERE restriction_id = restricted
  ON CONFLICT DO NOTHING;
END $$;

-- Destroys a referral with all that belongs to it, and what names it without a key. The record keeps its entries: they hold ids
-- and codes. Returns how many rows of each table are gone.
CREATE FUNCTION mash.destroy_referral(destroyed uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  gone jsonb := '{}';
  named text;
  restrictions uuid[];
BEGIN
  SELECT reference INTO STRICT named FROM public.referral WHERE id = destroyed;
  PERFORM set_config('mash.destroying', 'on', true);
  UPDATE public.referral SET response_time_id = NULL WHERE id = destroyed;
  SELECT array_agg(restriction_id) INTO restrictions FROM restricted_referral WHERE referral_id = destroyed;
  -- A word of names is kept by the first referral that has it: another takes it on, or a search would miss the other.
  UPDATE name_word w SET referral_id = heir.id FROM (
    SELECT word, (SELECT p.referral_id FROM person_name p
      WHERE string_to_array(p.name, ' ') @> ARRAY[word] AND p.referral_id <> destroyed LIMIT 1) AS id
    FROM name_word WHERE referral_id = destroyed) heir
  WHERE w.referral_id = destroyed AND w.word = heir.word AND heir.id IS NOT NULL;
  gone := mash.sum_of_counts(gone, mash.destroy_rows('consultation',
    format('id IN (SELECT consultation_id FROM consultation_end WHERE referral_id = %L)', destroyed)));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('deadline',
    format('subject = %L OR starts_with(subject, %L)', named, named || ' ')));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('referral', format('id = %L', destroyed)));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('restriction',
    format('id = ANY(%L) AND NOT EXISTS (SELECT FROM restricted_referral WHERE restriction_id = restriction.id)', restrictions)));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('draft', format('subject = %L OR starts_with(subject, %L)', named, named || ' ')));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('sent_form',
    format('about = %L OR answer::text LIKE %L', destroyed, '%' || named || '%')));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('job',
    format('payload @> %L', jsonb_build_object('referralId', destroyed))));
  PERFORM set_config('mash.destroying', '', true);
  RETURN gone;
END $$;
