-- An address as a key: the numbers of its lines and the first word of the street or the house, with its postcode. The rest
-- of the street and the town are written in too many ways. Null for what is no home, and without a postcode.
CREATE FUNCTION mash.home_key(address jsonb) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
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
$$;

-- What a referral says of a person by which others of the family are found in other referrals.
CREATE TABLE family_key (
  referral_id uuid NOT NULL CONSTRAINT family_key_referral_id_fkey REFERENCES referral (id),
  kind text NOT NULL CONSTRAINT family_key_kind CHECK (kind IN ('child', 'adult')),
  position smallint NOT NULL,
  sort text NOT NULL CONSTRAINT family_key_sort CHECK (sort IN ('home', 'uprn', 'adult', 'phone')),
  key text NOT NULL,
  CONSTRAINT family_key_pkey PRIMARY KEY (referral_id, kind, position, sort)
);
CREATE INDEX family_key_key_idx ON family_key (key, sort);

CREATE FUNCTION mash.family_keys(submitted jsonb) RETURNS TABLE (sort text, key text) LANGUAGE sql STABLE AS $$
  SELECT sort, key FROM (VALUES
    ('home', mash.home_key(submitted->'address')),
    ('uprn', CASE WHEN coalesce(submitted->'address'->>'noFixedAbode', 'false') <> 'true'
      THEN ltrim(submitted->'address'->>'uprn', '0') END),
    ('adult', CASE WHEN submitted ? 'relationship' THEN mash.name_key(
      regexp_replace(mash.fold(submitted->>'name'), '^(mr|mrs|ms|miss|mx|dr) ', '')) || ' ' || (submitted->>'dateOfBirth') END),
    ('phone', CASE WHEN submitted ? 'relationship' THEN regexp_replace(submitted->>'phone', '[^0-9+]', '', 'g') END)
  ) keys (sort, key) WHERE key <> ''
$$;

CREATE FUNCTION mash.keep_family() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO family_key (referral_id, kind, position, sort, key)
  SELECT referral_id, TG_ARGV[0], position, sort, key FROM people, mash.family_keys(submitted) keys;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_family AFTER INSERT ON referral_child
  REFERENCING NEW TABLE AS people FOR EACH STATEMENT EXECUTE FUNCTION mash.keep_family('child');
CREATE TRIGGER keep_family AFTER INSERT ON referral_adult
  REFERENCING NEW TABLE AS people FOR EACH STATEMENT EXECUTE FUNCTION mash.keep_family('adult');

INSERT INTO family_key (referral_id, kind, position, sort, key)
SELECT referral_id, 'child', position, sort, key FROM referral_child, mash.family_keys(submitted) keys
UNION ALL
SELECT referral_id, 'adult', position, sort, key FROM referral_adult, mash.family_keys(submitted) keys;
ANALYZE family_key;

-- What a decision on several children says of each. None where it was not asked: then it is the same for all.
CREATE TABLE decision_child (
  decision_id uuid NOT NULL CONSTRAINT decision_child_decision_id_fkey REFERENCES decision (id),
  position smallint NOT NULL,
  included boolean NOT NULL,
  -- Why the child is left out.
  reason text,
  -- Another outcome than that of the decision, for this child.
  outcome text,
  threshold_level smallint,
  CONSTRAINT decision_child_pkey PRIMARY KEY (decision_id, position),
  CONSTRAINT decision_child_reason CHECK (included = (reason IS NULL)),
  CONSTRAINT decision_child_other CHECK ((outcome IS NULL) = (threshold_level IS NULL) AND (included OR outcome IS NULL)),
  CONSTRAINT decision_child_outcome CHECK (outcome IN ('immediate_protection', 'strategy_discussion',
    'child_and_family_assessment', 'edge_of_care', 'early_help', 'advice_and_signposting', 'to_allocated_worker',
    'transfer_to_other_authority', 'refer_to_lado', 'returned_to_referrer', 'no_further_action')),
  CONSTRAINT decision_child_threshold_level CHECK (threshold_level BETWEEN 1 AND 4)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON decision_child
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
