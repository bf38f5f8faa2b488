-- The schema that the migrations make, for reading. Only `npm run schema` writes this file.
-- TypeORM's own table `migrations` is left out.

CREATE SCHEMA audit;
CREATE SCHEMA mash;
CREATE EXTENSION fuzzystrmatch SCHEMA public;
CREATE EXTENSION pg_trgm SCHEMA public;

CREATE OR REPLACE FUNCTION mash.acting()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('mash.actor', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION mash.acting_partner()
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT agency_id FROM staff_member WHERE id = mash.acting() AND role = 'partner'
$function$;

CREATE OR REPLACE FUNCTION mash.advice_hidden_from(person uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'public', 'pg_temp'
AS $function$
  WITH hidden (referral_id) AS MATERIALIZED (SELECT mash.hidden_from(person))
  SELECT e.consultation_id FROM consultation_end e JOIN hidden USING (referral_id)
  UNION
  SELECT k.consultation_id FROM hidden JOIN restricted_child USING (referral_id)
  JOIN referral_child c USING (referral_id, position)
  JOIN consultation_child k ON k.name_key = c.name_key
    AND (k.date_of_birth = c.date_of_birth OR k.date_of_birth IS NULL OR c.date_of_birth IS NULL)
$function$;

CREATE OR REPLACE FUNCTION mash.asked_of_partner()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT q.referral_id FROM staff_member s JOIN information_request q ON q.agency_id = s.agency_id
  WHERE s.id = mash.acting() AND s.role = 'partner'
$function$;

CREATE OR REPLACE FUNCTION mash.chain_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  NEW.lane := coalesce(nullif(current_setting('mash.record_lane', true), '')::smallint, mash.take_record_lane());
  UPDATE public.record_lane l SET seq = l.seq + 1, hash = mash.entry_hash(l.hash, l.lane, l.seq + 1, NEW.id, NEW.at,
    NEW.actor_kind, NEW.actor_id, NEW.act, NEW.referral_id, NEW.details, NEW.request_id)
  WHERE l.lane = NEW.lane RETURNING l.seq, l.hash INTO NEW.lane_seq, NEW.hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the record has no lane %: nothing is done that cannot be recorded', NEW.lane;
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION mash.child_elsewhere(of_referral uuid, at_position smallint)
 RETURNS TABLE(referral_id uuid, "position" smallint)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT other_id, other_position FROM child_judgement
  WHERE one_id = of_referral AND one_position = at_position AND is_same AND ended_at IS NULL
  UNION ALL
  SELECT one_id, one_position FROM child_judgement
  WHERE other_id = of_referral AND other_position = at_position AND is_same AND ended_at IS NULL
  UNION ALL
  SELECT c.referral_id, c.position FROM referral_child k JOIN referral_child c ON c.nhs_number = k.nhs_number
    OR c.upn = k.upn OR c.name_key = k.name_key AND c.date_of_birth = k.date_of_birth
  WHERE k.referral_id = of_referral AND k.position = at_position
$function$;

CREATE OR REPLACE FUNCTION mash.cover(restricted uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION mash.cover_as_it_comes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM mash.lock_children(array_agg(referral_id), array_agg(position)) FROM children;
  PERFORM mash.cover(id) FROM (
    SELECT DISTINCT r.id FROM restriction r JOIN restricted_child known ON known.restriction_id = r.id
    JOIN referral_child k ON k.referral_id = known.referral_id AND k.position = known.position
    JOIN children c ON c.nhs_number = k.nhs_number OR c.upn = k.upn
      OR c.name_key = k.name_key AND c.date_of_birth = k.date_of_birth
    WHERE r.ended_at IS NULL) restricted;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION mash.cover_as_joined()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM mash.lock_children(array_agg(id), array_agg(position)) FROM (
    SELECT one_id AS id, one_position AS position FROM joined WHERE is_same
    UNION ALL SELECT other_id, other_position FROM joined WHERE is_same) place;
  PERFORM mash.cover(id) FROM (
    SELECT DISTINCT r.id FROM restriction r JOIN restricted_child known ON known.restriction_id = r.id
    JOIN joined j ON j.is_same AND (known.referral_id, known.position)
      IN ((j.one_id, j.one_position), (j.other_id, j.other_position))
    WHERE r.ended_at IS NULL) restricted;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION mash.destroy_advice(destroyed uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
DECLARE
  gone jsonb;
BEGIN
  PERFORM FROM public.consultation WHERE id = destroyed;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no advice %', destroyed USING ERRCODE = 'no_data_found';
  END IF;
  PERFORM set_config('mash.destroying', 'on', true);
  gone := mash.destroy_rows('consultation', format('id = %L', destroyed));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('deadline', format('subject = %L', 'Advice ' || destroyed)));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('draft', format('subject = %L', destroyed)));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('sent_form', format('about = %L', destroyed)));
  PERFORM set_config('mash.destroying', '', true);
  RETURN gone;
END $function$;

CREATE OR REPLACE FUNCTION mash.destroy_referral(destroyed uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
DECLARE
  gone jsonb := '{}';
  named text;
  restrictions uuid[];
  advice uuid;
  note uuid;
  restricted uuid;
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
  FOR advice IN SELECT consultation_id FROM consultation_end WHERE referral_id = destroyed LOOP
    gone := mash.sum_of_counts(gone, mash.destroy_advice(advice));
  END LOOP;
  PERFORM set_config('mash.destroying', 'on', true);
  gone := mash.sum_of_counts(gone, mash.destroy_rows('deadline', format('subject = %L OR subject LIKE %L', named, named || ' %')));
  -- The clock of what is to be done names the note of supervision, and no referral.
  FOR note IN SELECT id FROM supervision_note WHERE referral_id = destroyed
      OR challenge_id IN (SELECT id FROM challenge WHERE referral_id = destroyed)
      OR sample_item_id IN (SELECT id FROM sample_item WHERE referral_id = destroyed) LOOP
    gone := mash.sum_of_counts(gone, mash.destroy_rows('deadline', format('subject LIKE %L', note || ' %')));
  END LOOP;
  gone := mash.sum_of_counts(gone, mash.destroy_rows('referral', format('id = %L', destroyed)));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('restriction',
    format('id = ANY(%L) AND NOT EXISTS (SELECT FROM restricted_referral WHERE restriction_id = restriction.id)', restrictions)));
  FOR restricted IN SELECT one FROM unnest(restrictions) one WHERE NOT EXISTS (SELECT FROM restriction WHERE id = one) LOOP
    gone := mash.sum_of_counts(gone, mash.destroy_rows('deadline', format('subject = %L', restricted)));
  END LOOP;
  gone := mash.sum_of_counts(gone, mash.destroy_rows('draft', format('subject = %L OR starts_with(subject, %L)', named, named || ' ')));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('sent_form', format('about = %L', destroyed)));
  gone := mash.sum_of_counts(gone, mash.destroy_rows('job', format('payload->>''referralId'' = %L', destroyed)));
  PERFORM set_config('mash.destroying', '', true);
  RETURN gone;
END $function$;

CREATE OR REPLACE FUNCTION mash.destroy_rows(target regclass, condition text)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
DECLARE
  belonging record;
  of_these text;
  are_there boolean;
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
    of_these := format('(%s) IN (SELECT %s FROM %s WHERE %s)', belonging.own, belonging.key, target, condition);
    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %s)', belonging.of, of_these) INTO are_there;
    CONTINUE WHEN NOT are_there;
    counts := mash.sum_of_counts(counts, mash.destroy_rows(belonging.of, of_these));
  END LOOP;
  EXECUTE format('DELETE FROM %s WHERE %s', target, condition);
  GET DIAGNOSTICS deleted = ROW_COUNT;
  RETURN mash.sum_of_counts(counts, CASE WHEN deleted = 0 THEN '{}' ELSE jsonb_build_object(target::text, deleted) END);
END $function$;

CREATE OR REPLACE FUNCTION mash.entry_hash(previous bytea, lane smallint, seq bigint, id uuid, at timestamp with time zone, actor_kind text, actor_id uuid, act text, referral_id uuid, details jsonb, request_id text)
 RETURNS bytea
 LANGUAGE sql
 STABLE
