-- Destroys a referral with all that belongs to it, and what names it without a key. The record keeps its entries: they hold ids
-- and codes. Returns how many rows of each table are gone.
CREATE OR REPLACE FUNCTION mash.destroy_referral(destroyed uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
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

DROP FUNCTION mash.destroy_advice(uuid);
-- Deletes rows of a table, and before them every row of another table that belongs to them by a foreign key. A referral is never
-- deleted because a row of another leads to it. (SECURITY INVOKER, as all it does is the owner's to do.)
CREATE OR REPLACE FUNCTION mash.destroy_rows(target regclass, condition text) RETURNS jsonb LANGUAGE plpgsql AS $$
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

DROP INDEX attachment_part_referral_fkey_idx, consultation_end_consultation_fkey_idx, delivery_feedback_fkey_idx, delivery_referral_fkey_idx, edge_of_care_event_decision_fkey_idx, edge_of_care_plan_decision_fkey_idx, feedback_decision_fkey_idx, glass_broken_referral_fkey_idx, handover_referral_referral_fkey_idx, information_answer_came_after_fkey_idx, information_request_child_child_fkey_idx, name_word_referral_fkey_idx, response_time_decision_fkey_idx, restriction_bar_restriction_fkey_idx, restriction_grant_opening_fkey_idx, route_decision_fkey_idx, same_incident_one_fkey_idx, sample_grade_reading_fkey_idx, sample_item_decision_fkey_idx, strategy_discussion_referral_fkey_idx, supervision_note_challenge_fkey_idx, supervision_note_referral_fkey_idx, supervision_note_sample_item_fkey_idx, deadline_subject_idx, sent_form_about_idx, job_referral_idx, delivery_not_alert_idx;
SELECT set_config('mash.destroying', 'on', true);
DELETE FROM destruction_proposal WHERE consultation_id IS NOT NULL;
SELECT set_config('mash.destroying', '', true);
ALTER POLICY staff ON destruction_proposal USING ((SELECT mash.sees_children())
  AND (referral_id IN (SELECT mash.hidden_from(mash.acting()))) IS NOT TRUE);
DROP TRIGGER proposed_once ON destruction_proposal;
CREATE TRIGGER proposed_once BEFORE UPDATE OF id, referral_id, reference, rule, kept_until, looks_first, schedule_version, proposed_at ON destruction_proposal
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE destruction_proposal DROP COLUMN consultation_id, DROP COLUMN given_on;
ALTER TABLE destruction_proposal ALTER COLUMN referral_id SET NOT NULL, ALTER COLUMN reference SET NOT NULL;
