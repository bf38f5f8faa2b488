-- Advice that led to no referral is proposed and destroyed as a referral is. What belongs to a record is found by an index.

-- A line is about a referral or about advice. No key leads to either: the line stays when what it is about is gone.
ALTER TABLE destruction_proposal ALTER COLUMN referral_id DROP NOT NULL, ALTER COLUMN reference DROP NOT NULL,
  ADD COLUMN consultation_id uuid, ADD COLUMN given_on date;
ALTER TABLE destruction_proposal
  ADD CONSTRAINT destruction_proposal_of CHECK (num_nonnulls(referral_id, consultation_id) = 1
    AND (referral_id IS NULL) = (reference IS NULL) AND (consultation_id IS NULL) = (given_on IS NULL));
CREATE UNIQUE INDEX destruction_proposal_open_advice_idx ON destruction_proposal (consultation_id)
  WHERE settled_at IS NULL AND consultation_id IS NOT NULL;
CREATE INDEX destruction_proposal_consultation_idx ON destruction_proposal (consultation_id) WHERE consultation_id IS NOT NULL;
DROP TRIGGER proposed_once ON destruction_proposal;
CREATE TRIGGER proposed_once BEFORE UPDATE OF id, referral_id, reference, consultation_id, given_on, rule, kept_until, looks_first,
  schedule_version, proposed_at ON destruction_proposal FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER POLICY staff ON destruction_proposal USING ((SELECT mash.sees_children())
  AND (referral_id IN (SELECT mash.hidden_from(mash.acting()))) IS NOT TRUE
  AND (consultation_id IN (SELECT mash.advice_hidden_from(mash.acting()))) IS NOT TRUE);

-- What belongs to a record by a key and had no index that begins with it. With a null there is nothing to look for.
CREATE INDEX attachment_part_referral_fkey_idx ON attachment_part (referral_id);
CREATE INDEX consultation_end_consultation_fkey_idx ON consultation_end (consultation_id);
CREATE INDEX delivery_feedback_fkey_idx ON delivery (feedback_id) WHERE feedback_id IS NOT NULL;
CREATE INDEX delivery_referral_fkey_idx ON delivery (referral_id) WHERE referral_id IS NOT NULL;
CREATE INDEX edge_of_care_event_decision_fkey_idx ON edge_of_care_event (decision_id);
CREATE INDEX edge_of_care_plan_decision_fkey_idx ON edge_of_care_plan (decision_id);
CREATE INDEX feedback_decision_fkey_idx ON feedback (decision_id);
CREATE INDEX glass_broken_referral_fkey_idx ON glass_broken (referral_id);
CREATE INDEX handover_referral_referral_fkey_idx ON handover_referral (referral_id);
CREATE INDEX information_answer_came_after_fkey_idx ON information_answer (came_after) WHERE came_after IS NOT NULL;
CREATE INDEX information_request_child_child_fkey_idx ON information_request_child (referral_id, "position");
CREATE INDEX name_word_referral_fkey_idx ON name_word (referral_id);
CREATE INDEX response_time_decision_fkey_idx ON response_time (decision_id);
CREATE INDEX restriction_bar_restriction_fkey_idx ON restriction_bar (restriction_id);
CREATE INDEX restriction_grant_opening_fkey_idx ON restriction_grant (opening_id) WHERE opening_id IS NOT NULL;
CREATE INDEX route_decision_fkey_idx ON route (decision_id);
CREATE INDEX same_incident_one_fkey_idx ON same_incident (one_id);
CREATE INDEX sample_grade_reading_fkey_idx ON sample_grade (reading_id);
CREATE INDEX sample_item_decision_fkey_idx ON sample_item (decision_id);
CREATE INDEX strategy_discussion_referral_fkey_idx ON strategy_discussion (referral_id);
CREATE INDEX supervision_note_challenge_fkey_idx ON supervision_note (challenge_id) WHERE challenge_id IS NOT NULL;
CREATE INDEX supervision_note_referral_fkey_idx ON supervision_note (referral_id) WHERE referral_id IS NOT NULL;
CREATE INDEX supervision_note_sample_item_fkey_idx ON supervision_note (sample_item_id) WHERE sample_item_id IS NOT NULL;
-- What names it without a key.
CREATE INDEX deadline_subject_idx ON deadline (subject text_pattern_ops) WHERE subject IS NOT NULL;
CREATE INDEX sent_form_about_idx ON sent_form (about) WHERE about IS NOT NULL;
CREATE INDEX job_referral_idx ON job ((payload->>'referralId')) WHERE payload->>'referralId' IS NOT NULL;
-- What is not of an alert is deleted after a while.
CREATE INDEX delivery_not_alert_idx ON delivery (next_attempt_at) WHERE purpose <> 'alert';

-- Deletes rows of a table, and before them every row of another table that belongs to them by a foreign key. A referral is never
-- deleted because a row of another leads to it. Most tables have none, and what belongs to none is not looked for.
-- (SECURITY INVOKER, as all it does is the owner's to do.)
CREATE OR REPLACE FUNCTION mash.destroy_rows(target regclass, condition text) RETURNS jsonb LANGUAGE plpgsql AS $$
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
END $$;

-- Destroys advice with all that belongs to it, and the clock that waited for a referral. The record keeps its entries: they hold
-- ids and codes. Returns how many rows of each table are gone.
CREATE FUNCTION mash.destroy_advice(destroyed uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
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
END $$;

-- Destroys a referral with all that belongs to it, and what names it without a key. The record keeps its entries: they hold ids
-- and codes. A form whose answer named it was sent by an act on it, and forms are kept for 30 days. Returns how many rows of each
-- table are gone.
CREATE OR REPLACE FUNCTION mash.destroy_referral(destroyed uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
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
END $$;