AS $function$
  SELECT sha256(previous || convert_to(
    length(lane::text) || ':' || lane || length(seq::text) || ':' || seq || '36:' || id
    || length((extract(epoch FROM at) * 1000000)::bigint::text) || ':' || (extract(epoch FROM at) * 1000000)::bigint
    || octet_length(actor_kind) || ':' || actor_kind || coalesce('36:' || actor_id, '-') || octet_length(act) || ':' || act
    || coalesce('36:' || referral_id, '-') || octet_length(details::text) || ':' || details
    || coalesce(octet_length(request_id) || ':' || request_id, '-'), 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION mash.family_keys(submitted jsonb)
 RETURNS TABLE(sort text, key text)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT sort, key FROM (VALUES
    ('home', mash.home_key(submitted->'address')),
    ('uprn', CASE WHEN coalesce(submitted->'address'->>'noFixedAbode', 'false') <> 'true'
      THEN ltrim(submitted->'address'->>'uprn', '0') END),
    ('adult', CASE WHEN submitted ? 'relationship' THEN mash.name_key(
      regexp_replace(mash.fold(submitted->>'name'), '^(mr|mrs|ms|miss|mx|dr) ', '')) || ' ' || (submitted->>'dateOfBirth') END),
    ('phone', CASE WHEN submitted ? 'relationship' THEN regexp_replace(submitted->>'phone', '[^0-9+]', '', 'g') END)
  ) keys (sort, key) WHERE key <> ''
$function$;

CREATE OR REPLACE FUNCTION mash.fold(name text)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE STRICT
AS $function$
  SELECT CASE WHEN octet_length(name) = char_length(name)
    THEN trim(regexp_replace(translate(name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ''`', 'abcdefghijklmnopqrstuvwxyz') COLLATE "C",
      '[^a-z0-9]+', ' ', 'g'))
    ELSE (
      SELECT coalesce(trim(regexp_replace(normalize(string_agg(coalesce(folded, letter), '' ORDER BY place)), ' +', ' ', 'g')), '')
      FROM unnest(string_to_array(normalize(name), NULL)) WITH ORDINALITY AS written (letter, place)
      LEFT JOIN public.name_folding USING (letter))
  END
$function$;

CREATE OR REPLACE FUNCTION mash.hidden_from(person uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT covered.referral_id FROM restriction r JOIN restricted_referral covered ON covered.restriction_id = r.id
  WHERE r.ended_at IS NULL AND NOT EXISTS (SELECT FROM staff_member s WHERE s.id = person AND s.role = 'partner') AND (
    NOT EXISTS (SELECT FROM restriction_grant g WHERE g.restriction_id = r.id AND g.staff_id = person
      AND g.ended_at IS NULL AND g.until > mash.now())
    OR EXISTS (SELECT FROM restriction_bar b WHERE b.restriction_id = r.id AND b.staff_id = person AND b.ended_at IS NULL))
$function$;

CREATE OR REPLACE FUNCTION mash.home_key(address jsonb)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  SELECT concat_ws(' ', postcode, numbers, street) FROM (
    SELECT upper(regexp_replace(address->>'postcode', '[^[:alnum:]]', '', 'g')) AS postcode,
      (SELECT string_agg(word, ' ' ORDER BY word COLLATE "C") FROM unnest(words) word WHERE word ~ '\d') AS numbers,
      (SELECT word FROM unnest(words) WITH ORDINALITY AS all_of (word, place)
        WHERE word !~ '\d' AND word <> ALL ('{flat,apartment,apt,unit,room,house,no,number,the,floor,ground,first,top}')
        ORDER BY place LIMIT 1) AS street
    FROM (SELECT string_to_array(nullif(lines, ''), ' ') AS words FROM (
      SELECT regexp_replace(mash.fold(concat_ws(' ', address->>'line1', address->>'line2')), '(\d) ([a-z])(?= |$)', '\1\2', 'g')
        AS lines) written
      WHERE lines !~ '^(address )?(not (known|given|stated|provided|recorded)|unknown|none|n a|na|tbc|tba|as above|withheld|refused)\M') folded
  ) parts
  WHERE postcode <> '' AND coalesce(numbers, street) IS NOT NULL AND coalesce(address->>'noFixedAbode', 'false') <> 'true'
$function$;

CREATE OR REPLACE FUNCTION mash.index_people()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO person_name (referral_id, kind, position, name, sounds, date_of_birth, postcode, name_key)
  SELECT referral_id, TG_ARGV[0], position, name, mash.sounds(name), (submitted->>'dateOfBirth')::date,
    nullif(upper(regexp_replace(submitted->'address'->>'postcode', '[^[:alnum:]]', '', 'g')), ''), mash.name_key(called)
  FROM (
    SELECT referral_id, position, submitted, called, concat_ws(' ', nullif(called, ''), others) AS name
    FROM (
      SELECT referral_id, position, submitted,
        mash.fold(concat_ws(' ', submitted->>'firstName', submitted->>'lastName', submitted->>'name')) AS called,
        mash.fold((SELECT string_agg(other, ' ') FROM jsonb_array_elements_text(submitted->'otherNames') other)) AS others
      FROM people OFFSET 0) folded
    OFFSET 0) named;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION mash.is_of_agency(referral uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT EXISTS (SELECT FROM referral r WHERE r.id = $1 AND r.agency_id = mash.acting())
    OR EXISTS (SELECT FROM information_request q WHERE q.referral_id = $1 AND q.agency_id = mash.acting())
$function$;

CREATE OR REPLACE FUNCTION mash.is_restricted(referral uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT EXISTS (SELECT FROM restricted_referral covered JOIN restriction r ON r.id = covered.restriction_id
    WHERE covered.referral_id = $1 AND r.ended_at IS NULL)
$function$;

CREATE OR REPLACE FUNCTION mash.keep_as_submitted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  BEGIN
    RAISE EXCEPTION 'a referral is kept as it was submitted' USING ERRCODE = 'restrict_violation';
  END $function$;

CREATE OR REPLACE FUNCTION mash.keep_family()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO family_key (referral_id, kind, position, sort, key)
  SELECT referral_id, TG_ARGV[0], position, sort, key FROM people, mash.family_keys(submitted) keys;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION mash.keep_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO name_word (word, referral_id, sounds)
  SELECT DISTINCT ON (word) word, referral_id, mash.sounds(word)
  FROM named, unnest(string_to_array(name, ' ')) AS words (word)
  WHERE word <> '' AND NOT EXISTS (SELECT 1 FROM name_word known WHERE known.word = words.word)
  ORDER BY word, referral_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION mash.known_to_agency(agency uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT asked_by FROM information_request WHERE agency_id = agency
  UNION SELECT c.chased_by FROM information_chase c JOIN information_request q ON q.id = c.request_id WHERE q.agency_id = agency
  UNION SELECT a.answered_by FROM information_answer a JOIN information_request q ON q.id = a.request_id WHERE q.agency_id = agency
  UNION SELECT taken_by FROM referral WHERE agency_id = agency AND channel = 'agency_form'
$function$;

CREATE OR REPLACE FUNCTION mash.lock_children(uuid[], smallint[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock(hashed) FROM (
    SELECT DISTINCT hashtextextended(key, 59) AS hashed
    FROM unnest($1, $2) place (referral_id, position) JOIN referral_child c USING (referral_id, position)
    CROSS JOIN LATERAL (VALUES (c.referral_id || ' ' || c.position), ('nhs ' || c.nhs_number), ('upn ' || c.upn),
      (c.name_key || ' ' || c.date_of_birth)) one (key)
    WHERE key IS NOT NULL ORDER BY hashed) ordered;
END $function$;

CREATE OR REPLACE FUNCTION mash.make_record_month(month date)
 RETURNS void
 LANGUAGE plpgsql
 SET lock_timeout TO '1s'
AS $function$
DECLARE
  name text := 'entry_' || to_char(month, 'YYYY_MM');
  begins timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
  ends timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
  -- Two workers make months one after the other. This lock is in the way of no entry.
  LOCK TABLE ONLY public.audit_entry IN SHARE UPDATE EXCLUSIVE MODE;
  IF to_regclass('audit.' || name) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE audit.%I (LIKE public.audit_entry INCLUDING ALL)', name);
  LOCK TABLE audit.entry_other IN ACCESS EXCLUSIVE MODE;
  IF EXISTS (SELECT FROM audit.entry_other WHERE at >= begins AND at < ends) THEN
    ALTER TABLE audit.entry_other DISABLE TRIGGER append_only;
    EXECUTE format('WITH moved AS (DELETE FROM audit.entry_other WHERE at >= $1 AND at < $2 RETURNING *)
      INSERT INTO audit.%I SELECT * FROM moved', name) USING begins, ends;
    ALTER TABLE audit.entry_other ENABLE TRIGGER append_only;
  END IF;
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.%I
    FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change()', name);
  EXECUTE format('ALTER TABLE public.audit_entry ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)',
    name, begins, ends);
END $function$;

CREATE OR REPLACE FUNCTION mash.may_read(referral uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT CASE current_setting('role')
    WHEN 'mash_staff' THEN mash.sees_children() AND $1 NOT IN (SELECT mash.hidden_from(mash.acting()))
      OR $1 IN (SELECT mash.asked_of_partner())
    WHEN 'mash_agency' THEN mash.is_of_agency($1)
    ELSE true END
$function$;

CREATE OR REPLACE FUNCTION mash.name_key(folded text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT min((substr(letters, place) || left(letters, place - 1)) COLLATE "C")
  FROM replace(folded, ' ', '') letters, generate_series(1, length(letters)) place
$function$;

CREATE OR REPLACE FUNCTION mash.note_leaving()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.is_active THEN
    NEW.left_at := NULL;
  ELSIF TG_OP = 'INSERT' OR OLD.is_active THEN
    NEW.left_at := mash.now();
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION mash.now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 PARALLEL SAFE
AS $function$ SELECT date_trunc('milliseconds', clock_timestamp()) $function$;

CREATE OR REPLACE FUNCTION mash.referrals_of_children(of_referral uuid)
 RETURNS TABLE(child smallint, referral_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
  WITH RECURSIVE same (child, referral_id, position) AS (
    SELECT c.position, c.referral_id, c.position FROM referral_child c WHERE c.referral_id = of_referral
    UNION
    SELECT same.child, other.referral_id, other.position
    FROM same JOIN LATERAL mash.child_elsewhere(same.referral_id, same.position) other ON true)
  SELECT DISTINCT child, referral_id FROM same
$function$;

CREATE OR REPLACE FUNCTION mash.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('mash.destroying', true) = 'on' AND current_user NOT IN ('mash_staff', 'mash_agency') THEN
    IF TG_LEVEL = 'ROW' THEN
      RETURN OLD;
    END IF;
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $function$;

CREATE OR REPLACE FUNCTION mash.restriction_reason(restricted uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT r.reason FROM restriction r WHERE r.id = $1 AND (current_setting('role') <> 'mash_staff' OR (
    EXISTS (SELECT FROM restriction_grant g WHERE g.restriction_id = r.id AND g.staff_id = mash.acting()
      AND g.ended_at IS NULL AND g.until > mash.now())
    AND NOT EXISTS (SELECT FROM restriction_bar b
      WHERE b.restriction_id = r.id AND b.staff_id = mash.acting() AND b.ended_at IS NULL)))
$function$;

CREATE OR REPLACE FUNCTION mash.sees_children()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT EXISTS (SELECT FROM staff_member WHERE id = mash.acting() AND role NOT IN ('partner', 'administrator'))
$function$;

CREATE OR REPLACE FUNCTION mash.sounds(folded text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT coalesce(array_agg(DISTINCT sound), '{}')
  FROM string_to_table(folded, ' ') word, unnest(ARRAY[public.dmetaphone(word), public.dmetaphone_alt(word)]) sound
  WHERE sound <> ''
$function$;

CREATE OR REPLACE FUNCTION mash.submitted(referral uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT r.submitted FROM referral r WHERE r.id = $1 AND mash.may_read($1)
$function$;

CREATE OR REPLACE FUNCTION mash.sum_of_counts(one jsonb, other jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT coalesce(jsonb_object_agg(name, count), '{}') FROM (
    SELECT key AS name, sum(value::bigint) AS count FROM (
      SELECT * FROM jsonb_each_text(one) UNION ALL SELECT * FROM jsonb_each_text(other)) counted GROUP BY key) sums
$function$;

CREATE OR REPLACE FUNCTION mash.take_record_lane()
 RETURNS smallint
 LANGUAGE plpgsql
AS $function$
DECLARE
  own smallint := pg_backend_pid() % 128;
  taken smallint;
BEGIN
  SELECT lane INTO taken FROM public.record_lane WHERE lane = own FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    SELECT lane INTO taken FROM public.record_lane LIMIT 1 FOR UPDATE SKIP LOCKED;
  END IF;
  taken := coalesce(taken, own);
  PERFORM set_config('mash.record_lane', taken::text, true);
  RETURN taken;
END $function$;

CREATE OR REPLACE FUNCTION mash.time_outside()
 RETURNS timestamp with time zone
 LANGUAGE sql
 PARALLEL SAFE
AS $function$ SELECT mash.now() $function$;

CREATE OR REPLACE FUNCTION mash.wall(walled regclass, VARIADIC columns name[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY staff ON %s TO mash_staff USING ((SELECT mash.sees_children()) AND %s) WITH CHECK (true)',
    walled, (SELECT string_agg(format('(%I IN (SELECT mash.hidden_from(mash.acting()))) IS NOT TRUE', c), ' AND ')
      FROM unnest(columns) c));
END $function$;

CREATE OR REPLACE FUNCTION mash.wall_beside(walled regclass, own name, other regclass, key name DEFAULT 'id'::name)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY beside ON %s TO mash_staff, mash_agency USING (EXISTS (SELECT FROM %s other WHERE other.%I = %s.%I))
    WITH CHECK (true)', walled, other, key, walled, own);
END $function$;

CREATE OR REPLACE FUNCTION mash.wall_of_agencies(walled regclass, condition text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY staff ON %s TO mash_staff USING (true) WITH CHECK (true)', walled);
  EXECUTE format('CREATE POLICY agency ON %s TO mash_agency USING (%s) WITH CHECK (true)', walled, condition);
END $function$;

CREATE TABLE absence (
  id uuid NOT NULL,
  staff_member_id uuid NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  CONSTRAINT absence_pkey PRIMARY KEY (id),
  CONSTRAINT absence_lasts CHECK (ends_at > starts_at),
  CONSTRAINT absence_readable CHECK (starts_at >= '2000-01-01 00:00:00+00'::timestamp with time zone AND ends_at < '2101-01-02 00:00:00+00'::timestamp with time zone),
  CONSTRAINT absence_staff_member_id_fkey FOREIGN KEY (staff_member_id) REFERENCES staff_member(id)
);
CREATE INDEX absence_ends_idx ON absence USING btree (ends_at);
GRANT UPDATE, SELECT, INSERT, DELETE ON absence TO mash_staff;

CREATE TABLE access_token (
  token_hash bytea NOT NULL,
  client_id uuid NOT NULL,
  scopes text[] NOT NULL,
  issued_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT access_token_pkey PRIMARY KEY (token_hash),
  CONSTRAINT access_token_client_id_fkey FOREIGN KEY (client_id) REFERENCES agency_client(id)
);
CREATE INDEX access_token_expires_idx ON access_token USING btree (expires_at);
GRANT SELECT, INSERT, DELETE ON access_token TO mash_agency;
GRANT UPDATE, SELECT ON access_token TO mash_staff;

CREATE TABLE acknowledgement (
  id uuid NOT NULL,
  alert_id uuid NOT NULL,
  deadline_id uuid NOT NULL,
  acknowledged_by uuid NOT NULL,
  acknowledged_at timestamp with time zone NOT NULL,
  paused_until timestamp with time zone NOT NULL,
  CONSTRAINT acknowledgement_pkey PRIMARY KEY (id),
  CONSTRAINT acknowledgement_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES staff_member(id),
  CONSTRAINT acknowledgement_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alert(id),
  CONSTRAINT acknowledgement_alert_id_key UNIQUE (alert_id),
  CONSTRAINT acknowledgement_deadline_id_fkey FOREIGN KEY (deadline_id) REFERENCES deadline(id)
);
CREATE INDEX acknowledgement_deadline_at_idx ON acknowledgement USING btree (deadline_id, acknowledged_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON acknowledgement FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT, INSERT ON acknowledgement TO mash_staff;

CREATE TABLE addition_reading (
  addition_id uuid NOT NULL,
  note text NOT NULL,
  read_by uuid NOT NULL,
  read_at timestamp with time zone NOT NULL,
  CONSTRAINT addition_reading_pkey PRIMARY KEY (addition_id),
  CONSTRAINT addition_reading_addition_id_fkey FOREIGN KEY (addition_id) REFERENCES referral_addition(id),
  CONSTRAINT addition_reading_read_by_fkey FOREIGN KEY (read_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON addition_reading FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE addition_reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON addition_reading TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM referral_addition other
  WHERE (other.id = addition_reading.addition_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON addition_reading TO mash_staff;

CREATE TABLE agency (
  id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  source_code text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  feedback_by text DEFAULT 'email'::text NOT NULL,
  folded_name text NOT NULL,
  suspended_at timestamp with time zone,
  CONSTRAINT agency_pkey PRIMARY KEY (id),
  CONSTRAINT agency_feedback_by CHECK (feedback_by = ANY (ARRAY['email'::text, 'person'::text]))
);
CREATE UNIQUE INDEX agency_folded_name_idx ON agency USING btree (folded_name);
GRANT UPDATE (id), SELECT ON agency TO mash_agency;
GRANT UPDATE, SELECT, INSERT ON agency TO mash_staff;

CREATE TABLE agency_client (
  id uuid NOT NULL,
  agency_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  suspended_at timestamp with time zone,
  name text NOT NULL,
  scopes text[] NOT NULL,
  CONSTRAINT agency_client_pkey PRIMARY KEY (id),
  CONSTRAINT agency_client_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT agency_client_scopes CHECK (cardinality(scopes) > 0)
);
CREATE INDEX agency_client_agency_idx ON agency_client USING btree (agency_id);
ALTER TABLE agency_client ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON agency_client TO mash_agency USING ((agency_id = mash.acting())) WITH CHECK (true);
CREATE POLICY staff ON agency_client TO mash_staff USING (true) WITH CHECK (true);
GRANT UPDATE (id), SELECT ON agency_client TO mash_agency;
GRANT UPDATE, SELECT, INSERT ON agency_client TO mash_staff;

CREATE TABLE agency_event (
  agency_id uuid NOT NULL,
  "position" bigint NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  referral_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  CONSTRAINT agency_event_pkey PRIMARY KEY (agency_id, "position"),
  CONSTRAINT agency_event_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT agency_event_agency_id_type_subject_id_key UNIQUE (agency_id, type, subject_id),
  CONSTRAINT agency_event_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT agency_event_type CHECK (type = ANY (ARRAY['referral.received'::text, 'referral.in_triage'::text, 'referral.decided'::text, 'referral.reopened'::text, 'feedback.available'::text, 'information.requested'::text, 'information.withdrawn'::text]))
);
CREATE INDEX agency_event_referral_idx ON agency_event USING btree (referral_id, "position");
CREATE TRIGGER numbered_once BEFORE UPDATE OR TRUNCATE ON agency_event FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE agency_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON agency_event TO mash_agency USING ((agency_id = mash.acting())) WITH CHECK (true);
CREATE POLICY staff ON agency_event TO mash_staff USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON agency_event TO mash_agency;
GRANT SELECT ON agency_event TO mash_staff;

CREATE TABLE alert (
  id uuid NOT NULL,
  deadline_id uuid NOT NULL,
  referral_id uuid,
  rating text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  step_at timestamp with time zone NOT NULL,
  fired_at timestamp with time zone NOT NULL,
  told text[] NOT NULL,
  CONSTRAINT alert_pkey PRIMARY KEY (id),
  CONSTRAINT alert_id_fkey FOREIGN KEY (id) REFERENCES deadline_step(id),
  CONSTRAINT alert_never_early CHECK (fired_at >= step_at)
);
CREATE INDEX alert_deadline_idx ON alert USING btree (deadline_id, fired_at);
CREATE INDEX alert_fired_idx ON alert USING btree (fired_at);
CREATE INDEX alert_referral_idx ON alert USING btree (referral_id, fired_at);
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON alert FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER kept_once_told BEFORE DELETE ON alert FOR EACH ROW WHEN (old.told <> '{}'::text[]) EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON alert TO mash_agency USING ((EXISTS ( SELECT
   FROM deadline d
  WHERE (d.id = alert.deadline_id)))) WITH CHECK (true);
CREATE POLICY staff ON alert TO mash_staff USING (true) WITH CHECK (true);
GRANT SELECT ON alert TO mash_agency;
GRANT SELECT ON alert TO mash_staff;

CREATE TABLE attachment (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  agency_id uuid NOT NULL,
  name text NOT NULL,
  claimed_type text NOT NULL,
  size integer,
  sha256 bytea,
  said_by text NOT NULL,
  words text NOT NULL,
  state text NOT NULL,
  kind text,
  data_key bytea NOT NULL,
  key_name text NOT NULL,
  begun_at timestamp with time zone NOT NULL,
  added_at timestamp with time zone,
  addition_id uuid,
  checked_at timestamp with time zone,
  virus text,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  CONSTRAINT attachment_pkey PRIMARY KEY (id),
  CONSTRAINT attachment_addition_id_fkey FOREIGN KEY (addition_id) REFERENCES referral_addition(id),
  CONSTRAINT attachment_addition_id_key UNIQUE (addition_id),
  CONSTRAINT attachment_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT attachment_agency_id_key_key UNIQUE (agency_id, key),
  CONSTRAINT attachment_checked CHECK ((state = ANY (ARRAY['clean'::text, 'infected'::text, 'not_scanned'::text])) = (checked_at IS NOT NULL) AND (state = 'infected'::text) = (virus IS NOT NULL)),
  CONSTRAINT attachment_measured CHECK ((size IS NULL) = (sha256 IS NULL) AND (size IS NOT NULL OR state = 'uploading'::text)),
  CONSTRAINT attachment_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT attachment_sha256 CHECK (octet_length(sha256) = 32),
  CONSTRAINT attachment_size CHECK (size >= 1 AND size <= 20971520),
  CONSTRAINT attachment_state CHECK (state = ANY (ARRAY['uploading'::text, 'refused'::text, 'waiting'::text, 'clean'::text, 'infected'::text, 'not_scanned'::text])),
  CONSTRAINT attachment_whole CHECK ((state = ANY (ARRAY['uploading'::text, 'refused'::text])) = (addition_id IS NULL) AND (addition_id IS NULL) = (kind IS NULL) AND (addition_id IS NULL) = (added_at IS NULL))
);
CREATE INDEX attachment_referral_idx ON attachment USING btree (referral_id, begun_at);
CREATE INDEX attachment_unchecked_idx ON attachment USING btree (begun_at) WHERE state = ANY (ARRAY['waiting'::text, 'not_scanned'::text]);
CREATE INDEX attachment_unfinished_idx ON attachment USING btree (begun_at) WHERE state = ANY (ARRAY['uploading'::text, 'refused'::text]);
CREATE TRIGGER begun_once BEFORE UPDATE OF id, referral_id, agency_id, name, claimed_type, said_by, words, begun_at, key, fingerprint ON attachment FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER measured_once BEFORE UPDATE OF size, sha256 ON attachment FOR EACH ROW WHEN (old.size IS NOT NULL) EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE attachment ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON attachment TO mash_agency USING ((agency_id = mash.acting())) WITH CHECK ((agency_id = mash.acting()));
CREATE POLICY staff ON attachment TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT, DELETE ON attachment TO mash_agency;
GRANT SELECT ON attachment TO mash_staff;

CREATE TABLE attachment_part (
  attachment_id uuid NOT NULL,
  number smallint NOT NULL,
  referral_id uuid NOT NULL,
  sealed bytea,
  object_id uuid,
  CONSTRAINT attachment_part_pkey PRIMARY KEY (attachment_id, number),
  CONSTRAINT attachment_part_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES attachment(id),
  CONSTRAINT attachment_part_number CHECK (number >= 1 AND number <= 20),
  CONSTRAINT attachment_part_object_id_key UNIQUE (object_id),
  CONSTRAINT attachment_part_placed CHECK ((sealed IS NULL) = (object_id IS NOT NULL)),
  CONSTRAINT attachment_part_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX attachment_part_referral_fkey_idx ON attachment_part USING btree (referral_id);
ALTER TABLE attachment_part ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON attachment_part TO mash_agency USING ((attachment_id IN ( SELECT attachment.id
   FROM attachment
  WHERE (attachment.agency_id = mash.acting())))) WITH CHECK ((attachment_id IN ( SELECT attachment.id
   FROM attachment
  WHERE (attachment.agency_id = mash.acting()))));
CREATE POLICY staff ON attachment_part TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT, DELETE ON attachment_part TO mash_agency;
GRANT SELECT ON attachment_part TO mash_staff;

CREATE TABLE audit.entry_other PARTITION OF audit_entry DEFAULT;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.entry_other FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER chained BEFORE INSERT ON audit.entry_other FOR EACH ROW EXECUTE FUNCTION mash.chain_entry();
GRANT SELECT ON audit.entry_other TO mash_staff;

CREATE TABLE audit_entry (
  id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid,
  act text NOT NULL,
  referral_id uuid,
  details jsonb NOT NULL,
  request_id text,
  lane smallint NOT NULL,
  lane_seq bigint NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT audit_entry_pkey PRIMARY KEY (at, id),
  CONSTRAINT audit_entry_actor CHECK ((actor_kind = 'service'::text) = (actor_id IS NULL)),
  CONSTRAINT audit_entry_actor_kind CHECK (actor_kind = ANY (ARRAY['agency'::text, 'staff'::text, 'service'::text]))
) PARTITION BY RANGE (at);
CREATE INDEX audit_entry_act_idx ON ONLY audit_entry USING btree (act, at, id);
CREATE INDEX audit_entry_person_idx ON ONLY audit_entry USING btree (actor_id, act, at, id) WHERE actor_kind = 'staff'::text;
CREATE INDEX audit_entry_referral_idx ON ONLY audit_entry USING btree (referral_id, at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER chained BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION mash.chain_entry();
GRANT INSERT ON audit_entry TO mash_agency;
GRANT SELECT, INSERT ON audit_entry TO mash_staff;

CREATE TABLE audit_opening (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  opened_by uuid NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  reason text NOT NULL,
  CONSTRAINT audit_opening_pkey PRIMARY KEY (id),
  CONSTRAINT audit_opening_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES staff_member(id),
  CONSTRAINT audit_opening_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX audit_opening_open_idx ON audit_opening USING btree (referral_id, opened_by, opened_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_opening FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE audit_opening ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON audit_opening TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT SELECT, INSERT ON audit_opening TO mash_staff;

CREATE TABLE baseline (
  id uuid NOT NULL,
  measure text NOT NULL,
  month date NOT NULL,
  reason text NOT NULL,
  begun_by uuid NOT NULL,
  begun_at timestamp with time zone NOT NULL,
  CONSTRAINT baseline_pkey PRIMARY KEY (id),
  CONSTRAINT baseline_begun_by_fkey FOREIGN KEY (begun_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT baseline_month CHECK (EXTRACT(day FROM month) = 1::numeric),
  CONSTRAINT baseline_reason CHECK (reason ~ '\S'::text)
);
CREATE INDEX baseline_begun_idx ON baseline USING btree (begun_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON baseline FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT, INSERT ON baseline TO mash_staff;

CREATE TABLE calendar_version (
  version integer NOT NULL,
  calendar jsonb NOT NULL,
  effective_from timestamp with time zone NOT NULL,
  made_by uuid,
  made_at timestamp with time zone,
  reason text,
  CONSTRAINT calendar_version_pkey PRIMARY KEY (version),
  CONSTRAINT calendar_version_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_member(id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON calendar_version FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT ON calendar_version TO mash_agency;
GRANT SELECT, INSERT ON calendar_version TO mash_staff;

CREATE TABLE case_check (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  "position" smallint NOT NULL,
  result text NOT NULL,
  case_number text,
  worker text,
  team text,
  reason text,
  checked_by uuid NOT NULL,
  checked_at timestamp with time zone NOT NULL,
  made_version integer NOT NULL,
  CONSTRAINT case_check_pkey PRIMARY KEY (id),
  CONSTRAINT case_check_case CHECK ((result = ANY (ARRAY['closed'::text, 'open'::text])) OR num_nonnulls(case_number, worker, team) = 0),
  CONSTRAINT case_check_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT case_check_reason CHECK ((reason IS NOT NULL) = (result = 'not_checked'::text)),
  CONSTRAINT case_check_referral_id_position_fkey FOREIGN KEY (referral_id, "position") REFERENCES referral_child(referral_id, "position"),
  CONSTRAINT case_check_result CHECK (result = ANY (ARRAY['not_known'::text, 'closed'::text, 'open'::text, 'not_checked'::text])),
  CONSTRAINT case_check_worker CHECK (result <> 'open'::text OR num_nonnulls(worker, team) > 0)
);
CREATE INDEX case_check_child_idx ON case_check USING btree (referral_id, "position", made_version);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON case_check FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE case_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON case_check TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON case_check TO mash_staff;

CREATE TABLE challenge (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  aspect text NOT NULL,
  question text NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  CONSTRAINT challenge_pkey PRIMARY KEY (id),
  CONSTRAINT challenge_aspect CHECK (aspect = ANY (ARRAY['pace'::text, 'quality'::text, 'pace_and_quality'::text])),
  CONSTRAINT challenge_id_made_by_key UNIQUE (id, made_by),
  CONSTRAINT challenge_lasts CHECK (due_at > made_at),
  CONSTRAINT challenge_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT challenge_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id) ON DELETE RESTRICT
);
CREATE INDEX challenge_referral_idx ON challenge USING btree (referral_id, made_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON challenge FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE challenge ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON challenge TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT UPDATE (id), SELECT, INSERT ON challenge TO mash_staff;

CREATE TABLE challenge_answer (
  id uuid NOT NULL,
  challenge_id uuid NOT NULL,
  made_by uuid NOT NULL,
  answer text NOT NULL,
  answered_by uuid NOT NULL,
  answered_at timestamp with time zone NOT NULL,
  CONSTRAINT challenge_answer_pkey PRIMARY KEY (id),
  CONSTRAINT challenge_answer_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT challenge_answer_by_another CHECK (answered_by <> made_by),
  CONSTRAINT challenge_answer_challenge_id_made_by_fkey FOREIGN KEY (challenge_id, made_by) REFERENCES challenge(id, made_by) ON DELETE RESTRICT
);
CREATE INDEX challenge_answer_challenge_idx ON challenge_answer USING btree (challenge_id, answered_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON challenge_answer FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE challenge_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON challenge_answer TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM challenge other
  WHERE (other.id = challenge_answer.challenge_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON challenge_answer TO mash_staff;

CREATE TABLE challenge_reply (
  answer_id uuid NOT NULL,
  result text NOT NULL,
  words text,
  replied_by uuid NOT NULL,
  replied_at timestamp with time zone NOT NULL,
  CONSTRAINT challenge_reply_pkey PRIMARY KEY (answer_id),
  CONSTRAINT challenge_reply_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES challenge_answer(id) ON DELETE RESTRICT,
  CONSTRAINT challenge_reply_replied_by_fkey FOREIGN KEY (replied_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT challenge_reply_result CHECK (result = ANY (ARRAY['accepted'::text, 'returned'::text])),
  CONSTRAINT challenge_reply_return_says_why CHECK (result = 'accepted'::text OR words IS NOT NULL)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON challenge_reply FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE challenge_reply ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON challenge_reply TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM challenge_answer other
  WHERE (other.id = challenge_reply.answer_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON challenge_reply TO mash_staff;

CREATE TABLE child_candidate (
  referral_id uuid NOT NULL,
  "position" smallint NOT NULL,
  other_id uuid NOT NULL,
  other_position smallint NOT NULL,
  band text NOT NULL,
  weight real NOT NULL,
  reasons text[] NOT NULL,
  CONSTRAINT child_candidate_pkey PRIMARY KEY (referral_id, "position", other_id, other_position),
  CONSTRAINT child_candidate_band CHECK (band = ANY (ARRAY['probable'::text, 'possible'::text])),
  CONSTRAINT child_candidate_other_id_other_position_fkey FOREIGN KEY (other_id, other_position) REFERENCES referral_child(referral_id, "position"),
  CONSTRAINT child_candidate_referral_id_position_fkey FOREIGN KEY (referral_id, "position") REFERENCES referral_child(referral_id, "position")
);
CREATE INDEX child_candidate_other_idx ON child_candidate USING btree (other_id, other_position);
ALTER TABLE child_candidate ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON child_candidate TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))) AND (NOT (other_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT ON child_candidate TO mash_staff;

CREATE TABLE child_judgement (
  id uuid NOT NULL,
  one_id uuid NOT NULL,
  one_position smallint NOT NULL,
  other_id uuid NOT NULL,
  other_position smallint NOT NULL,
  is_same boolean NOT NULL,
  judged_by uuid NOT NULL,
  judged_at timestamp with time zone NOT NULL,
  ended_by uuid,
  ended_at timestamp with time zone,
  end_reason text,
  CONSTRAINT child_judgement_pkey PRIMARY KEY (id),
  CONSTRAINT child_judgement_end CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL) = (end_reason IS NULL)),
  CONSTRAINT child_judgement_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT child_judgement_judged_by_fkey FOREIGN KEY (judged_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT child_judgement_one_id_one_position_fkey FOREIGN KEY (one_id, one_position) REFERENCES referral_child(referral_id, "position"),
  CONSTRAINT child_judgement_order CHECK ((ROW(one_id, one_position) < ROW(other_id, other_position))),
  CONSTRAINT child_judgement_other_id_other_position_fkey FOREIGN KEY (other_id, other_position) REFERENCES referral_child(referral_id, "position")
);
CREATE INDEX child_judgement_one_idx ON child_judgement USING btree (one_id, one_position);
CREATE INDEX child_judgement_other_idx ON child_judgement USING btree (other_id, other_position);
CREATE UNIQUE INDEX child_judgement_pair_idx ON child_judgement USING btree (one_id, one_position, other_id, other_position) WHERE ended_at IS NULL;
CREATE TRIGGER cover AFTER INSERT ON child_judgement REFERENCING NEW TABLE AS joined FOR EACH STATEMENT EXECUTE FUNCTION mash.cover_as_joined();
CREATE TRIGGER judged_once BEFORE UPDATE OF id, one_id, one_position, other_id, other_position, is_same, judged_by, judged_at ON child_judgement FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON child_judgement FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE child_judgement ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON child_judgement TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (one_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))) AND (NOT (other_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON child_judgement TO mash_staff;

CREATE TABLE child_views (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  "position" smallint NOT NULL,
  how text,
  why_not text,
  words text,
  recorded_by uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  made_version integer NOT NULL,
  CONSTRAINT child_views_pkey PRIMARY KEY (id),
  CONSTRAINT child_views_either CHECK ((how IS NULL) <> (why_not IS NULL)),
  CONSTRAINT child_views_how CHECK (how = ANY (ARRAY['seen_alone'::text, 'seen_with_others'::text, 'at_school'::text, 'by_phone'::text, 'trusted_adult'::text, 'observed'::text, 'other'::text])),
  CONSTRAINT child_views_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT child_views_referral_id_position_fkey FOREIGN KEY (referral_id, "position") REFERENCES referral_child(referral_id, "position"),
  CONSTRAINT child_views_why_not CHECK (why_not = ANY (ARRAY['unborn'::text, 'too_young'::text, 'not_safe_yet'::text, 'not_reached'::text, 'child_declined'::text, 'parent_refused'::text, 'protected_first'::text, 'other'::text])),
  CONSTRAINT child_views_words CHECK (words IS NOT NULL OR how IS NULL)
);
CREATE INDEX child_views_child_idx ON child_views USING btree (referral_id, "position", made_version);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON child_views FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE child_views ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON child_views TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON child_views TO mash_staff;

CREATE TABLE claim_note (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  kind text NOT NULL,
  note text NOT NULL,
  written_by uuid NOT NULL,
  written_at timestamp with time zone NOT NULL,
  CONSTRAINT claim_note_pkey PRIMARY KEY (id),
  CONSTRAINT claim_note_kind CHECK (kind = ANY (ARRAY['given_back'::text, 'skipped'::text, 'assigned'::text])),
  CONSTRAINT claim_note_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT claim_note_written_by_fkey FOREIGN KEY (written_by) REFERENCES staff_member(id)
);
CREATE INDEX claim_note_referral_idx ON claim_note USING btree (referral_id, written_at);
CREATE INDEX claim_note_written_idx ON claim_note USING btree (written_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON claim_note FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE claim_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON claim_note TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON claim_note TO mash_staff;

CREATE TABLE client_invitation (
  id uuid NOT NULL,
  agency_id uuid NOT NULL,
  scopes text[] NOT NULL,
  token_hash bytea NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  client_id uuid,
  used_at timestamp with time zone,
  CONSTRAINT client_invitation_pkey PRIMARY KEY (id),
  CONSTRAINT client_invitation_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT client_invitation_client_id_fkey FOREIGN KEY (client_id) REFERENCES agency_client(id),
  CONSTRAINT client_invitation_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT client_invitation_scopes CHECK (cardinality(scopes) > 0),
  CONSTRAINT client_invitation_token_hash_key UNIQUE (token_hash),
  CONSTRAINT client_invitation_used CHECK ((client_id IS NULL) = (used_at IS NULL))
);
CREATE INDEX client_invitation_agency_idx ON client_invitation USING btree (agency_id);
GRANT UPDATE, SELECT, INSERT ON client_invitation TO mash_staff;

CREATE TABLE client_key (
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  kid text NOT NULL,
  jwk jsonb NOT NULL,
  added_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  removed_at timestamp with time zone,
  last_used_at timestamp with time zone,
  CONSTRAINT client_key_pkey PRIMARY KEY (id),
  CONSTRAINT client_key_client_id_fkey FOREIGN KEY (client_id) REFERENCES agency_client(id)
);
CREATE UNIQUE INDEX client_key_kid_idx ON client_key USING btree (client_id, kid) WHERE removed_at IS NULL;
GRANT UPDATE, SELECT ON client_key TO mash_agency;
GRANT UPDATE, SELECT, INSERT ON client_key TO mash_staff;

CREATE TABLE client_key_set (
  client_id uuid NOT NULL,
  address text NOT NULL,
  keys jsonb NOT NULL,
  set_at timestamp with time zone NOT NULL,
  tried_at timestamp with time zone NOT NULL,
  fetched_at timestamp with time zone NOT NULL,
  fault text,
  CONSTRAINT client_key_set_pkey PRIMARY KEY (client_id),
  CONSTRAINT client_key_set_client_id_fkey FOREIGN KEY (client_id) REFERENCES agency_client(id)
);
GRANT SELECT ON client_key_set TO mash_agency;
GRANT UPDATE, SELECT, INSERT, DELETE ON client_key_set TO mash_staff;

CREATE TABLE conference (
  discussion_id uuid NOT NULL,
  due_at timestamp with time zone NOT NULL,
  CONSTRAINT conference_pkey PRIMARY KEY (discussion_id),
  CONSTRAINT conference_discussion_id_fkey FOREIGN KEY (discussion_id) REFERENCES discussion_record(discussion_id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON conference FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE conference ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON conference TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM strategy_discussion other
  WHERE (other.id = conference.discussion_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON conference TO mash_staff;

CREATE TABLE conference_record (
  discussion_id uuid NOT NULL,
  held_on date,
  reason text,
  recorded_by uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT conference_record_pkey PRIMARY KEY (discussion_id),
  CONSTRAINT conference_record_discussion_id_fkey FOREIGN KEY (discussion_id) REFERENCES conference(discussion_id),
  CONSTRAINT conference_record_how CHECK ((held_on IS NULL) <> (reason IS NULL)),
  CONSTRAINT conference_record_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON conference_record FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE conference_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON conference_record TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM strategy_discussion other
  WHERE (other.id = conference_record.discussion_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON conference_record TO mash_staff;

CREATE TABLE consultation (
  id uuid NOT NULL,
  agency_id uuid NOT NULL,
  caller text NOT NULL,
  role text NOT NULL,
  question text NOT NULL,
  advice text NOT NULL,
  outcome text NOT NULL,
  given_by uuid NOT NULL,
  given_at timestamp with time zone NOT NULL,
  CONSTRAINT consultation_pkey PRIMARY KEY (id),
  CONSTRAINT consultation_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT consultation_given_by_fkey FOREIGN KEY (given_by) REFERENCES staff_member(id),
  CONSTRAINT consultation_outcome CHECK (outcome = ANY (ARRAY['referral_advised'::text, 'early_help_advised'::text, 'advice_only'::text]))
);
CREATE INDEX consultation_given_idx ON consultation USING btree (given_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON consultation FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE consultation ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON consultation TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (id IN ( SELECT mash.advice_hidden_from(mash.acting()) AS advice_hidden_from))))) WITH CHECK (true);
GRANT UPDATE (id), SELECT, INSERT ON consultation TO mash_staff;

CREATE TABLE consultation_child (
  consultation_id uuid NOT NULL,
  "position" smallint NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  date_of_birth date,
  name text NOT NULL,
  sounds text[] NOT NULL,
  name_key text,
  CONSTRAINT consultation_child_pkey PRIMARY KEY (consultation_id, "position"),
  CONSTRAINT consultation_child_consultation_id_fkey FOREIGN KEY (consultation_id) REFERENCES consultation(id),
  CONSTRAINT consultation_child_named CHECK (first_name <> ''::text OR last_name <> ''::text)
);
CREATE INDEX consultation_child_date_of_birth_idx ON consultation_child USING btree (date_of_birth) WHERE date_of_birth IS NOT NULL;
CREATE INDEX consultation_child_key_idx ON consultation_child USING btree (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX consultation_child_name_idx ON consultation_child USING gin (name gin_trgm_ops);
CREATE INDEX consultation_child_sounds_idx ON consultation_child USING gin (sounds);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON consultation_child FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE consultation_child ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON consultation_child TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (consultation_id IN ( SELECT mash.advice_hidden_from(mash.acting()) AS advice_hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON consultation_child TO mash_staff;

CREATE TABLE consultation_end (
  id uuid NOT NULL,
  consultation_id uuid NOT NULL,
  referral_id uuid,
  reason text,
  said_by uuid NOT NULL,
  said_at timestamp with time zone NOT NULL,
  CONSTRAINT consultation_end_pkey PRIMARY KEY (id),
  CONSTRAINT consultation_end_consultation_id_fkey FOREIGN KEY (consultation_id) REFERENCES consultation(id),
  CONSTRAINT consultation_end_either CHECK ((referral_id IS NULL) <> (reason IS NULL)),
  CONSTRAINT consultation_end_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT consultation_end_said_by_fkey FOREIGN KEY (said_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX consultation_end_consultation_fkey_idx ON consultation_end USING btree (consultation_id);
CREATE INDEX consultation_end_of_referral_idx ON consultation_end USING btree (referral_id) WHERE referral_id IS NOT NULL;
CREATE UNIQUE INDEX consultation_end_reason_idx ON consultation_end USING btree (consultation_id) WHERE reason IS NOT NULL;
CREATE UNIQUE INDEX consultation_end_referral_idx ON consultation_end USING btree (consultation_id) WHERE referral_id IS NOT NULL;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON consultation_end FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE consultation_end ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON consultation_end TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM consultation other
  WHERE (other.id = consultation_end.consultation_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON consultation_end TO mash_staff;

CREATE TABLE content_refusal (
  day date NOT NULL,
  directive text NOT NULL,
  blocked text NOT NULL,
  page text NOT NULL,
  count integer NOT NULL,
  CONSTRAINT content_refusal_pkey PRIMARY KEY (day, directive, blocked, page)
);

CREATE TABLE council_version (
  version integer NOT NULL,
  name text,
  hub_phone text,
  hub_hours text,
  edt_phone text,
  changed_by uuid NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT council_version_pkey PRIMARY KEY (version),
  CONSTRAINT council_version_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES staff_member(id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON council_version FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT ON council_version TO mash_agency;
GRANT SELECT, INSERT ON council_version TO mash_staff;

CREATE TABLE day_close (
  day date NOT NULL,
  as_of timestamp with time zone NOT NULL,
  policy_version integer NOT NULL,
  calendar_version integer NOT NULL,
  received integer NOT NULL,
  decided integer NOT NULL,
  open_at_opening integer,
  open_at_end integer NOT NULL,
  overdue_at_end integer NOT NULL,
  overdue_child_hours double precision NOT NULL,
  CONSTRAINT day_close_pkey PRIMARY KEY (day),
  CONSTRAINT day_close_calendar_version_fkey FOREIGN KEY (calendar_version) REFERENCES calendar_version(version),
  CONSTRAINT day_close_policy_version_fkey FOREIGN KEY (policy_version) REFERENCES policy_version(version)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON day_close FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT ON day_close TO mash_staff;

CREATE TABLE deadline (
  id uuid NOT NULL,
  referral_id uuid,
  kind text NOT NULL,
  generation integer NOT NULL,
  rating text NOT NULL,
  urgency smallint NOT NULL,
  due_at timestamp with time zone NOT NULL,
  state text NOT NULL,
  ended_at timestamp with time zone,
  paused_until timestamp with time zone,
  armed_at timestamp with time zone NOT NULL,
  policy_version integer NOT NULL,
  calendar_version integer NOT NULL,
  subject text,
  owner_id uuid,
  agency_id uuid,
  CONSTRAINT deadline_pkey PRIMARY KEY (id),
  CONSTRAINT deadline_about CHECK ((referral_id IS NOT NULL) = (kind = ANY (ARRAY['decision'::text, 'claim'::text])) AND (referral_id IS NULL) = (subject IS NOT NULL)),
  CONSTRAINT deadline_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT deadline_calendar_version_fkey FOREIGN KEY (calendar_version) REFERENCES calendar_version(version),
  CONSTRAINT deadline_ended CHECK ((state = 'open'::text) = (ended_at IS NULL)),
  CONSTRAINT deadline_kind CHECK (kind = ANY (ARRAY['decision'::text, 'claim'::text, 'rota_gap'::text, 'contact_failed'::text, 'undelivered'::text, 'handover'::text, 'challenge'::text, 'supervision_action'::text, 'canary'::text, 'restriction_review'::text, 'record_changed'::text, 'information_request'::text, 'late_answer'::text, 'strategy_discussion'::text, 'conference'::text, 'route_answer'::text, 'first_response'::text, 'feedback'::text, 'referral_advised'::text, 'third_contact'::text, 'glass_broken'::text])),
  CONSTRAINT deadline_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT deadline_policy_version_fkey FOREIGN KEY (policy_version) REFERENCES policy_version(version),
  CONSTRAINT deadline_rating CHECK (rating = 'red'::text AND urgency = 1 OR rating = 'amber'::text AND urgency = 2 OR rating = 'green'::text AND urgency = 3),
  CONSTRAINT deadline_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT deadline_referral_id_kind_generation_key UNIQUE (referral_id, kind, generation),
  CONSTRAINT deadline_state CHECK (state = ANY (ARRAY['open'::text, 'met'::text, 'superseded'::text]))
);
CREATE INDEX deadline_canary_idx ON deadline USING btree (armed_at) WHERE kind = 'canary'::text;
CREATE UNIQUE INDEX deadline_one_open_idx ON deadline USING btree (referral_id, kind) WHERE state = 'open'::text;
CREATE UNIQUE INDEX deadline_one_open_subject_idx ON deadline USING btree (kind, subject) WHERE state = 'open'::text AND subject IS NOT NULL;
CREATE INDEX deadline_open_claim_idx ON deadline USING btree (referral_id) INCLUDE (due_at) WHERE kind = 'claim'::text AND state = 'open'::text;
CREATE INDEX deadline_request_idx ON deadline USING btree (subject, generation) WHERE kind = 'information_request'::text;
CREATE INDEX deadline_subject_idx ON deadline USING btree (subject text_pattern_ops) WHERE subject IS NOT NULL;
CREATE INDEX deadline_third_contact_idx ON deadline USING btree (subject) WHERE kind = 'third_contact'::text;
CREATE INDEX deadline_versions_idx ON deadline USING btree (policy_version, calendar_version) WHERE state = 'open'::text AND referral_id IS NOT NULL;
ALTER TABLE deadline ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON deadline TO mash_agency USING (((agency_id = mash.acting()) OR (EXISTS ( SELECT
   FROM referral r
  WHERE (r.reference = split_part(deadline.subject, ' '::text, 1)))))) WITH CHECK (true);
CREATE POLICY staff ON deadline TO mash_staff USING (true) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON deadline TO mash_agency;
GRANT UPDATE, SELECT, INSERT ON deadline TO mash_staff;

CREATE TABLE deadline_step (
  id uuid NOT NULL,
  deadline_id uuid NOT NULL,
  "position" integer NOT NULL,
  repetition integer NOT NULL,
  at timestamp with time zone NOT NULL,
  only_if_unclaimed boolean NOT NULL,
  tell text[] NOT NULL,
  state text NOT NULL,
  urgency smallint NOT NULL,
  fire_at timestamp with time zone NOT NULL,
  ladder jsonb NOT NULL,
  CONSTRAINT deadline_step_pkey PRIMARY KEY (id),
  CONSTRAINT deadline_step_deadline_id_fkey FOREIGN KEY (deadline_id) REFERENCES deadline(id),
  CONSTRAINT deadline_step_deadline_id_position_repetition_key UNIQUE (deadline_id, "position", repetition),
  CONSTRAINT deadline_step_never_early CHECK (fire_at >= at),
  CONSTRAINT deadline_step_state CHECK (state = ANY (ARRAY['waiting'::text, 'fired'::text, 'not_needed'::text, 'passed_over'::text]))
);
CREATE INDEX deadline_step_due_idx ON deadline_step USING btree (urgency, fire_at) WHERE state = 'waiting'::text;
ALTER TABLE deadline_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON deadline_step TO mash_agency USING ((EXISTS ( SELECT
   FROM deadline d
  WHERE (d.id = deadline_step.deadline_id)))) WITH CHECK (true);
CREATE POLICY staff ON deadline_step TO mash_staff USING (true) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON deadline_step TO mash_agency;
GRANT UPDATE, SELECT, INSERT ON deadline_step TO mash_staff;

CREATE TABLE decided_without (
  decision_id uuid NOT NULL,
  request_id uuid NOT NULL,
  CONSTRAINT decided_without_pkey PRIMARY KEY (decision_id, request_id),
  CONSTRAINT decided_without_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT decided_without_request_id_fkey FOREIGN KEY (request_id) REFERENCES information_request(id)
);
CREATE INDEX decided_without_request_idx ON decided_without USING btree (request_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON decided_without FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE decided_without ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON decided_without TO mash_agency USING ((EXISTS ( SELECT
   FROM information_request q
  WHERE (q.id = decided_without.request_id)))) WITH CHECK (true);
CREATE POLICY staff ON decided_without TO mash_staff USING (true) WITH CHECK (true);
GRANT SELECT ON decided_without TO mash_agency;
GRANT SELECT, INSERT ON decided_without TO mash_staff;

CREATE TABLE decision (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  outcome text NOT NULL,
  threshold_level smallint NOT NULL,
  rationale text NOT NULL,
  decided_by uuid NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  sign_off_reasons text[] NOT NULL,
  worries text,
  working_well text,
  needs_to_happen text,
  safety_scale smallint,
  childs_voice text,
  form_id uuid,
  contradiction_reason text,
  progression text,
  primary_need text,
  late_reason text,
  late_words text,
  open_case_reason text,
  decided_with uuid,
  no_discussion_reason text,
  reason_to_referrer text,
  CONSTRAINT decision_pkey PRIMARY KEY (id),
  CONSTRAINT decision_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff_member(id),
  CONSTRAINT decision_decided_by_referral_id_form_id_key UNIQUE (decided_by, referral_id, form_id),
  CONSTRAINT decision_decided_with_fkey FOREIGN KEY (decided_with) REFERENCES decision(id),
  CONSTRAINT decision_id_decided_by_key UNIQUE (id, decided_by),
  CONSTRAINT decision_late_reason CHECK (late_reason ~ '^[a-z][a-z0-9_]{0,59}$'::text),
  CONSTRAINT decision_late_words CHECK (late_words IS NULL OR late_reason IS NOT NULL),
  CONSTRAINT decision_need_of_referral CHECK (progression IS NULL OR progression = 'contact_only'::text OR primary_need IS NOT NULL),
  CONSTRAINT decision_outcome CHECK (outcome = ANY (ARRAY['immediate_protection'::text, 'strategy_discussion'::text, 'child_and_family_assessment'::text, 'edge_of_care'::text, 'early_help'::text, 'advice_and_signposting'::text, 'to_allocated_worker'::text, 'transfer_to_other_authority'::text, 'refer_to_lado'::text, 'returned_to_referrer'::text, 'no_further_action'::text])),
  CONSTRAINT decision_primary_need CHECK (primary_need = ANY (ARRAY['N1'::text, 'N2'::text, 'N3'::text, 'N4'::text, 'N5'::text, 'N6'::text, 'N7'::text, 'N8'::text, 'N9'::text, 'N0'::text])),
  CONSTRAINT decision_progression CHECK (progression = ANY (ARRAY['contact_only'::text, 'referral_no_further_action'::text, 'referral'::text])),
  CONSTRAINT decision_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT decision_safety_scale CHECK (safety_scale >= 0 AND safety_scale <= 10),
  CONSTRAINT decision_threshold_level CHECK (threshold_level >= 1 AND threshold_level <= 4)
);
CREATE INDEX decision_decided_with_idx ON decision USING btree (decided_with) WHERE decided_with IS NOT NULL;
CREATE INDEX decision_referral_idx ON decision USING btree (referral_id, decided_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON decision FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON decision TO mash_agency USING (mash.is_of_agency(referral_id)) WITH CHECK (mash.is_of_agency(referral_id));
CREATE POLICY staff ON decision TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT SELECT (id, referral_id, outcome, decided_by, decided_at) ON decision TO mash_agency;
GRANT SELECT, INSERT ON decision TO mash_staff;

CREATE TABLE decision_child (
  decision_id uuid NOT NULL,
  "position" smallint NOT NULL,
  included boolean NOT NULL,
  reason text,
  outcome text,
  threshold_level smallint,
  CONSTRAINT decision_child_pkey PRIMARY KEY (decision_id, "position"),
  CONSTRAINT decision_child_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT decision_child_other CHECK ((outcome IS NULL) = (threshold_level IS NULL) AND (included OR outcome IS NULL)),
  CONSTRAINT decision_child_outcome CHECK (outcome = ANY (ARRAY['immediate_protection'::text, 'strategy_discussion'::text, 'child_and_family_assessment'::text, 'edge_of_care'::text, 'early_help'::text, 'advice_and_signposting'::text, 'to_allocated_worker'::text, 'transfer_to_other_authority'::text, 'refer_to_lado'::text, 'returned_to_referrer'::text, 'no_further_action'::text])),
  CONSTRAINT decision_child_reason CHECK (included = (reason IS NULL)),
  CONSTRAINT decision_child_threshold_level CHECK (threshold_level >= 1 AND threshold_level <= 4)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON decision_child FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE decision_child ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON decision_child TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM decision other
  WHERE (other.id = decision_child.decision_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON decision_child TO mash_staff;

CREATE TABLE delivery (
  id uuid NOT NULL,
  alert_id uuid,
  channel text NOT NULL,
  recipient_id uuid,
  state text NOT NULL,
  accepted_at timestamp with time zone,
  urgency smallint NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone NOT NULL,
  lease_owner uuid,
  lease_until timestamp with time zone,
  message_id uuid,
  sent_at timestamp with time zone,
  delivered_at timestamp with time zone,
  failed_at timestamp with time zone,
  failure text,
  purpose text DEFAULT 'alert'::text NOT NULL,
  referral_id uuid,
  follow_up_at timestamp with time zone,
  week date,
  feedback_id uuid,
  draft_id uuid,
  CONSTRAINT delivery_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_about CHECK ((purpose = 'alert'::text) = (alert_id IS NOT NULL) AND (purpose = 'acknowledgement'::text) = (referral_id IS NOT NULL) AND (purpose = 'weekly_summary'::text) = (week IS NOT NULL) AND (purpose = 'feedback'::text) = (feedback_id IS NOT NULL) AND (purpose = 'kept_form'::text) = (draft_id IS NOT NULL)),
  CONSTRAINT delivery_alert_id_channel_recipient_id_key UNIQUE (alert_id, channel, recipient_id),
  CONSTRAINT delivery_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alert(id),
  CONSTRAINT delivery_channel CHECK (channel = ANY (ARRAY['email'::text, 'sms'::text, 'console'::text, 'teams'::text, 'webhook'::text, 'loopback'::text])),
  CONSTRAINT delivery_feedback_id_fkey FOREIGN KEY (feedback_id) REFERENCES feedback(id),
  CONSTRAINT delivery_lease CHECK ((state = 'sending'::text) = (lease_until IS NOT NULL)),
  CONSTRAINT delivery_purpose CHECK (purpose = ANY (ARRAY['alert'::text, 'acknowledgement'::text, 'weekly_summary'::text, 'feedback'::text, 'kept_form'::text])),
  CONSTRAINT delivery_recipient CHECK (
CASE purpose
    WHEN 'alert'::text THEN (recipient_id IS NOT NULL) = (channel = ANY (ARRAY['email'::text, 'sms'::text, 'console'::text]))
    WHEN 'weekly_summary'::text THEN recipient_id IS NOT NULL
    WHEN 'kept_form'::text THEN recipient_id IS NOT NULL
    ELSE true
END),
  CONSTRAINT delivery_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES staff_member(id),
  CONSTRAINT delivery_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT delivery_state CHECK (state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'delivered'::text, 'failed'::text, 'not_needed'::text])),
  CONSTRAINT delivery_week_fkey FOREIGN KEY (week) REFERENCES weekly_summary(week) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX delivery_acknowledgement_idx ON delivery USING btree (referral_id) WHERE purpose = 'acknowledgement'::text;
CREATE INDEX delivery_feedback_fkey_idx ON delivery USING btree (feedback_id) WHERE feedback_id IS NOT NULL;
CREATE UNIQUE INDEX delivery_feedback_idx ON delivery USING btree (feedback_id) WHERE purpose = 'feedback'::text;
CREATE INDEX delivery_follow_up_idx ON delivery USING btree (follow_up_at) WHERE follow_up_at IS NOT NULL;
CREATE UNIQUE INDEX delivery_kept_form_idx ON delivery USING btree (draft_id) WHERE purpose = 'kept_form'::text;
CREATE INDEX delivery_leased_idx ON delivery USING btree (lease_until) WHERE state = 'sending'::text;
CREATE INDEX delivery_message_idx ON delivery USING btree (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX delivery_not_alert_idx ON delivery USING btree (next_attempt_at) WHERE purpose <> 'alert'::text;
CREATE INDEX delivery_queued_idx ON delivery USING btree (channel, urgency, next_attempt_at) WHERE state = 'queued'::text;
CREATE INDEX delivery_receipt_due_idx ON delivery USING btree (accepted_at) WHERE state = 'accepted'::text;
CREATE INDEX delivery_recent_idx ON delivery USING btree (recipient_id, channel, sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX delivery_referral_fkey_idx ON delivery USING btree (referral_id) WHERE referral_id IS NOT NULL;
CREATE UNIQUE INDEX delivery_to_the_hub_idx ON delivery USING btree (alert_id, channel) WHERE recipient_id IS NULL;
CREATE UNIQUE INDEX delivery_weekly_summary_idx ON delivery USING btree (week, recipient_id) WHERE purpose = 'weekly_summary'::text;
GRANT UPDATE, SELECT, INSERT ON delivery TO mash_staff;

CREATE TABLE destruction (
  id uuid NOT NULL,
  approved_by uuid NOT NULL,
  approved_at timestamp with time zone NOT NULL,
  answer text,
  answered_by uuid,
  answered_at timestamp with time zone,
  done_at timestamp with time zone,
  CONSTRAINT destruction_pkey PRIMARY KEY (id),
  CONSTRAINT destruction_answer CHECK (answer = ANY (ARRAY['agreed'::text, 'refused'::text])),
  CONSTRAINT destruction_answered CHECK (num_nulls(answer, answered_by, answered_at) = ANY (ARRAY[0, 3])),
  CONSTRAINT destruction_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT destruction_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT destruction_by_two CHECK (answered_by <> approved_by),
  CONSTRAINT destruction_done CHECK (done_at IS NULL OR answer = 'agreed'::text)
);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON destruction FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT UPDATE, SELECT, INSERT ON destruction TO mash_staff;

CREATE TABLE destruction_proposal (
  id uuid NOT NULL,
  referral_id uuid,
  reference text,
  rule text NOT NULL,
  kept_until date NOT NULL,
  looks_first boolean NOT NULL,
  schedule_version integer NOT NULL,
  proposed_at timestamp with time zone NOT NULL,
  state text NOT NULL,
  destruction_id uuid,
  settled_at timestamp with time zone,
  settled_by uuid,
  why text,
  keep_until date,
  rows_destroyed jsonb,
  consultation_id uuid,
  given_on date,
  CONSTRAINT destruction_proposal_pkey PRIMARY KEY (id),
  CONSTRAINT destruction_proposal_approved CHECK ((state <> ALL (ARRAY['approved'::text, 'destroyed'::text])) OR destruction_id IS NOT NULL),
  CONSTRAINT destruction_proposal_destroyed CHECK ((state = 'destroyed'::text) = (rows_destroyed IS NOT NULL)),
  CONSTRAINT destruction_proposal_destruction_id_fkey FOREIGN KEY (destruction_id) REFERENCES destruction(id),
  CONSTRAINT destruction_proposal_kept CHECK ((state = 'kept'::text) = (keep_until IS NOT NULL) AND (state <> 'kept'::text OR num_nulls(settled_by, why) = 0)),
  CONSTRAINT destruction_proposal_of CHECK (num_nonnulls(referral_id, consultation_id) = 1 AND (referral_id IS NULL) = (reference IS NULL) AND (consultation_id IS NULL) = (given_on IS NULL)),
  CONSTRAINT destruction_proposal_settled CHECK ((settled_at IS NULL) = (state = ANY (ARRAY['proposed'::text, 'approved'::text]))),
  CONSTRAINT destruction_proposal_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT destruction_proposal_state CHECK (state = ANY (ARRAY['proposed'::text, 'approved'::text, 'kept'::text, 'withdrawn'::text, 'destroyed'::text]))
);
CREATE INDEX destruction_proposal_consultation_idx ON destruction_proposal USING btree (consultation_id) WHERE consultation_id IS NOT NULL;
CREATE INDEX destruction_proposal_destruction_idx ON destruction_proposal USING btree (destruction_id);
CREATE UNIQUE INDEX destruction_proposal_open_advice_idx ON destruction_proposal USING btree (consultation_id) WHERE settled_at IS NULL AND consultation_id IS NOT NULL;
CREATE UNIQUE INDEX destruction_proposal_open_idx ON destruction_proposal USING btree (referral_id) WHERE settled_at IS NULL;
CREATE INDEX destruction_proposal_referral_idx ON destruction_proposal USING btree (referral_id);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON destruction_proposal FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER proposed_once BEFORE UPDATE OF id, referral_id, reference, consultation_id, given_on, rule, kept_until, looks_first, schedule_version, proposed_at ON destruction_proposal FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE destruction_proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON destruction_proposal TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE) AND ((consultation_id IN ( SELECT mash.advice_hidden_from(mash.acting()) AS advice_hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON destruction_proposal TO mash_staff;

CREATE TABLE discussion_agency (
  discussion_id uuid NOT NULL,
  agency text NOT NULL,
  agrees boolean,
  why text,
  CONSTRAINT discussion_agency_pkey PRIMARY KEY (discussion_id, agency),
  CONSTRAINT discussion_agency_discussion_id_fkey FOREIGN KEY (discussion_id) REFERENCES discussion_record(discussion_id),
  CONSTRAINT discussion_agency_why CHECK (agrees IS TRUE OR why IS NOT NULL)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON discussion_agency FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE discussion_agency ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON discussion_agency TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM strategy_discussion other
  WHERE (other.id = discussion_agency.discussion_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON discussion_agency TO mash_staff;

CREATE TABLE discussion_call (
  id uuid NOT NULL,
  discussion_id uuid NOT NULL,
  planned_for timestamp with time zone NOT NULL,
  chair text NOT NULL,
  asked text[] NOT NULL,
  asked_others text,
  called_by uuid NOT NULL,
  called_at timestamp with time zone NOT NULL,
  CONSTRAINT discussion_call_pkey PRIMARY KEY (id),
  CONSTRAINT discussion_call_asked CHECK (cardinality(asked) > 0),
  CONSTRAINT discussion_call_called_by_fkey FOREIGN KEY (called_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT discussion_call_discussion_id_fkey FOREIGN KEY (discussion_id) REFERENCES strategy_discussion(id)
);
CREATE INDEX discussion_call_discussion_idx ON discussion_call USING btree (discussion_id, called_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON discussion_call FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE discussion_call ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON discussion_call TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM strategy_discussion other
  WHERE (other.id = discussion_call.discussion_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON discussion_call TO mash_staff;

CREATE TABLE discussion_participant (
  discussion_id uuid NOT NULL,
  agency text NOT NULL,
  "position" integer NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  CONSTRAINT discussion_participant_pkey PRIMARY KEY (discussion_id, agency, "position"),
  CONSTRAINT discussion_participant_discussion_id_agency_fkey FOREIGN KEY (discussion_id, agency) REFERENCES discussion_agency(discussion_id, agency)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON discussion_participant FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE discussion_participant ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON discussion_participant TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM strategy_discussion other
  WHERE (other.id = discussion_participant.discussion_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON discussion_participant TO mash_staff;

CREATE TABLE discussion_record (
  discussion_id uuid NOT NULL,
  held_at timestamp with time zone,
  outcome text,
  minutes text,
  reason text,
  recorded_by uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT discussion_record_pkey PRIMARY KEY (discussion_id),
  CONSTRAINT discussion_record_discussion_id_fkey FOREIGN KEY (discussion_id) REFERENCES strategy_discussion(id),
  CONSTRAINT discussion_record_held CHECK ((held_at IS NULL) = (outcome IS NULL) AND (held_at IS NULL) = (minutes IS NULL)),
  CONSTRAINT discussion_record_not_held CHECK (held_at IS NOT NULL OR reason IS NOT NULL),
  CONSTRAINT discussion_record_outcome CHECK (outcome = ANY (ARRAY['section_47_single'::text, 'section_47_joint'::text, 'no_section_47'::text])),
  CONSTRAINT discussion_record_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON discussion_record FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE discussion_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON discussion_record TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM strategy_discussion other
  WHERE (other.id = discussion_record.discussion_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON discussion_record TO mash_staff;

CREATE TABLE draft (
  id uuid NOT NULL,
  owner_id uuid NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  sealed bytea NOT NULL,
  saved_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  saved_in uuid,
  CONSTRAINT draft_pkey PRIMARY KEY (id),
  CONSTRAINT draft_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff_member(id),
  CONSTRAINT draft_owner_id_kind_subject_key UNIQUE (owner_id, kind, subject)
);
CREATE INDEX draft_expires_idx ON draft USING btree (expires_at);
ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON draft TO mash_agency USING ((owner_id IN ( SELECT staff_member.id
   FROM staff_member
  WHERE (staff_member.agency_id = mash.acting())))) WITH CHECK ((owner_id IN ( SELECT staff_member.id
   FROM staff_member
  WHERE (staff_member.agency_id = mash.acting()))));
CREATE POLICY staff ON draft TO mash_staff USING ((owner_id = mash.acting())) WITH CHECK ((owner_id = mash.acting()));
GRANT UPDATE, SELECT, INSERT, DELETE ON draft TO mash_agency;
GRANT UPDATE, SELECT, INSERT, DELETE ON draft TO mash_staff;

CREATE TABLE earlier_referral (
  referral_id uuid NOT NULL,
  earlier_id uuid NOT NULL,
  matched_on text NOT NULL,
  CONSTRAINT earlier_referral_pkey PRIMARY KEY (referral_id, earlier_id),
  CONSTRAINT earlier_referral_earlier_id_fkey FOREIGN KEY (earlier_id) REFERENCES referral(id),
  CONSTRAINT earlier_referral_matched_on CHECK (matched_on = ANY (ARRAY['nhs_number'::text, 'upn'::text, 'name_and_date_of_birth'::text, 'confirmed'::text])),
  CONSTRAINT earlier_referral_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX earlier_referral_earlier_idx ON earlier_referral USING btree (earlier_id);
ALTER TABLE earlier_referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON earlier_referral TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))) AND (NOT (earlier_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT ON earlier_referral TO mash_staff;

CREATE TABLE edge_of_care_event (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  kind text NOT NULL,
  on_date date NOT NULL,
  words text,
  recorded_by uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT edge_of_care_event_pkey PRIMARY KEY (id),
  CONSTRAINT edge_of_care_event_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT edge_of_care_event_kind CHECK (kind = ANY (ARRAY['first_response'::text, 'panel'::text, 'review'::text, 'stayed'::text, 'came_in'::text, 'reunified'::text])),
  CONSTRAINT edge_of_care_event_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT edge_of_care_event_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX edge_of_care_event_decision_fkey_idx ON edge_of_care_event USING btree (decision_id);
CREATE INDEX edge_of_care_event_referral_idx ON edge_of_care_event USING btree (referral_id, recorded_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON edge_of_care_event FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE edge_of_care_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON edge_of_care_event TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON edge_of_care_event TO mash_staff;

CREATE TABLE edge_of_care_plan (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  children smallint[] NOT NULL,
  why text NOT NULL,
  by_when date,
  family_network text NOT NULL,
  childs_view text NOT NULL,
  written_by uuid NOT NULL,
  written_at timestamp with time zone NOT NULL,
  CONSTRAINT edge_of_care_plan_pkey PRIMARY KEY (id),
  CONSTRAINT edge_of_care_plan_children CHECK (cardinality(children) > 0),
  CONSTRAINT edge_of_care_plan_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT edge_of_care_plan_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT edge_of_care_plan_written_by_fkey FOREIGN KEY (written_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX edge_of_care_plan_decision_fkey_idx ON edge_of_care_plan USING btree (decision_id);
CREATE INDEX edge_of_care_plan_referral_idx ON edge_of_care_plan USING btree (referral_id, written_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON edge_of_care_plan FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE edge_of_care_plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON edge_of_care_plan TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON edge_of_care_plan TO mash_staff;

CREATE TABLE evidence_pack (
  id uuid NOT NULL,
  audience text NOT NULL,
  first_month date NOT NULL,
  last_month date NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  as_of timestamp with time zone NOT NULL,
  ready_at timestamp with time zone,
  CONSTRAINT evidence_pack_pkey PRIMARY KEY (id),
  CONSTRAINT evidence_pack_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT evidence_pack_audience CHECK (audience = ANY (ARRAY['publication'::text, 'inspectorate'::text])),
  CONSTRAINT evidence_pack_first_month CHECK (EXTRACT(day FROM first_month) = 1::numeric),
  CONSTRAINT evidence_pack_last_month CHECK (EXTRACT(day FROM last_month) = 1::numeric),
  CONSTRAINT evidence_pack_months CHECK (first_month <= last_month)
);
GRANT SELECT, INSERT ON evidence_pack TO mash_staff;

CREATE TABLE evidence_part (
  pack_id uuid NOT NULL,
  name text NOT NULL,
  content jsonb NOT NULL,
  CONSTRAINT evidence_part_pkey PRIMARY KEY (pack_id, name),
  CONSTRAINT evidence_part_pack_id_fkey FOREIGN KEY (pack_id) REFERENCES evidence_pack(id) ON DELETE RESTRICT
);
GRANT SELECT ON evidence_part TO mash_staff;

CREATE TABLE family_key (
  referral_id uuid NOT NULL,
  kind text NOT NULL,
  "position" smallint NOT NULL,
  sort text NOT NULL,
  key text NOT NULL,
  CONSTRAINT family_key_pkey PRIMARY KEY (referral_id, kind, "position", sort),
  CONSTRAINT family_key_kind CHECK (kind = ANY (ARRAY['child'::text, 'adult'::text])),
  CONSTRAINT family_key_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT family_key_sort CHECK (sort = ANY (ARRAY['home'::text, 'uprn'::text, 'adult'::text, 'phone'::text]))
);
CREATE INDEX family_key_key_idx ON family_key USING btree (key, sort);
ALTER TABLE family_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON family_key TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON family_key TO mash_staff;

CREATE TABLE feedback (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  audience text NOT NULL,
  way text NOT NULL,
  why_by_person text,
  reason text NOT NULL,
  state text NOT NULL,
  owed_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone,
  settled_at timestamp with time zone,
  CONSTRAINT feedback_pkey PRIMARY KEY (id),
  CONSTRAINT feedback_audience CHECK (audience = ANY (ARRAY['professional'::text, 'public'::text, 'anonymous'::text])),
  CONSTRAINT feedback_by_person CHECK ((way = 'person'::text) = (why_by_person IS NOT NULL)),
  CONSTRAINT feedback_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT feedback_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT feedback_settled CHECK (state = 'withdrawn'::text OR (state = ANY (ARRAY['told'::text, 'not_told'::text])) = (settled_at IS NOT NULL)),
  CONSTRAINT feedback_state CHECK (state = ANY (ARRAY['awaiting_leave'::text, 'owed'::text, 'told'::text, 'not_told'::text, 'not_owed'::text, 'withdrawn'::text])),
  CONSTRAINT feedback_to_anonymous CHECK ((audience = 'anonymous'::text) = (way = 'none'::text) AND (way = 'none'::text) = (due_at IS NULL)),
  CONSTRAINT feedback_way CHECK (way = ANY (ARRAY['message'::text, 'person'::text, 'none'::text])),
  CONSTRAINT feedback_why_by_person CHECK (why_by_person = ANY (ARRAY['agency_setting'::text, 'no_address'::text, 'address_failed'::text]))
);
CREATE INDEX feedback_decision_fkey_idx ON feedback USING btree (decision_id);
CREATE UNIQUE INDEX feedback_decision_idx ON feedback USING btree (decision_id) WHERE state <> 'withdrawn'::text;
CREATE INDEX feedback_referral_idx ON feedback USING btree (referral_id, owed_at);
CREATE INDEX feedback_settled_idx ON feedback USING btree (settled_at, id) WHERE settled_at IS NOT NULL;
CREATE INDEX feedback_waiting_idx ON feedback USING btree (due_at, id) WHERE state = ANY (ARRAY['owed'::text, 'awaiting_leave'::text]);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON feedback FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER owed_once BEFORE UPDATE OF id, referral_id, decision_id, audience, reason, owed_at, due_at ON feedback FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON feedback TO mash_agency USING ((EXISTS ( SELECT
   FROM referral r
  WHERE ((r.id = feedback.referral_id) AND (r.agency_id = mash.acting()))))) WITH CHECK ((EXISTS ( SELECT
   FROM referral r
  WHERE ((r.id = feedback.referral_id) AND (r.agency_id = mash.acting())))));
CREATE POLICY staff ON feedback TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT SELECT ON feedback TO mash_agency;
GRANT UPDATE, SELECT, INSERT ON feedback TO mash_staff;

CREATE TABLE feedback_act (
  id uuid NOT NULL,
  feedback_id uuid NOT NULL,
  kind text NOT NULL,
  words text,
  by uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT feedback_act_pkey PRIMARY KEY (id),
  CONSTRAINT feedback_act_by_fkey FOREIGN KEY (by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT feedback_act_feedback_id_fkey FOREIGN KEY (feedback_id) REFERENCES feedback(id),
  CONSTRAINT feedback_act_kind CHECK (kind = ANY (ARRAY['sent'::text, 'address_failed'::text, 'by_telephone'::text, 'in_person'::text, 'in_writing'::text, 'tried'::text, 'leave_given'::text, 'leave_refused'::text, 'not_told'::text])),
  CONSTRAINT feedback_act_of_service CHECK ((kind = ANY (ARRAY['sent'::text, 'address_failed'::text])) = (by IS NULL) AND (by IS NULL) = (words IS NULL))
);
CREATE INDEX feedback_act_feedback_idx ON feedback_act USING btree (feedback_id, at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON feedback_act FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE feedback_act ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON feedback_act TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM feedback other
  WHERE (other.id = feedback_act.feedback_id)))) WITH CHECK (true);
GRANT SELECT ON feedback_act TO mash_agency;
GRANT SELECT, INSERT ON feedback_act TO mash_staff;

CREATE TABLE flag_clearing (
  flag_id uuid NOT NULL,
  cleared_by uuid NOT NULL,
  cleared_at timestamp with time zone NOT NULL,
  CONSTRAINT flag_clearing_pkey PRIMARY KEY (flag_id),
  CONSTRAINT flag_clearing_cleared_by_fkey FOREIGN KEY (cleared_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT flag_clearing_flag_id_fkey FOREIGN KEY (flag_id) REFERENCES referral_flag(id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON flag_clearing FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT, INSERT ON flag_clearing TO mash_staff;

CREATE TABLE glass_broken (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  broken_by uuid NOT NULL,
  broken_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  reason text NOT NULL,
  CONSTRAINT glass_broken_pkey PRIMARY KEY (id),
  CONSTRAINT glass_broken_broken_by_fkey FOREIGN KEY (broken_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT glass_broken_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX glass_broken_at_idx ON glass_broken USING btree (broken_at);
CREATE INDEX glass_broken_referral_fkey_idx ON glass_broken USING btree (referral_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON glass_broken FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE glass_broken ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON glass_broken TO mash_staff USING (((broken_by = mash.acting()) OR (( SELECT (staff_member.role = ANY (ARRAY['manager'::text, 'service_manager'::text, 'head_of_service'::text]))
   FROM staff_member
  WHERE (staff_member.id = mash.acting())) AND (NOT (EXISTS ( SELECT
   FROM ((restricted_referral covered
     JOIN restriction r ON (((r.id = covered.restriction_id) AND (r.ended_at IS NULL))))
     JOIN restriction_bar b ON (((b.restriction_id = r.id) AND (b.staff_id = mash.acting()) AND (b.ended_at IS NULL))))
  WHERE (covered.referral_id = glass_broken.referral_id))))))) WITH CHECK (true);
GRANT SELECT, INSERT ON glass_broken TO mash_staff;

CREATE TABLE glass_review (
  glass_id uuid NOT NULL,
  finding text NOT NULL,
  words text NOT NULL,
  reviewed_by uuid NOT NULL,
  reviewed_at timestamp with time zone NOT NULL,
  CONSTRAINT glass_review_pkey PRIMARY KEY (glass_id),
  CONSTRAINT glass_review_finding CHECK (finding = ANY (ARRAY['was_needed'::text, 'was_not_needed'::text])),
  CONSTRAINT glass_review_glass_id_fkey FOREIGN KEY (glass_id) REFERENCES glass_broken(id),
  CONSTRAINT glass_review_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON glass_review FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE glass_review ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON glass_review TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM glass_broken other
  WHERE (other.id = glass_review.glass_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON glass_review TO mash_staff;

CREATE TABLE handover (
  id uuid NOT NULL,
  passes_to text NOT NULL,
  at timestamp with time zone NOT NULL,
  accepted_by uuid,
  accepted_at timestamp with time zone,
  CONSTRAINT handover_pkey PRIMARY KEY (id),
  CONSTRAINT handover_accepted CHECK ((accepted_by IS NULL) = (accepted_at IS NULL)),
  CONSTRAINT handover_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES staff_member(id),
  CONSTRAINT handover_passes_to CHECK (passes_to = ANY (ARRAY['emergency_duty_team'::text, 'hub'::text])),
  CONSTRAINT handover_passes_to_at_key UNIQUE (passes_to, at)
);
GRANT UPDATE, SELECT, INSERT ON handover TO mash_staff;

CREATE TABLE handover_note (
  id uuid NOT NULL,
  handover_id uuid NOT NULL,
  written_by uuid NOT NULL,
  written_at timestamp with time zone NOT NULL,
  note text NOT NULL,
  referral_id uuid,
  CONSTRAINT handover_note_pkey PRIMARY KEY (id),
  CONSTRAINT handover_note_handover_id_fkey FOREIGN KEY (handover_id) REFERENCES handover(id),
  CONSTRAINT handover_note_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT handover_note_written_by_fkey FOREIGN KEY (written_by) REFERENCES staff_member(id)
);
CREATE INDEX handover_note_handover_idx ON handover_note USING btree (handover_id);
CREATE INDEX handover_note_referral_idx ON handover_note USING btree (referral_id) WHERE referral_id IS NOT NULL;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON handover_note FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE handover_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON handover_note TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT SELECT, INSERT ON handover_note TO mash_staff;

CREATE TABLE handover_referral (
  handover_id uuid NOT NULL,
  referral_id uuid NOT NULL,
  CONSTRAINT handover_referral_pkey PRIMARY KEY (handover_id, referral_id),
  CONSTRAINT handover_referral_handover_id_fkey FOREIGN KEY (handover_id) REFERENCES handover(id),
  CONSTRAINT handover_referral_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX handover_referral_referral_fkey_idx ON handover_referral USING btree (referral_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON handover_referral FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT ON handover_referral TO mash_staff;

CREATE TABLE idempotency_key (
  agency_id uuid NOT NULL,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  referral_id uuid NOT NULL,
  answer jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT idempotency_key_pkey PRIMARY KEY (agency_id, key),
  CONSTRAINT idempotency_key_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT idempotency_key_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE UNIQUE INDEX idempotency_key_referral_idx ON idempotency_key USING btree (referral_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON idempotency_key FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT, INSERT ON idempotency_key TO mash_staff;

CREATE TABLE information_answer (
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  kind text NOT NULL,
  lead_worker text,
  last_contact_on date,
  words text NOT NULL,
  handling text NOT NULL,
  answered_by uuid,
  said_by text,
  answered_at timestamp with time zone NOT NULL,
  is_late boolean NOT NULL,
  came_after uuid,
  CONSTRAINT information_answer_pkey PRIMARY KEY (id),
  CONSTRAINT information_answer_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT information_answer_came_after_fkey FOREIGN KEY (came_after) REFERENCES decision(id),
  CONSTRAINT information_answer_handling CHECK (handling = ANY (ARRAY['may_share_with_family'::text, 'receiving_service'::text, 'hub_only'::text, 'not_on_file'::text])),
  CONSTRAINT information_answer_kind CHECK (kind = ANY (ARRAY['nothing_known'::text, 'known'::text, 'refused'::text])),
  CONSTRAINT information_answer_request_id_fkey FOREIGN KEY (request_id) REFERENCES information_request(id)
);
CREATE INDEX information_answer_came_after_fkey_idx ON information_answer USING btree (came_after) WHERE came_after IS NOT NULL;
CREATE INDEX information_answer_request_idx ON information_answer USING btree (request_id, answered_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON information_answer FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE information_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON information_answer TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM information_request other
  WHERE (other.id = information_answer.request_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON information_answer TO mash_agency;
GRANT SELECT, INSERT ON information_answer TO mash_staff;

CREATE TABLE information_chase (
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  note text NOT NULL,
  chased_by uuid NOT NULL,
  chased_at timestamp with time zone NOT NULL,
  CONSTRAINT information_chase_pkey PRIMARY KEY (id),
  CONSTRAINT information_chase_chased_by_fkey FOREIGN KEY (chased_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT information_chase_request_id_fkey FOREIGN KEY (request_id) REFERENCES information_request(id)
);
CREATE INDEX information_chase_request_idx ON information_chase USING btree (request_id, chased_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON information_chase FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE information_chase ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON information_chase TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM information_request other
  WHERE (other.id = information_chase.request_id)))) WITH CHECK (true);
GRANT SELECT ON information_chase TO mash_agency;
GRANT SELECT, INSERT ON information_chase TO mash_staff;

CREATE TABLE information_request (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  agency_id uuid NOT NULL,
  what_for text NOT NULL,
  why_now text NOT NULL,
  power text NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_because text,
  CONSTRAINT information_request_pkey PRIMARY KEY (id),
  CONSTRAINT information_request_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT information_request_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT information_request_power CHECK (power = ANY (ARRAY['section_47'::text, 'section_27'::text, 'public_task'::text, 'agreement'::text])),
  CONSTRAINT information_request_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT information_request_withdrawn CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL) = (withdrawn_because IS NULL)),
  CONSTRAINT information_request_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX information_request_agency_idx ON information_request USING btree (agency_id, asked_at);
CREATE INDEX information_request_referral_idx ON information_request USING btree (referral_id, asked_at);
CREATE TRIGGER asked_once BEFORE UPDATE OF id, referral_id, agency_id, what_for, why_now, power, asked_by, asked_at ON information_request FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON information_request FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE information_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON information_request TO mash_agency USING ((agency_id = mash.acting())) WITH CHECK ((agency_id = mash.acting()));
CREATE POLICY asked ON information_request TO mash_staff USING ((referral_id IN ( SELECT mash.asked_of_partner() AS asked_of_partner))) WITH CHECK ((referral_id IN ( SELECT mash.asked_of_partner() AS asked_of_partner)));
CREATE POLICY staff ON information_request TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT SELECT ON information_request TO mash_agency;
GRANT UPDATE, SELECT, INSERT ON information_request TO mash_staff;

CREATE TABLE information_request_child (
  request_id uuid NOT NULL,
  referral_id uuid NOT NULL,
  "position" smallint NOT NULL,
  CONSTRAINT information_request_child_pkey PRIMARY KEY (request_id, "position"),
  CONSTRAINT information_request_child_referral_id_position_fkey FOREIGN KEY (referral_id, "position") REFERENCES referral_child(referral_id, "position"),
  CONSTRAINT information_request_child_request_id_fkey FOREIGN KEY (request_id) REFERENCES information_request(id)
);
CREATE INDEX information_request_child_child_fkey_idx ON information_request_child USING btree (referral_id, "position");
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON information_request_child FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE information_request_child ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON information_request_child TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM information_request other
  WHERE (other.id = information_request_child.request_id)))) WITH CHECK (true);
GRANT SELECT ON information_request_child TO mash_agency;
GRANT SELECT, INSERT ON information_request_child TO mash_staff;

CREATE TABLE job (
  id uuid NOT NULL,
  name text NOT NULL,
  payload jsonb NOT NULL,
  priority smallint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  run_after timestamp with time zone NOT NULL,
  handed_over_at timestamp with time zone,
  hand_overs integer DEFAULT 0 NOT NULL,
  failures integer DEFAULT 0 NOT NULL,
  last_failure text,
  completed_at timestamp with time zone,
  trace_parent text,
  CONSTRAINT job_pkey PRIMARY KEY (id),
  CONSTRAINT job_trace_parent CHECK (trace_parent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'::text)
);
CREATE INDEX job_handed_over_idx ON job USING btree (handed_over_at) WHERE completed_at IS NULL AND handed_over_at IS NOT NULL;
CREATE INDEX job_referral_idx ON job USING btree ((payload ->> 'referralId'::text)) WHERE (payload ->> 'referralId'::text) IS NOT NULL;
CREATE INDEX job_to_hand_over_idx ON job USING btree (priority, run_after) WHERE completed_at IS NULL AND handed_over_at IS NULL;
ALTER TABLE job ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON job TO mash_agency USING ((EXISTS ( SELECT
   FROM webhook_endpoint e
  WHERE ((e.id)::text = (job.payload ->> 'endpointId'::text))))) WITH CHECK (true);
CREATE POLICY staff ON job TO mash_staff USING (true) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON job TO mash_agency;
GRANT UPDATE, SELECT, INSERT ON job TO mash_staff;

CREATE TABLE late_answer_reading (
  answer_id uuid NOT NULL,
  note text NOT NULL,
  read_by uuid NOT NULL,
  read_at timestamp with time zone NOT NULL,
  CONSTRAINT late_answer_reading_pkey PRIMARY KEY (answer_id),
  CONSTRAINT late_answer_reading_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES information_answer(id),
  CONSTRAINT late_answer_reading_read_by_fkey FOREIGN KEY (read_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON late_answer_reading FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE late_answer_reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON late_answer_reading TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM information_answer other
  WHERE (other.id = late_answer_reading.answer_id)))) WITH CHECK (true);
GRANT SELECT ON late_answer_reading TO mash_agency;
GRANT SELECT, INSERT ON late_answer_reading TO mash_staff;

CREATE TABLE locality_version (
  version integer NOT NULL,
  localities jsonb NOT NULL,
  effective_from timestamp with time zone NOT NULL,
  made_by uuid,
  made_at timestamp with time zone,
  reason text,
  CONSTRAINT locality_version_pkey PRIMARY KEY (version),
  CONSTRAINT locality_version_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_member(id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON locality_version FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT, INSERT ON locality_version TO mash_staff;

CREATE UNLOGGED TABLE looking (
  referral_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  CONSTRAINT looking_pkey PRIMARY KEY (referral_id, staff_id),
  CONSTRAINT looking_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT looking_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_member(id)
);
GRANT UPDATE, SELECT, INSERT, DELETE ON looking TO mash_staff;

CREATE TABLE month_figure (
  month date NOT NULL,
  measure text NOT NULL,
  broken_by text NOT NULL,
  is_frozen boolean NOT NULL,
  as_of timestamp with time zone NOT NULL,
  policy_version integer NOT NULL,
  calendar_version integer NOT NULL,
  lines jsonb NOT NULL,
  minutes jsonb,
  CONSTRAINT month_figure_pkey PRIMARY KEY (month, measure, broken_by, is_frozen),
  CONSTRAINT month_figure_month CHECK (EXTRACT(day FROM month) = 1::numeric)
);
GRANT SELECT ON month_figure TO mash_staff;

CREATE TABLE name_folding (
  letter text NOT NULL,
  folded text NOT NULL,
  CONSTRAINT name_folding_pkey PRIMARY KEY (letter)
);
GRANT SELECT ON name_folding TO mash_staff;

CREATE TABLE name_word (
  word text NOT NULL,
  referral_id uuid NOT NULL,
  sounds text[] NOT NULL,
  CONSTRAINT name_word_pkey PRIMARY KEY (word, referral_id),
  CONSTRAINT name_word_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id) ON DELETE RESTRICT
);
CREATE INDEX name_word_referral_fkey_idx ON name_word USING btree (referral_id);
CREATE INDEX name_word_sounds_idx ON name_word USING gin (sounds);
CREATE INDEX name_word_word_idx ON name_word USING gin (word gin_trgm_ops);
ALTER TABLE name_word ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON name_word TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON name_word TO mash_staff;

CREATE TABLE person_name (
  referral_id uuid NOT NULL,
  kind text NOT NULL,
  "position" smallint NOT NULL,
  name text NOT NULL,
  sounds text[] NOT NULL,
  date_of_birth date,
  postcode text,
  name_key text,
  CONSTRAINT person_name_pkey PRIMARY KEY (referral_id, kind, "position"),
  CONSTRAINT person_name_kind CHECK (kind = ANY (ARRAY['child'::text, 'adult'::text])),
  CONSTRAINT person_name_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX person_name_date_of_birth_idx ON person_name USING btree (date_of_birth) WHERE date_of_birth IS NOT NULL;
CREATE INDEX person_name_key_idx ON person_name USING btree (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX person_name_name_idx ON person_name USING gin (name gin_trgm_ops);
CREATE INDEX person_name_postcode_idx ON person_name USING btree (postcode) WHERE postcode IS NOT NULL;
CREATE INDEX person_name_sounds_idx ON person_name USING gin (sounds);
CREATE INDEX person_name_words_idx ON person_name USING gin (string_to_array(name, ' '::text));
CREATE TRIGGER keep_words AFTER INSERT ON person_name REFERENCING NEW TABLE AS named FOR EACH STATEMENT EXECUTE FUNCTION mash.keep_words();
ALTER TABLE person_name ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON person_name TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON person_name TO mash_staff;

CREATE TABLE policy_version (
  version integer NOT NULL,
  policy jsonb NOT NULL,
  effective_from timestamp with time zone NOT NULL,
  made_by uuid,
  made_at timestamp with time zone,
  reason text,
  CONSTRAINT policy_version_pkey PRIMARY KEY (version),
  CONSTRAINT policy_version_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_member(id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON policy_version FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT ON policy_version TO mash_agency;
GRANT SELECT, INSERT ON policy_version TO mash_staff;

CREATE TABLE preference (
  staff_id uuid NOT NULL,
  preferences jsonb NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT preference_pkey PRIMARY KEY (staff_id),
  CONSTRAINT preference_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_member(id)
);
GRANT UPDATE, SELECT, INSERT ON preference TO mash_staff;

CREATE TABLE provider_grant (
  sid text NOT NULL,
  staff_id uuid NOT NULL,
  sealed bytea NOT NULL,
  checked_at timestamp with time zone NOT NULL,
  CONSTRAINT provider_grant_pkey PRIMARY KEY (sid),
  CONSTRAINT provider_grant_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_member(id)
);
CREATE INDEX provider_grant_staff_idx ON provider_grant USING btree (staff_id);
GRANT SELECT, DELETE ON provider_grant TO mash_staff;

CREATE UNLOGGED TABLE rate_limit (
  key text NOT NULL,
  points integer DEFAULT 0 NOT NULL,
  expire bigint,
  CONSTRAINT rate_limit_pkey PRIMARY KEY (key)
);

CREATE TABLE rating (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  rating text NOT NULL,
  previous text,
  matched jsonb,
  given_by uuid,
  reason text,
  at timestamp with time zone NOT NULL,
  CONSTRAINT rating_pkey PRIMARY KEY (id),
  CONSTRAINT rating_given_by_fkey FOREIGN KEY (given_by) REFERENCES staff_member(id),
  CONSTRAINT rating_origin CHECK ((given_by IS NULL) = (reason IS NULL) AND (given_by IS NULL) = (matched IS NOT NULL)),
  CONSTRAINT rating_previous CHECK (previous = ANY (ARRAY['red'::text, 'amber'::text, 'green'::text])),
  CONSTRAINT rating_rating CHECK (rating = ANY (ARRAY['red'::text, 'amber'::text, 'green'::text])),
  CONSTRAINT rating_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX rating_referral_idx ON rating USING btree (referral_id, at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON rating FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE rating ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON rating TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT SELECT, INSERT ON rating TO mash_staff;

CREATE TABLE recomputation (
  id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  as_of timestamp with time zone NOT NULL,
  compared integer NOT NULL,
  differences jsonb NOT NULL,
  CONSTRAINT recomputation_pkey PRIMARY KEY (id)
);
CREATE INDEX recomputation_at_idx ON recomputation USING btree (at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON recomputation FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT ON recomputation TO mash_staff;

CREATE TABLE record_checkpoint (
  id smallint NOT NULL,
  at timestamp with time zone NOT NULL,
  entries bigint NOT NULL,
  note text NOT NULL,
  CONSTRAINT record_checkpoint_pkey PRIMARY KEY (id),
  CONSTRAINT record_checkpoint_one CHECK (id = 1)
);
GRANT SELECT ON record_checkpoint TO mash_staff;

CREATE TABLE record_lane (
  lane smallint NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT record_lane_pkey PRIMARY KEY (lane),
  CONSTRAINT record_lane_hash CHECK (octet_length(hash) = 32),
  CONSTRAINT record_lane_number CHECK (lane >= 0 AND lane <= 127),
  CONSTRAINT record_lane_seq CHECK (seq >= 0)
);

CREATE TABLE record_verification (
  id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  entries bigint NOT NULL,
  last_entry_at timestamp with time zone,
  checkpoints integer NOT NULL,
  last_checkpoint_at timestamp with time zone,
  holds boolean NOT NULL,
  findings jsonb NOT NULL,
  CONSTRAINT record_verification_pkey PRIMARY KEY (id)
);
CREATE INDEX record_verification_at_idx ON record_verification USING btree (at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON record_verification FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT ON record_verification TO mash_staff;

CREATE TABLE referral (
  id uuid NOT NULL,
  reference text NOT NULL,
  agency_id uuid NOT NULL,
  status text NOT NULL,
  version integer NOT NULL,
  rating text NOT NULL,
  urgency smallint NOT NULL,
  immediate_danger boolean NOT NULL,
  submitted jsonb NOT NULL,
  received_at timestamp with time zone NOT NULL,
  decision_due_at timestamp with time zone NOT NULL,
  statutory_due_at timestamp with time zone NOT NULL,
  claimed_by uuid,
  claimed_at timestamp with time zone,
  first_opened_at timestamp with time zone,
  first_claimed_at timestamp with time zone,
  first_rated_at timestamp with time zone,
  last_changed_at timestamp with time zone NOT NULL,
  claim_lapses_at timestamp with time zone,
  concern_types text[] NOT NULL,
  response_time_id uuid,
  undoable_until timestamp with time zone,
  channel text NOT NULL,
  taken_by uuid,
  source_code text,
  CONSTRAINT referral_pkey PRIMARY KEY (id),
  CONSTRAINT referral_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT referral_channel CHECK (channel = ANY (ARRAY['api'::text, 'agency_form'::text, 'telephone'::text, 'walk_in'::text])),
  CONSTRAINT referral_claim CHECK ((claimed_by IS NULL) = (claimed_at IS NULL) AND (claimed_by IS NULL) = (claim_lapses_at IS NULL)),
  CONSTRAINT referral_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES staff_member(id),
  CONSTRAINT referral_rating CHECK (rating = 'red'::text AND urgency = 1 OR rating = 'amber'::text AND urgency = 2 OR rating = 'green'::text AND urgency = 3),
  CONSTRAINT referral_reference_key UNIQUE (reference),
  CONSTRAINT referral_response_time_id_fkey FOREIGN KEY (response_time_id) REFERENCES response_time(id),
  CONSTRAINT referral_source_code CHECK (source_code = ANY (ARRAY['1A'::text, '1B'::text, '1C'::text, '1D'::text, '2A'::text, '2B'::text, '3A'::text, '3B'::text, '3C'::text, '3D'::text, '3E'::text, '3F'::text, '4'::text, '5A'::text, '5B'::text, '5C'::text, '5D'::text, '6'::text, '7'::text, '8'::text, '9'::text, '10'::text])),
  CONSTRAINT referral_status CHECK (status = ANY (ARRAY['awaiting_decision'::text, 'awaiting_sign_off'::text, 'decided'::text])),
  CONSTRAINT referral_taken CHECK ((channel = 'api'::text) = (taken_by IS NULL)),
  CONSTRAINT referral_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES staff_member(id)
);
CREATE INDEX referral_agency_form_idx ON referral USING btree (agency_id, received_at) WHERE channel = 'agency_form'::text;
CREATE INDEX referral_agency_idx ON referral USING btree (agency_id, received_at);
CREATE INDEX referral_changed_idx ON referral USING btree (last_changed_at);
CREATE INDEX referral_claim_lapses_idx ON referral USING btree (claim_lapses_at) WHERE status = 'awaiting_decision'::text AND claimed_by IS NOT NULL;
CREATE INDEX referral_claimed_by_idx ON referral USING btree (claimed_by) WHERE status <> 'decided'::text AND claimed_by IS NOT NULL;
CREATE INDEX referral_decided_idx ON referral USING btree (last_changed_at) WHERE status = 'decided'::text;
CREATE INDEX referral_open_facts_idx ON referral USING btree (id) INCLUDE (status, claimed_by, rating, agency_id, concern_types, decision_due_at, statutory_due_at) WHERE status <> 'decided'::text;
CREATE INDEX referral_opened_idx ON referral USING btree (first_opened_at) WHERE first_opened_at IS NOT NULL;
CREATE INDEX referral_queue_idx ON referral USING btree (urgency, decision_due_at, received_at, id) WHERE status <> 'decided'::text;
CREATE INDEX referral_received_idx ON referral USING btree (received_at);
CREATE INDEX referral_referrer_phone_idx ON referral USING btree (((submitted -> 'referrer'::text) ->> 'phone'::text)) WHERE ((submitted -> 'referrer'::text) ->> 'phone'::text) IS NOT NULL;
CREATE UNIQUE INDEX referral_response_time_idx ON referral USING btree (response_time_id) WHERE response_time_id IS NOT NULL;
CREATE INDEX referral_sender_reference_idx ON referral USING btree (agency_id, (submitted ->> 'senderReference'::text), received_at) WHERE (submitted ->> 'senderReference'::text) IS NOT NULL;
CREATE INDEX referral_sign_off_idx ON referral USING btree (id) WHERE status = 'awaiting_sign_off'::text;
CREATE INDEX referral_takeable_idx ON referral USING btree (urgency, decision_due_at, received_at, id) WHERE status = 'awaiting_decision'::text AND claimed_by IS NULL;
CREATE TRIGGER as_submitted BEFORE UPDATE OF id, reference, agency_id, source_code, immediate_danger, submitted, concern_types, received_at ON referral FOR EACH ROW EXECUTE FUNCTION mash.keep_as_submitted();
CREATE TRIGGER no_deletion BEFORE DELETE OR TRUNCATE ON referral FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON referral TO mash_agency USING (((agency_id = mash.acting()) OR mash.is_of_agency(id))) WITH CHECK (true);
CREATE POLICY staff ON referral TO mash_staff USING (true) WITH CHECK (true);
GRANT UPDATE, SELECT (id, reference, agency_id, status, version, rating, urgency, immediate_danger, received_at, decision_due_at, statutory_due_at, claimed_by, claimed_at, first_opened_at, first_claimed_at, first_rated_at, last_changed_at, claim_lapses_at, concern_types, response_time_id, undoable_until, channel, taken_by, source_code) ON referral TO mash_agency;
GRANT UPDATE, SELECT (id, reference, agency_id, status, version, rating, urgency, immediate_danger, received_at, decision_due_at, statutory_due_at, claimed_by, claimed_at, first_opened_at, first_claimed_at, first_rated_at, last_changed_at, claim_lapses_at, concern_types, response_time_id, undoable_until, channel, taken_by, source_code), INSERT ON referral TO mash_staff;

CREATE TABLE referral_addition (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  agency_id uuid NOT NULL,
  kind text NOT NULL,
  words text NOT NULL,
  said_by text NOT NULL,
  pointer text,
  right_value text,
  added_at timestamp with time zone NOT NULL,
  came_after uuid,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  CONSTRAINT referral_addition_pkey PRIMARY KEY (id),
  CONSTRAINT referral_addition_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT referral_addition_agency_id_key_key UNIQUE (agency_id, key),
  CONSTRAINT referral_addition_came_after_fkey FOREIGN KEY (came_after) REFERENCES decision(id),
  CONSTRAINT referral_addition_correction CHECK ((kind = 'correction'::text) = (pointer IS NOT NULL) AND (pointer IS NULL) = (right_value IS NULL) AND ((kind = ANY (ARRAY['correction'::text, 'attachment'::text])) OR words <> ''::text)),
  CONSTRAINT referral_addition_kind CHECK (kind = ANY (ARRAY['information'::text, 'correction'::text, 'withdrawal'::text, 'attachment'::text])),
  CONSTRAINT referral_addition_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX referral_addition_came_after_idx ON referral_addition USING btree (came_after) WHERE came_after IS NOT NULL;
CREATE INDEX referral_addition_referral_idx ON referral_addition USING btree (referral_id, added_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON referral_addition FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE referral_addition ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON referral_addition TO mash_agency USING ((agency_id = mash.acting())) WITH CHECK ((agency_id = mash.acting()));
CREATE POLICY staff ON referral_addition TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON referral_addition TO mash_agency;
GRANT SELECT ON referral_addition TO mash_staff;

CREATE TABLE referral_adult (
  referral_id uuid NOT NULL,
  "position" smallint NOT NULL,
  submitted jsonb NOT NULL,
  CONSTRAINT referral_adult_pkey PRIMARY KEY (referral_id, "position"),
  CONSTRAINT referral_adult_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX referral_adult_phone_idx ON referral_adult USING btree ((submitted ->> 'phone'::text)) WHERE (submitted ->> 'phone'::text) IS NOT NULL;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON referral_adult FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER index_people AFTER INSERT ON referral_adult REFERENCING NEW TABLE AS people FOR EACH STATEMENT EXECUTE FUNCTION mash.index_people('adult');
CREATE TRIGGER keep_family AFTER INSERT ON referral_adult REFERENCING NEW TABLE AS people FOR EACH STATEMENT EXECUTE FUNCTION mash.keep_family('adult');
ALTER TABLE referral_adult ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON referral_adult TO mash_agency USING (mash.is_of_agency(referral_id)) WITH CHECK (mash.is_of_agency(referral_id));
CREATE POLICY asked ON referral_adult TO mash_staff USING ((referral_id IN ( SELECT mash.asked_of_partner() AS asked_of_partner))) WITH CHECK ((referral_id IN ( SELECT mash.asked_of_partner() AS asked_of_partner)));
CREATE POLICY staff ON referral_adult TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT ON referral_adult TO mash_agency;
GRANT SELECT, INSERT ON referral_adult TO mash_staff;

CREATE TABLE referral_child (
  referral_id uuid NOT NULL,
  "position" smallint NOT NULL,
  submitted jsonb NOT NULL,
  nhs_number text,
  upn text,
  name_key text,
  date_of_birth date,
  CONSTRAINT referral_child_pkey PRIMARY KEY (referral_id, "position"),
  CONSTRAINT referral_child_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX referral_child_name_idx ON referral_child USING btree (name_key, date_of_birth) WHERE name_key IS NOT NULL AND date_of_birth IS NOT NULL;
CREATE INDEX referral_child_nhs_number_idx ON referral_child USING btree (nhs_number) WHERE nhs_number IS NOT NULL;
CREATE INDEX referral_child_upn_idx ON referral_child USING btree (upn) WHERE upn IS NOT NULL;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON referral_child FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER cover AFTER INSERT ON referral_child REFERENCING NEW TABLE AS children FOR EACH STATEMENT EXECUTE FUNCTION mash.cover_as_it_comes();
CREATE TRIGGER index_people AFTER INSERT ON referral_child REFERENCING NEW TABLE AS people FOR EACH STATEMENT EXECUTE FUNCTION mash.index_people('child');
CREATE TRIGGER keep_family AFTER INSERT ON referral_child REFERENCING NEW TABLE AS people FOR EACH STATEMENT EXECUTE FUNCTION mash.keep_family('child');
ALTER TABLE referral_child ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON referral_child TO mash_agency USING (mash.is_of_agency(referral_id)) WITH CHECK (mash.is_of_agency(referral_id));
CREATE POLICY asked ON referral_child TO mash_staff USING ((referral_id IN ( SELECT mash.asked_of_partner() AS asked_of_partner))) WITH CHECK ((referral_id IN ( SELECT mash.asked_of_partner() AS asked_of_partner)));
CREATE POLICY staff ON referral_child TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT ON referral_child TO mash_agency;
GRANT SELECT, INSERT ON referral_child TO mash_staff;

CREATE TABLE referral_fact (
  referral_id uuid NOT NULL,
  reference text NOT NULL,
  received_at timestamp with time zone NOT NULL,
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
  due_at timestamp with time zone NOT NULL,
  strictest_due_at timestamp with time zone NOT NULL,
  statutory_due_at timestamp with time zone NOT NULL,
  claim_due_at timestamp with time zone,
  first_opened_at timestamp with time zone,
  first_claimed_at timestamp with time zone,
  first_rated_at timestamp with time zone,
  decision_id uuid,
  decided_at timestamp with time zone,
  decided_by uuid,
  outcome text,
  threshold_level smallint,
  progression text,
  late_reason text,
  sign_off_reasons text[] NOT NULL,
  has_childs_voice boolean,
  signed_at timestamp with time zone,
  effective_at timestamp with time zone,
  elapsed_minutes integer,
  working_minutes integer,
  returned integer NOT NULL,
  taken_back integer NOT NULL,
  earlier integer NOT NULL,
  came_back_at timestamp with time zone,
  came_back_worse_at timestamp with time zone,
  policy_version integer NOT NULL,
  calendar_version integer NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT referral_fact_pkey PRIMARY KEY (referral_id),
  CONSTRAINT referral_fact_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX referral_fact_changed_idx ON referral_fact USING btree (changed_at);
CREATE INDEX referral_fact_effective_idx ON referral_fact USING btree (effective_at);
CREATE INDEX referral_fact_open_idx ON referral_fact USING btree (received_at) WHERE effective_at IS NULL;
CREATE INDEX referral_fact_received_idx ON referral_fact USING btree (received_at);
GRANT SELECT ON referral_fact TO mash_staff;

CREATE TABLE referral_flag (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  pointer text NOT NULL,
  code text NOT NULL,
  sent text NOT NULL,
  flagged_at timestamp with time zone NOT NULL,
  CONSTRAINT referral_flag_pkey PRIMARY KEY (id),
  CONSTRAINT referral_flag_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT referral_flag_referral_id_pointer_key UNIQUE (referral_id, pointer)
);
CREATE INDEX referral_flag_flagged_idx ON referral_flag USING btree (flagged_at, id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON referral_flag FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE referral_flag ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON referral_flag TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT ON referral_flag TO mash_staff;

CREATE TABLE referral_incident (
  referral_id uuid NOT NULL,
  incident_id uuid NOT NULL,
  CONSTRAINT referral_incident_pkey PRIMARY KEY (referral_id),
  CONSTRAINT referral_incident_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES referral(id),
  CONSTRAINT referral_incident_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX referral_incident_incident_idx ON referral_incident USING btree (incident_id);
GRANT SELECT ON referral_incident TO mash_staff;

CREATE TABLE referral_note (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  kind text NOT NULL,
  with_whom text,
  note text NOT NULL,
  written_by uuid NOT NULL,
  written_at timestamp with time zone NOT NULL,
  CONSTRAINT referral_note_pkey PRIMARY KEY (id),
  CONSTRAINT referral_note_kind CHECK (kind = ANY (ARRAY['note'::text, 'spoken'::text, 'left_message'::text, 'no_answer'::text])),
  CONSTRAINT referral_note_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT referral_note_with_whom CHECK ((with_whom IS NULL) = (kind = 'note'::text)),
  CONSTRAINT referral_note_written_by_fkey FOREIGN KEY (written_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX referral_note_referral_idx ON referral_note USING btree (referral_id, written_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON referral_note FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE referral_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON referral_note TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND (NOT (referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from))))) WITH CHECK (true);
GRANT SELECT, INSERT ON referral_note TO mash_staff;

CREATE TABLE response_time (
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  received_at timestamp with time zone NOT NULL,
  first_opened_at timestamp with time zone,
  first_claimed_at timestamp with time zone,
  first_rated_at timestamp with time zone,
  decided_at timestamp with time zone NOT NULL,
  effective_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  statutory_due_at timestamp with time zone NOT NULL,
  elapsed_minutes integer NOT NULL,
  working_minutes integer NOT NULL,
  on_time boolean NOT NULL,
  within_statutory_limit boolean NOT NULL,
  policy_version integer NOT NULL,
  calendar_version integer NOT NULL,
  id uuid NOT NULL,
  CONSTRAINT response_time_pkey PRIMARY KEY (id),
  CONSTRAINT response_time_calendar_version_fkey FOREIGN KEY (calendar_version) REFERENCES calendar_version(version),
  CONSTRAINT response_time_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT response_time_policy_version_fkey FOREIGN KEY (policy_version) REFERENCES policy_version(version),
  CONSTRAINT response_time_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX response_time_decision_fkey_idx ON response_time USING btree (decision_id);
CREATE INDEX response_time_effective_idx ON response_time USING btree (effective_at, id);
CREATE INDEX response_time_elapsed_idx ON response_time USING btree (elapsed_minutes, id);
CREATE INDEX response_time_late_idx ON response_time USING btree (effective_at, id) WHERE NOT on_time;
CREATE INDEX response_time_over_limit_idx ON response_time USING btree (effective_at, id) WHERE NOT within_statutory_limit;
CREATE INDEX response_time_received_idx ON response_time USING btree (received_at, id);
CREATE INDEX response_time_referral_idx ON response_time USING btree (referral_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON response_time FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE response_time ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON response_time TO mash_agency USING (mash.is_of_agency(referral_id)) WITH CHECK (true);
CREATE POLICY staff ON response_time TO mash_staff USING (true) WITH CHECK (true);
GRANT SELECT ON response_time TO mash_agency;
GRANT SELECT, INSERT ON response_time TO mash_staff;

CREATE TABLE restricted_child (
  restriction_id uuid NOT NULL,
  referral_id uuid NOT NULL,
  "position" smallint NOT NULL,
  CONSTRAINT restricted_child_pkey PRIMARY KEY (restriction_id, referral_id, "position"),
  CONSTRAINT restricted_child_referral_id_position_fkey FOREIGN KEY (referral_id, "position") REFERENCES referral_child(referral_id, "position"),
  CONSTRAINT restricted_child_restriction_id_fkey FOREIGN KEY (restriction_id) REFERENCES restriction(id)
);
CREATE INDEX restricted_child_child_idx ON restricted_child USING btree (referral_id, "position");
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON restricted_child FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT, INSERT ON restricted_child TO mash_staff;

CREATE TABLE restricted_referral (
  restriction_id uuid NOT NULL,
  referral_id uuid NOT NULL,
  covered_at timestamp with time zone NOT NULL,
  CONSTRAINT restricted_referral_pkey PRIMARY KEY (restriction_id, referral_id),
  CONSTRAINT restricted_referral_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT restricted_referral_restriction_id_fkey FOREIGN KEY (restriction_id) REFERENCES restriction(id)
);
CREATE INDEX restricted_referral_referral_idx ON restricted_referral USING btree (referral_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON restricted_referral FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT, INSERT ON restricted_referral TO mash_staff;

CREATE TABLE restriction (
  id uuid NOT NULL,
  category text NOT NULL,
  reason text NOT NULL,
  set_by uuid NOT NULL,
  set_at timestamp with time zone NOT NULL,
  review_at timestamp with time zone NOT NULL,
  ended_by uuid,
  ended_at timestamp with time zone,
  end_reason text,
  CONSTRAINT restriction_pkey PRIMARY KEY (id),
  CONSTRAINT restriction_category CHECK (category = ANY (ARRAY['staff_connection'::text, 'adoption'::text, 'high_profile'::text, 'high_risk'::text])),
  CONSTRAINT restriction_end CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL) = (end_reason IS NULL)),
  CONSTRAINT restriction_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT restriction_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX restriction_review_idx ON restriction USING btree (review_at) WHERE ended_at IS NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON restriction FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER set_once BEFORE UPDATE OF id, category, reason, set_by, set_at ON restriction FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT UPDATE, SELECT (id, category, set_by, set_at, review_at, ended_by, ended_at), INSERT ON restriction TO mash_staff;

CREATE TABLE restriction_bar (
  id uuid NOT NULL,
  restriction_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  said_by uuid NOT NULL,
  said_at timestamp with time zone NOT NULL,
  ended_by uuid,
  ended_at timestamp with time zone,
  CONSTRAINT restriction_bar_pkey PRIMARY KEY (id),
  CONSTRAINT restriction_bar_end CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
  CONSTRAINT restriction_bar_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT restriction_bar_restriction_id_fkey FOREIGN KEY (restriction_id) REFERENCES restriction(id),
  CONSTRAINT restriction_bar_said_by_fkey FOREIGN KEY (said_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT restriction_bar_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX restriction_bar_one_idx ON restriction_bar USING btree (restriction_id, staff_id) WHERE ended_at IS NULL;
CREATE INDEX restriction_bar_restriction_fkey_idx ON restriction_bar USING btree (restriction_id);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON restriction_bar FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER said_once BEFORE UPDATE OF id, restriction_id, staff_id, said_by, said_at ON restriction_bar FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT UPDATE, SELECT, INSERT ON restriction_bar TO mash_staff;

CREATE TABLE restriction_grant (
  id uuid NOT NULL,
  restriction_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  given_by uuid NOT NULL,
  given_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  opening_id uuid,
  ended_by uuid,
  ended_at timestamp with time zone,
  CONSTRAINT restriction_grant_pkey PRIMARY KEY (id),
  CONSTRAINT restriction_grant_end CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
  CONSTRAINT restriction_grant_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT restriction_grant_given_by_fkey FOREIGN KEY (given_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT restriction_grant_opening_id_fkey FOREIGN KEY (opening_id) REFERENCES glass_broken(id),
  CONSTRAINT restriction_grant_restriction_id_fkey FOREIGN KEY (restriction_id) REFERENCES restriction(id),
  CONSTRAINT restriction_grant_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX restriction_grant_opening_fkey_idx ON restriction_grant USING btree (opening_id) WHERE opening_id IS NOT NULL;
CREATE INDEX restriction_grant_restriction_idx ON restriction_grant USING btree (restriction_id, staff_id);
CREATE TRIGGER given_once BEFORE UPDATE OF id, restriction_id, staff_id, given_by, given_at, until, opening_id ON restriction_grant FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON restriction_grant FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT UPDATE, SELECT, INSERT ON restriction_grant TO mash_staff;

CREATE TABLE retention_hold (
  id uuid NOT NULL,
  referral_id uuid,
  reference text,
  reason text NOT NULL,
  set_by uuid NOT NULL,
  set_at timestamp with time zone NOT NULL,
  ended_by uuid,
  ended_at timestamp with time zone,
  end_reason text,
  CONSTRAINT retention_hold_pkey PRIMARY KEY (id),
  CONSTRAINT retention_hold_end CHECK (num_nulls(ended_by, ended_at, end_reason) = ANY (ARRAY[0, 3])),
  CONSTRAINT retention_hold_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT retention_hold_of CHECK ((referral_id IS NULL) = (reference IS NULL)),
  CONSTRAINT retention_hold_set_by_fkey FOREIGN KEY (set_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX retention_hold_open_idx ON retention_hold USING btree (referral_id) WHERE ended_at IS NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON retention_hold FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER set_once BEFORE UPDATE OF id, referral_id, reference, reason, set_by, set_at ON retention_hold FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE retention_hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON retention_hold TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON retention_hold TO mash_staff;

CREATE TABLE retention_schedule (
  version integer NOT NULL,
  schedule jsonb NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  reason text NOT NULL,
  CONSTRAINT retention_schedule_pkey PRIMARY KEY (version),
  CONSTRAINT retention_schedule_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT retention_schedule_version CHECK (version > 1)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON retention_schedule FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT, INSERT ON retention_schedule TO mash_staff;

CREATE TABLE role_mapping (
  id uuid NOT NULL,
  value text NOT NULL,
  role text NOT NULL,
  "position" integer NOT NULL,
  added_at timestamp with time zone NOT NULL,
  CONSTRAINT role_mapping_pkey PRIMARY KEY (id),
  CONSTRAINT role_mapping_role CHECK (role = ANY (ARRAY['screener'::text, 'social_worker'::text, 'manager'::text, 'service_manager'::text, 'head_of_service'::text, 'auditor'::text, 'administrator'::text])),
  CONSTRAINT role_mapping_value_key UNIQUE (value)
);
GRANT UPDATE, SELECT, INSERT, DELETE ON role_mapping TO mash_staff;

CREATE TABLE rota_cover (
  id uuid NOT NULL,
  alert_group text NOT NULL,
  staff_member_id uuid NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  CONSTRAINT rota_cover_pkey PRIMARY KEY (id),
  CONSTRAINT rota_cover_group CHECK (alert_group = ANY (ARRAY['duty_team'::text, 'practice_manager'::text, 'service_manager'::text, 'head_of_service'::text, 'emergency_duty_team'::text, 'on_call_manager'::text, 'last_resort'::text])),
  CONSTRAINT rota_cover_lasts CHECK (ends_at > starts_at),
  CONSTRAINT rota_cover_readable CHECK (starts_at >= '2000-01-01 00:00:00+00'::timestamp with time zone AND ends_at < '2101-01-02 00:00:00+00'::timestamp with time zone),
  CONSTRAINT rota_cover_staff_member_id_fkey FOREIGN KEY (staff_member_id) REFERENCES staff_member(id)
);
CREATE INDEX rota_cover_ends_idx ON rota_cover USING btree (ends_at);
GRANT UPDATE, SELECT, INSERT, DELETE ON rota_cover TO mash_staff;

CREATE TABLE rota_shift (
  id uuid NOT NULL,
  alert_group text NOT NULL,
  staff_member_id uuid NOT NULL,
  weekday text NOT NULL,
  starts text NOT NULL,
  ends text NOT NULL,
  CONSTRAINT rota_shift_pkey PRIMARY KEY (id),
  CONSTRAINT rota_shift_ends CHECK (ends ~ '^([01]\d|2[0-3]):[0-5]\d$'::text),
  CONSTRAINT rota_shift_group CHECK (alert_group = ANY (ARRAY['duty_team'::text, 'practice_manager'::text, 'service_manager'::text, 'head_of_service'::text, 'emergency_duty_team'::text, 'on_call_manager'::text, 'last_resort'::text])),
  CONSTRAINT rota_shift_staff_member_id_fkey FOREIGN KEY (staff_member_id) REFERENCES staff_member(id),
  CONSTRAINT rota_shift_starts CHECK (starts ~ '^([01]\d|2[0-3]):[0-5]\d$'::text),
  CONSTRAINT rota_shift_weekday CHECK (weekday = ANY (ARRAY['mon'::text, 'tue'::text, 'wed'::text, 'thu'::text, 'fri'::text, 'sat'::text, 'sun'::text]))
);
GRANT UPDATE, SELECT, INSERT, DELETE ON rota_shift TO mash_staff;

CREATE TABLE route (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  kind text NOT NULL,
  team text,
  recipient text,
  locality_version integer,
  chosen_by text,
  reason text,
  sent_by uuid NOT NULL,
  sent_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  answer text,
  answered_by text,
  answered_at timestamp with time zone,
  answer_reason text,
  recorded_by uuid,
  recorded_at timestamp with time zone,
  ended_at timestamp with time zone,
  end_reason text,
  CONSTRAINT route_pkey PRIMARY KEY (id),
  CONSTRAINT route_answer CHECK (answer = ANY (ARRAY['accepted'::text, 'returned'::text])),
  CONSTRAINT route_answered CHECK ((answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (recorded_by IS NULL) AND (answer IS NULL) = (recorded_at IS NULL) AND COALESCE(answer = 'returned'::text, false) = (answer_reason IS NOT NULL)),
  CONSTRAINT route_chosen CHECK (chosen_by IS NULL OR team IS NOT NULL OR recipient IS NOT NULL),
  CONSTRAINT route_chosen_by CHECK (chosen_by = ANY (ARRAY['address'::text, 'person'::text])),
  CONSTRAINT route_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT route_end CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  CONSTRAINT route_end_reason CHECK (end_reason = ANY (ARRAY['undone'::text, 'sent_on'::text, 'decided_again'::text])),
  CONSTRAINT route_kind CHECK (kind = ANY (ARRAY['locality'::text, 'edge_of_care'::text, 'allocated_worker'::text, 'other_authority'::text, 'lado'::text])),
  CONSTRAINT route_locality_version_fkey FOREIGN KEY (locality_version) REFERENCES locality_version(version),
  CONSTRAINT route_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT route_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id),
  CONSTRAINT route_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT route_team_kind CHECK (team IS NULL OR kind = 'locality'::text),
  CONSTRAINT route_team_version CHECK ((kind = 'locality'::text) = (locality_version IS NOT NULL))
);
CREATE INDEX route_decision_fkey_idx ON route USING btree (decision_id);
CREATE UNIQUE INDEX route_one_live_idx ON route USING btree (referral_id) WHERE ended_at IS NULL;
CREATE INDEX route_open_idx ON route USING btree (due_at) WHERE ended_at IS NULL AND answer IS DISTINCT FROM 'accepted'::text;
CREATE INDEX route_referral_idx ON route USING btree (referral_id, sent_at);
CREATE INDEX route_sent_idx ON route USING btree (sent_at);
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON route FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER sent_once BEFORE UPDATE OF id, referral_id, decision_id, kind, team, recipient, locality_version, chosen_by, reason, sent_by, sent_at, due_at ON route FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE route ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON route TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON route TO mash_staff;

CREATE TABLE route_choice (
  decision_id uuid NOT NULL,
  team text,
  recipient text,
  reason text,
  CONSTRAINT route_choice_pkey PRIMARY KEY (decision_id),
  CONSTRAINT route_choice_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT route_choice_says CHECK (team IS NOT NULL OR recipient IS NOT NULL)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON route_choice FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE route_choice ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON route_choice TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM decision other
  WHERE (other.id = route_choice.decision_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON route_choice TO mash_staff;

CREATE TABLE same_incident (
  id uuid NOT NULL,
  one_id uuid NOT NULL,
  other_id uuid NOT NULL,
  said_by uuid NOT NULL,
  said_at timestamp with time zone NOT NULL,
  ended_by uuid,
  ended_at timestamp with time zone,
  end_reason text,
  CONSTRAINT same_incident_pkey PRIMARY KEY (id),
  CONSTRAINT same_incident_end CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL) = (end_reason IS NULL)),
  CONSTRAINT same_incident_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT same_incident_one_id_fkey FOREIGN KEY (one_id) REFERENCES referral(id),
  CONSTRAINT same_incident_order CHECK (one_id < other_id),
  CONSTRAINT same_incident_other_id_fkey FOREIGN KEY (other_id) REFERENCES referral(id),
  CONSTRAINT same_incident_said_by_fkey FOREIGN KEY (said_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX same_incident_one_fkey_idx ON same_incident USING btree (one_id);
CREATE INDEX same_incident_other_idx ON same_incident USING btree (other_id);
CREATE UNIQUE INDEX same_incident_pair_idx ON same_incident USING btree (one_id, other_id) WHERE ended_at IS NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON same_incident FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER said_once BEFORE UPDATE OF id, one_id, other_id, said_by, said_at ON same_incident FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT UPDATE, SELECT (id, one_id, other_id, said_by, said_at, ended_by, ended_at), INSERT ON same_incident TO mash_staff;

CREATE TABLE sample (
  id uuid NOT NULL,
  month date NOT NULL,
  seed text NOT NULL,
  population integer NOT NULL,
  per_stratum integer NOT NULL,
  per_decider integer NOT NULL,
  drawn_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  CONSTRAINT sample_pkey PRIMARY KEY (id),
  CONSTRAINT sample_month CHECK (EXTRACT(day FROM month) = 1::numeric),
  CONSTRAINT sample_month_key UNIQUE (month)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT ON sample TO mash_staff;

CREATE TABLE sample_blind_reading (
  id uuid NOT NULL,
  item_id uuid NOT NULL,
  decided_by uuid NOT NULL,
  reader_id uuid NOT NULL,
  threshold_level smallint NOT NULL,
  outcome text NOT NULL,
  had_opened boolean NOT NULL,
  read_at timestamp with time zone NOT NULL,
  CONSTRAINT sample_blind_reading_pkey PRIMARY KEY (id),
  CONSTRAINT sample_blind_reading_by_another CHECK (reader_id <> decided_by),
  CONSTRAINT sample_blind_reading_id_item_id_reader_id_key UNIQUE (id, item_id, reader_id),
  CONSTRAINT sample_blind_reading_item_id_decided_by_fkey FOREIGN KEY (item_id, decided_by) REFERENCES sample_item(id, decided_by) ON DELETE RESTRICT,
  CONSTRAINT sample_blind_reading_item_id_reader_id_key UNIQUE (item_id, reader_id),
  CONSTRAINT sample_blind_reading_level CHECK (threshold_level >= 1 AND threshold_level <= 4),
  CONSTRAINT sample_blind_reading_outcome CHECK (outcome = ANY (ARRAY['immediate_protection'::text, 'strategy_discussion'::text, 'child_and_family_assessment'::text, 'edge_of_care'::text, 'early_help'::text, 'advice_and_signposting'::text, 'to_allocated_worker'::text, 'transfer_to_other_authority'::text, 'refer_to_lado'::text, 'returned_to_referrer'::text, 'no_further_action'::text])),
  CONSTRAINT sample_blind_reading_reader_id_fkey FOREIGN KEY (reader_id) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample_blind_reading FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE sample_blind_reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON sample_blind_reading TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM sample_item other
  WHERE (other.id = sample_blind_reading.item_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON sample_blind_reading TO mash_staff;

CREATE TABLE sample_criterion (
  grade_id uuid NOT NULL,
  criterion text NOT NULL,
  grade text NOT NULL,
  CONSTRAINT sample_criterion_pkey PRIMARY KEY (grade_id, criterion),
  CONSTRAINT sample_criterion_criterion CHECK (criterion = ANY (ARRAY['referral_detail'::text, 'response'::text, 'ongoing_risk_assessment'::text, 'thorough_analysis'::text, 'child_centred_practice'::text, 'management_oversight'::text, 'timeliness'::text, 'multi_agency_working'::text])),
  CONSTRAINT sample_criterion_grade CHECK (grade = ANY (ARRAY['outstanding'::text, 'good'::text, 'requires_improvement'::text, 'inadequate'::text])),
  CONSTRAINT sample_criterion_grade_id_fkey FOREIGN KEY (grade_id) REFERENCES sample_grade(id) ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample_criterion FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE sample_criterion ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON sample_criterion TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM sample_grade other
  WHERE (other.id = sample_criterion.grade_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON sample_criterion TO mash_staff;

CREATE TABLE sample_grade (
  id uuid NOT NULL,
  item_id uuid NOT NULL,
  reading_id uuid NOT NULL,
  graded_by uuid NOT NULL,
  grade text NOT NULL,
  words text NOT NULL,
  unsafe_reason text,
  has_reopened boolean NOT NULL,
  graded_at timestamp with time zone NOT NULL,
  CONSTRAINT sample_grade_pkey PRIMARY KEY (id),
  CONSTRAINT sample_grade_grade CHECK (grade = ANY (ARRAY['outstanding'::text, 'good'::text, 'requires_improvement'::text, 'inadequate'::text])),
  CONSTRAINT sample_grade_item_id_key UNIQUE (item_id),
  CONSTRAINT sample_grade_reading_id_item_id_graded_by_fkey FOREIGN KEY (reading_id, item_id, graded_by) REFERENCES sample_blind_reading(id, item_id, reader_id) ON DELETE RESTRICT,
  CONSTRAINT sample_grade_reopened CHECK (NOT has_reopened OR unsafe_reason IS NOT NULL),
  CONSTRAINT sample_grade_unsafe CHECK (unsafe_reason IS NULL OR grade = 'inadequate'::text)
);
CREATE INDEX sample_grade_reading_fkey_idx ON sample_grade USING btree (reading_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample_grade FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE sample_grade ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON sample_grade TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM sample_blind_reading other
  WHERE (other.id = sample_grade.reading_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON sample_grade TO mash_staff;

CREATE TABLE sample_item (
  id uuid NOT NULL,
  sample_id uuid NOT NULL,
  "position" integer NOT NULL,
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  decided_by uuid NOT NULL,
  drawn_for text[] NOT NULL,
  CONSTRAINT sample_item_pkey PRIMARY KEY (id),
  CONSTRAINT sample_item_decision_id_decided_by_fkey FOREIGN KEY (decision_id, decided_by) REFERENCES decision(id, decided_by) ON DELETE RESTRICT,
  CONSTRAINT sample_item_drawn_for CHECK (cardinality(drawn_for) > 0 AND drawn_for <@ ARRAY['no_further_action'::text, 'rating_lowered'::text, 'level_4_without_strategy_discussion'::text, 'child_under_one'::text, 'suggestion_overridden'::text, 'decider'::text]),
  CONSTRAINT sample_item_id_decided_by_key UNIQUE (id, decided_by),
  CONSTRAINT sample_item_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id) ON DELETE RESTRICT,
  CONSTRAINT sample_item_sample_id_fkey FOREIGN KEY (sample_id) REFERENCES sample(id) ON DELETE RESTRICT,
  CONSTRAINT sample_item_sample_id_position_key UNIQUE (sample_id, "position"),
  CONSTRAINT sample_item_sample_id_referral_id_key UNIQUE (sample_id, referral_id)
);
CREATE INDEX sample_item_decision_fkey_idx ON sample_item USING btree (decision_id);
CREATE INDEX sample_item_referral_idx ON sample_item USING btree (referral_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sample_item FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE sample_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON sample_item TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT UPDATE (id), SELECT ON sample_item TO mash_staff;

CREATE TABLE saved_filter (
  id uuid NOT NULL,
  owner_id uuid,
  name text NOT NULL,
  query text NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT saved_filter_pkey PRIMARY KEY (id),
  CONSTRAINT saved_filter_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff_member(id),
  CONSTRAINT saved_filter_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff_member(id)
);
CREATE UNIQUE INDEX saved_filter_own_name_idx ON saved_filter USING btree (owner_id, name) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX saved_filter_team_name_idx ON saved_filter USING btree (name) WHERE owner_id IS NULL;
GRANT UPDATE, SELECT, INSERT, DELETE ON saved_filter TO mash_staff;

CREATE TABLE sending_budget (
  provider text NOT NULL,
  tokens double precision NOT NULL,
  refilled_at timestamp with time zone NOT NULL,
  CONSTRAINT sending_budget_pkey PRIMARY KEY (provider)
);

CREATE TABLE sent_form (
  id uuid NOT NULL,
  sent_by uuid NOT NULL,
  kind text NOT NULL,
  fingerprint bytea NOT NULL,
  answer jsonb,
  about uuid,
  sent_at timestamp with time zone NOT NULL,
  CONSTRAINT sent_form_pkey PRIMARY KEY (id),
  CONSTRAINT sent_form_kind CHECK (length(kind) >= 1 AND length(kind) <= 40),
  CONSTRAINT sent_form_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX sent_form_about_idx ON sent_form USING btree (about) WHERE about IS NOT NULL;
CREATE INDEX sent_form_sent_idx ON sent_form USING btree (sent_at);
CREATE TRIGGER append_only BEFORE UPDATE ON sent_form FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT, INSERT ON sent_form TO mash_agency;
GRANT SELECT, INSERT ON sent_form TO mash_staff;

CREATE TABLE session (
  sid text NOT NULL,
  sess json NOT NULL,
  expire timestamp with time zone NOT NULL,
  CONSTRAINT session_pkey PRIMARY KEY (sid)
);
CREATE INDEX session_expire_idx ON session USING btree (expire);
GRANT SELECT, DELETE ON session TO mash_staff;

CREATE TABLE sign_off (
  id uuid NOT NULL,
  decision_id uuid NOT NULL,
  decided_by uuid NOT NULL,
  signed_by uuid NOT NULL,
  result text NOT NULL,
  comments text,
  signed_at timestamp with time zone NOT NULL,
  CONSTRAINT sign_off_pkey PRIMARY KEY (id),
  CONSTRAINT sign_off_by_someone_else CHECK (signed_by <> decided_by),
  CONSTRAINT sign_off_decision_id_decided_by_fkey FOREIGN KEY (decision_id, decided_by) REFERENCES decision(id, decided_by),
  CONSTRAINT sign_off_result CHECK (result = ANY (ARRAY['agreed'::text, 'returned'::text])),
  CONSTRAINT sign_off_return_says_why CHECK (result = 'agreed'::text OR comments IS NOT NULL),
  CONSTRAINT sign_off_signed_by_fkey FOREIGN KEY (signed_by) REFERENCES staff_member(id)
);
CREATE INDEX sign_off_decision_idx ON sign_off USING btree (decision_id, signed_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON sign_off FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE sign_off ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON sign_off TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM decision other
  WHERE (other.id = sign_off.decision_id)))) WITH CHECK (true);
GRANT SELECT (decision_id, result) ON sign_off TO mash_agency;
GRANT SELECT, INSERT ON sign_off TO mash_staff;

CREATE TABLE staff_member (
  id uuid NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  alert_groups text[] NOT NULL,
  is_active boolean DEFAULT true NOT NULL,
  created_at timestamp with time zone NOT NULL,
  phone text,
  email_failed_at timestamp with time zone,
  phone_failed_at timestamp with time zone,
  contact_changed_at timestamp with time zone,
  agency_id uuid,
  hours_percent smallint DEFAULT 100 NOT NULL,
  added_by_provider boolean DEFAULT false NOT NULL,
  left_by_provider boolean DEFAULT false NOT NULL,
  left_at timestamp with time zone,
  CONSTRAINT staff_member_pkey PRIMARY KEY (id),
  CONSTRAINT staff_member_agency CHECK ((role = 'partner'::text) = (agency_id IS NOT NULL) AND (role <> 'partner'::text OR alert_groups = '{}'::text[])),
  CONSTRAINT staff_member_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT staff_member_alert_groups CHECK (alert_groups <@ ARRAY['duty_team'::text, 'practice_manager'::text, 'service_manager'::text, 'head_of_service'::text, 'emergency_duty_team'::text, 'on_call_manager'::text, 'last_resort'::text]),
  CONSTRAINT staff_member_hours_percent CHECK (hours_percent >= 1 AND hours_percent <= 100),
  CONSTRAINT staff_member_role CHECK (role = ANY (ARRAY['screener'::text, 'social_worker'::text, 'manager'::text, 'service_manager'::text, 'head_of_service'::text, 'auditor'::text, 'partner'::text, 'administrator'::text])),
  CONSTRAINT staff_member_subject_key UNIQUE (subject)
);
CREATE INDEX staff_member_left_idx ON staff_member USING btree (left_at) WHERE left_at IS NOT NULL;
CREATE TRIGGER left_when BEFORE INSERT OR UPDATE OF is_active ON staff_member FOR EACH ROW EXECUTE FUNCTION mash.note_leaving();
ALTER TABLE staff_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON staff_member TO mash_agency USING (((agency_id = mash.acting()) OR (id IN ( SELECT mash.known_to_agency(( SELECT mash.acting() AS acting)) AS known_to_agency)))) WITH CHECK (true);
CREATE POLICY staff ON staff_member TO mash_staff USING (((( SELECT mash.acting() AS acting) IS NOT NULL) AND ((( SELECT mash.acting_partner() AS acting_partner) IS NULL) OR (agency_id = ( SELECT mash.acting_partner() AS acting_partner)) OR (id IN ( SELECT mash.known_to_agency(( SELECT mash.acting_partner() AS acting_partner)) AS known_to_agency))))) WITH CHECK (true);
GRANT SELECT (id, name, email, role, is_active, agency_id) ON staff_member TO mash_agency;
GRANT UPDATE, SELECT, INSERT ON staff_member TO mash_staff;

CREATE TABLE strategy_discussion (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  number integer NOT NULL,
  started_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  is_same_day boolean NOT NULL,
  called_again_by uuid,
  called_again_because text,
  withdrawn_at timestamp with time zone,
  CONSTRAINT strategy_discussion_pkey PRIMARY KEY (id),
  CONSTRAINT strategy_discussion_called_again CHECK ((called_again_by IS NULL) = (called_again_because IS NULL)),
  CONSTRAINT strategy_discussion_called_again_by_fkey FOREIGN KEY (called_again_by) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT strategy_discussion_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT strategy_discussion_number CHECK (number >= 1),
  CONSTRAINT strategy_discussion_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
);
CREATE INDEX strategy_discussion_decision_idx ON strategy_discussion USING btree (decision_id);
CREATE UNIQUE INDEX strategy_discussion_number_idx ON strategy_discussion USING btree (referral_id, number) WHERE withdrawn_at IS NULL;
CREATE INDEX strategy_discussion_referral_fkey_idx ON strategy_discussion USING btree (referral_id);
CREATE INDEX strategy_discussion_started_idx ON strategy_discussion USING btree (started_at) WHERE withdrawn_at IS NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON strategy_discussion FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER started_once BEFORE UPDATE OF id, referral_id, decision_id, number, started_at, due_at, is_same_day, called_again_by, called_again_because ON strategy_discussion FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE strategy_discussion ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON strategy_discussion TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE))) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON strategy_discussion TO mash_staff;

CREATE TABLE supervision_action (
  id uuid NOT NULL,
  note_id uuid NOT NULL,
  "position" integer NOT NULL,
  words text NOT NULL,
  owner_id uuid NOT NULL,
  due_on date NOT NULL,
  due_at timestamp with time zone NOT NULL,
  CONSTRAINT supervision_action_pkey PRIMARY KEY (id),
  CONSTRAINT supervision_action_note_id_fkey FOREIGN KEY (note_id) REFERENCES supervision_note(id) ON DELETE RESTRICT,
  CONSTRAINT supervision_action_note_id_position_key UNIQUE (note_id, "position"),
  CONSTRAINT supervision_action_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX supervision_action_owner_idx ON supervision_action USING btree (owner_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON supervision_action FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE supervision_action ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON supervision_action TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM supervision_note other
  WHERE (other.id = supervision_action.note_id)))) WITH CHECK (true);
GRANT UPDATE (id), SELECT, INSERT ON supervision_action TO mash_staff;

CREATE TABLE supervision_action_done (
  action_id uuid NOT NULL,
  words text,
  done_by uuid NOT NULL,
  done_at timestamp with time zone NOT NULL,
  CONSTRAINT supervision_action_done_pkey PRIMARY KEY (action_id),
  CONSTRAINT supervision_action_done_action_id_fkey FOREIGN KEY (action_id) REFERENCES supervision_action(id) ON DELETE RESTRICT,
  CONSTRAINT supervision_action_done_done_by_fkey FOREIGN KEY (done_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON supervision_action_done FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE supervision_action_done ENABLE ROW LEVEL SECURITY;
CREATE POLICY beside ON supervision_action_done TO mash_agency, mash_staff USING ((EXISTS ( SELECT
   FROM supervision_action other
  WHERE (other.id = supervision_action_done.action_id)))) WITH CHECK (true);
GRANT SELECT, INSERT ON supervision_action_done TO mash_staff;

CREATE TABLE supervision_note (
  id uuid NOT NULL,
  worker_id uuid NOT NULL,
  words text NOT NULL,
  written_by uuid NOT NULL,
  written_at timestamp with time zone NOT NULL,
  referral_id uuid,
  challenge_id uuid,
  sample_item_id uuid,
  CONSTRAINT supervision_note_pkey PRIMARY KEY (id),
  CONSTRAINT supervision_note_about_one CHECK (num_nonnulls(referral_id, challenge_id, sample_item_id) <= 1),
  CONSTRAINT supervision_note_challenge_id_fkey FOREIGN KEY (challenge_id) REFERENCES challenge(id) ON DELETE RESTRICT,
  CONSTRAINT supervision_note_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id) ON DELETE RESTRICT,
  CONSTRAINT supervision_note_sample_item_id_fkey FOREIGN KEY (sample_item_id) REFERENCES sample_item(id) ON DELETE RESTRICT,
  CONSTRAINT supervision_note_to_another CHECK (worker_id <> written_by),
  CONSTRAINT supervision_note_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES staff_member(id) ON DELETE RESTRICT,
  CONSTRAINT supervision_note_written_by_fkey FOREIGN KEY (written_by) REFERENCES staff_member(id) ON DELETE RESTRICT
);
CREATE INDEX supervision_note_challenge_fkey_idx ON supervision_note USING btree (challenge_id) WHERE challenge_id IS NOT NULL;
CREATE INDEX supervision_note_referral_fkey_idx ON supervision_note USING btree (referral_id) WHERE referral_id IS NOT NULL;
CREATE INDEX supervision_note_sample_item_fkey_idx ON supervision_note USING btree (sample_item_id) WHERE sample_item_id IS NOT NULL;
CREATE INDEX supervision_note_worker_idx ON supervision_note USING btree (worker_id, written_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON supervision_note FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE supervision_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON supervision_note TO mash_staff USING ((( SELECT mash.sees_children() AS sees_children) AND ((referral_id IN ( SELECT mash.hidden_from(mash.acting()) AS hidden_from)) IS NOT TRUE) AND ((challenge_id IS NULL) OR (EXISTS ( SELECT
   FROM challenge c
  WHERE (c.id = supervision_note.challenge_id)))) AND ((sample_item_id IS NULL) OR (EXISTS ( SELECT
   FROM sample_item i
  WHERE (i.id = supervision_note.sample_item_id)))))) WITH CHECK (true);
GRANT SELECT, INSERT ON supervision_note TO mash_staff;

CREATE TABLE undoing (
  id uuid NOT NULL,
  decision_id uuid NOT NULL,
  sign_off_id uuid,
  undone_by uuid NOT NULL,
  undone_at timestamp with time zone NOT NULL,
  CONSTRAINT undoing_pkey PRIMARY KEY (id),
  CONSTRAINT undoing_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT undoing_sign_off_id_fkey FOREIGN KEY (sign_off_id) REFERENCES sign_off(id),
  CONSTRAINT undoing_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES staff_member(id)
);
CREATE UNIQUE INDEX undoing_decision_idx ON undoing USING btree (decision_id) WHERE sign_off_id IS NULL;
CREATE INDEX undoing_of_decision_idx ON undoing USING btree (decision_id, undone_at);
CREATE UNIQUE INDEX undoing_sign_off_idx ON undoing USING btree (sign_off_id) WHERE sign_off_id IS NOT NULL;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON undoing FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE undoing ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON undoing TO mash_agency USING ((EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = undoing.decision_id)))) WITH CHECK (true);
CREATE POLICY staff ON undoing TO mash_staff USING (true) WITH CHECK (true);
GRANT SELECT ON undoing TO mash_agency;
GRANT SELECT, INSERT ON undoing TO mash_staff;

CREATE TABLE used_assertion (
  client_id uuid NOT NULL,
  jti_hash bytea NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT used_assertion_pkey PRIMARY KEY (client_id, jti_hash),
  CONSTRAINT used_assertion_client_id_fkey FOREIGN KEY (client_id) REFERENCES agency_client(id)
);
CREATE INDEX used_assertion_expires_idx ON used_assertion USING btree (expires_at);
GRANT SELECT, INSERT, DELETE ON used_assertion TO mash_agency;

CREATE TABLE watchdog_round (
  id smallint NOT NULL,
  checked_at timestamp with time zone NOT NULL,
  holds boolean NOT NULL,
  findings jsonb NOT NULL,
  canary_fired_at timestamp with time zone,
  canary_lateness_ms integer,
  switch_fed_at timestamp with time zone,
  CONSTRAINT watchdog_round_pkey PRIMARY KEY (id),
  CONSTRAINT watchdog_round_one CHECK (id = 1)
);
GRANT SELECT ON watchdog_round TO mash_staff;

CREATE TABLE webhook_attempt (
  delivery_id uuid NOT NULL,
  number integer NOT NULL,
  at timestamp with time zone NOT NULL,
  status integer,
  fault text,
  CONSTRAINT webhook_attempt_pkey PRIMARY KEY (delivery_id, number),
  CONSTRAINT webhook_attempt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES webhook_delivery(id)
);
ALTER TABLE webhook_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON webhook_attempt TO mash_agency USING ((EXISTS ( SELECT
   FROM webhook_delivery d
  WHERE (d.id = webhook_attempt.delivery_id)))) WITH CHECK (true);
CREATE POLICY staff ON webhook_attempt TO mash_staff USING (true) WITH CHECK (true);
GRANT SELECT ON webhook_attempt TO mash_agency;
GRANT SELECT ON webhook_attempt TO mash_staff;

CREATE TABLE webhook_delivery (
  id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  message_id uuid NOT NULL,
  "position" bigint,
  type text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL,
  failures integer NOT NULL,
  failing_since timestamp with time zone,
  due_at timestamp with time zone,
  settled_at timestamp with time zone,
  CONSTRAINT webhook_delivery_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_delivery_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint(id),
  CONSTRAINT webhook_delivery_endpoint_id_message_id_key UNIQUE (endpoint_id, message_id),
  CONSTRAINT webhook_delivery_state CHECK (state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text, 'not_sent'::text])),
  CONSTRAINT webhook_delivery_test CHECK ((type = 'webhook.test'::text) = ("position" IS NULL)),
  CONSTRAINT webhook_delivery_waiting CHECK ((state = 'waiting'::text) = (due_at IS NOT NULL) AND (state = 'waiting'::text) = (settled_at IS NULL))
);
CREATE INDEX webhook_delivery_log_idx ON webhook_delivery USING btree (endpoint_id, made_at, id);
CREATE INDEX webhook_delivery_settled_idx ON webhook_delivery USING btree (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX webhook_delivery_waiting_idx ON webhook_delivery USING btree (endpoint_id, due_at) WHERE state = 'waiting'::text;
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON webhook_delivery TO mash_agency USING ((EXISTS ( SELECT
   FROM webhook_endpoint e
  WHERE (e.id = webhook_delivery.endpoint_id)))) WITH CHECK (true);
CREATE POLICY staff ON webhook_delivery TO mash_staff USING (true) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON webhook_delivery TO mash_agency;
GRANT SELECT ON webhook_delivery TO mash_staff;

CREATE TABLE webhook_endpoint (
  id uuid NOT NULL,
  agency_id uuid NOT NULL,
  client_id uuid NOT NULL,
  address text NOT NULL,
  added_at timestamp with time zone NOT NULL,
  secret bytea,
  old_secret bytea,
  old_secret_until timestamp with time zone,
  told_to bigint NOT NULL,
  failures integer NOT NULL,
  failing_since timestamp with time zone,
  rests_until timestamp with time zone,
  off_since timestamp with time zone,
  off_because text,
  removed_at timestamp with time zone,
  CONSTRAINT webhook_endpoint_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_endpoint_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency(id),
  CONSTRAINT webhook_endpoint_client_id_fkey FOREIGN KEY (client_id) REFERENCES agency_client(id),
  CONSTRAINT webhook_endpoint_failing CHECK ((failures = 0) = (failing_since IS NULL)),
  CONSTRAINT webhook_endpoint_off CHECK ((off_since IS NULL) = (off_because IS NULL)),
  CONSTRAINT webhook_endpoint_off_because CHECK (off_because = ANY (ARRAY['failing'::text, 'gone'::text])),
  CONSTRAINT webhook_endpoint_old_secret CHECK ((old_secret IS NULL) = (old_secret_until IS NULL)),
  CONSTRAINT webhook_endpoint_secret CHECK ((removed_at IS NULL) = (secret IS NOT NULL))
);
CREATE UNIQUE INDEX webhook_endpoint_address_idx ON webhook_endpoint USING btree (agency_id, address) WHERE removed_at IS NULL;
CREATE INDEX webhook_endpoint_agency_idx ON webhook_endpoint USING btree (agency_id);
ALTER TABLE webhook_endpoint ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency ON webhook_endpoint TO mash_agency USING ((agency_id = mash.acting())) WITH CHECK (true);
CREATE POLICY staff ON webhook_endpoint TO mash_staff USING (true) WITH CHECK (true);
GRANT UPDATE, SELECT, INSERT ON webhook_endpoint TO mash_agency;
GRANT SELECT ON webhook_endpoint TO mash_staff;

CREATE TABLE weekly_summary (
  week date NOT NULL,
  as_of timestamp with time zone NOT NULL,
  figures jsonb NOT NULL,
  CONSTRAINT weekly_summary_pkey PRIMARY KEY (week),
  CONSTRAINT weekly_summary_monday CHECK (EXTRACT(isodow FROM week) = 1::numeric)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON weekly_summary FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
GRANT SELECT ON weekly_summary TO mash_staff;
