-- The second wall holds each table with words about a child, and each role of the database has the rights that its acts need and
-- no others. A table that comes later has none until its migration gives them.

-- A row without a referral is about no child. (Of NULL, NOT IN says neither yes nor no, and the row would be hidden.)
CREATE OR REPLACE FUNCTION mash.wall(walled regclass, VARIADIC columns name[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY staff ON %s TO mash_staff USING ((SELECT mash.sees_children()) AND %s) WITH CHECK (true)',
    walled, (SELECT string_agg(format('(%I IN (SELECT mash.hidden_from(mash.acting()))) IS NOT TRUE', c), ' AND ')
      FROM unnest(columns) c));
END $$;

-- Walls a table whose rows belong to a row of another: a row shows where that one shows.
CREATE FUNCTION mash.wall_beside(walled regclass, own name, other regclass, key name DEFAULT 'id') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY beside ON %s TO mash_staff, mash_agency USING (EXISTS (SELECT FROM %s other WHERE other.%I = %s.%I))
    WITH CHECK (true)', walled, other, key, walled, own);
END $$;

SELECT mash.wall('decision', 'referral_id'), mash.wall('rating', 'referral_id'), mash.wall('feedback', 'referral_id'),
  mash.wall('information_request', 'referral_id'), mash.wall('route', 'referral_id'), mash.wall('challenge', 'referral_id'),
  mash.wall('strategy_discussion', 'referral_id'), mash.wall('sample_item', 'referral_id');
-- A note of supervision is about a referral, a challenge, an item of a sample, or none of them.
ALTER TABLE supervision_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON supervision_note TO mash_staff USING ((SELECT mash.sees_children())
  AND (referral_id IN (SELECT mash.hidden_from(mash.acting()))) IS NOT TRUE
  AND (challenge_id IS NULL OR EXISTS (SELECT FROM challenge c WHERE c.id = challenge_id))
  AND (sample_item_id IS NULL OR EXISTS (SELECT FROM sample_item i WHERE i.id = sample_item_id))) WITH CHECK (true);
SELECT mash.wall_beside('decision_child', 'decision_id', 'decision'), mash.wall_beside('sign_off', 'decision_id', 'decision'),
  mash.wall_beside('route_choice', 'decision_id', 'decision'), mash.wall_beside('feedback_act', 'feedback_id', 'feedback'),
  mash.wall_beside('information_request_child', 'request_id', 'information_request'),
  mash.wall_beside('information_answer', 'request_id', 'information_request'),
  mash.wall_beside('information_chase', 'request_id', 'information_request'),
  mash.wall_beside('late_answer_reading', 'answer_id', 'information_answer'),
  mash.wall_beside('challenge_answer', 'challenge_id', 'challenge'),
  mash.wall_beside('challenge_reply', 'answer_id', 'challenge_answer'),
  mash.wall_beside('addition_reading', 'addition_id', 'referral_addition'),
  mash.wall_beside('consultation_end', 'consultation_id', 'consultation'),
  mash.wall_beside('discussion_agency', 'discussion_id', 'strategy_discussion'),
  mash.wall_beside('discussion_call', 'discussion_id', 'strategy_discussion'),
  mash.wall_beside('discussion_participant', 'discussion_id', 'strategy_discussion'),
  mash.wall_beside('discussion_record', 'discussion_id', 'strategy_discussion'),
  mash.wall_beside('conference', 'discussion_id', 'strategy_discussion'),
  mash.wall_beside('conference_record', 'discussion_id', 'strategy_discussion'),
  mash.wall_beside('supervision_action', 'note_id', 'supervision_note'),
  mash.wall_beside('supervision_action_done', 'action_id', 'supervision_action'),
  mash.wall_beside('sample_blind_reading', 'item_id', 'sample_item'),
  mash.wall_beside('sample_grade', 'reading_id', 'sample_blind_reading'),
  mash.wall_beside('sample_criterion', 'grade_id', 'sample_grade');

-- What an agency reads of these: about its own referrals, and about what it is asked.
CREATE POLICY agency ON decision TO mash_agency USING (mash.is_of_agency(referral_id));
CREATE POLICY agency ON feedback TO mash_agency
  USING (EXISTS (SELECT FROM referral r WHERE r.id = referral_id AND r.agency_id = mash.acting()));
CREATE POLICY agency ON information_request TO mash_agency USING (agency_id = mash.acting());
CREATE POLICY asked ON information_request TO mash_staff USING (referral_id IN (SELECT mash.asked_of_partner()));

-- Clocks and times say nothing of a child, and each person of the hub may count them. An agency reads its own.
CREATE FUNCTION mash.wall_of_agencies(walled regclass, condition text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY staff ON %s TO mash_staff USING (true) WITH CHECK (true)', walled);
  EXECUTE format('CREATE POLICY agency ON %s TO mash_agency USING (%s) WITH CHECK (true)', walled, condition);
END $$;
SELECT mash.wall_of_agencies('response_time', 'mash.is_of_agency(referral_id)'),
  mash.wall_of_agencies('agency_event', 'agency_id = mash.acting()'),
  mash.wall_of_agencies('agency_client', 'agency_id = mash.acting()'),
  mash.wall_of_agencies('webhook_endpoint', 'agency_id = mash.acting()'),
  mash.wall_of_agencies('webhook_delivery', 'EXISTS (SELECT FROM webhook_endpoint e WHERE e.id = endpoint_id)'),
  mash.wall_of_agencies('webhook_attempt', 'EXISTS (SELECT FROM webhook_delivery d WHERE d.id = delivery_id)'),
  -- The subject of a clock begins with the reference of its referral, and an agency sees its own and those that it is asked about.
  mash.wall_of_agencies('deadline',
    'agency_id = mash.acting() OR EXISTS (SELECT FROM referral r WHERE r.reference = split_part(subject, '' '', 1))'),
  mash.wall_of_agencies('deadline_step', 'EXISTS (SELECT FROM deadline d WHERE d.id = deadline_id)'),
  mash.wall_of_agencies('alert', 'EXISTS (SELECT FROM deadline d WHERE d.id = deadline_id)'),
  mash.wall_of_agencies('job', 'EXISTS (SELECT FROM webhook_endpoint e WHERE e.id::text = payload->>''endpointId'')'),
  mash.wall_of_agencies('undoing', 'EXISTS (SELECT FROM decision d WHERE d.id = decision_id)'),
  mash.wall_of_agencies('decided_without', 'EXISTS (SELECT FROM information_request q WHERE q.id = request_id)');

-- The lanes of the record are the record's own: no role touches them but by an entry.
ALTER FUNCTION mash.chain_entry() SECURITY DEFINER SET search_path = public, pg_temp;

ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM mash_staff, mash_agency;
DO $$
BEGIN
  -- The columns of which a role has only some have their rights already.
  EXECUTE (SELECT format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON %s FROM mash_staff, mash_agency',
    string_agg(oid::regclass::text, ', ')) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p'));
  EXECUTE (SELECT format('REVOKE SELECT ON %s FROM mash_staff, mash_agency', string_agg(oid::regclass::text, ', '))
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND oid NOT IN ('referral'::regclass, 'restriction'::regclass));
END $$;

-- People of the hub read, and add.
GRANT SELECT ON alert, attachment, attachment_part, child_candidate, day_close, earlier_referral, evidence_part, family_key,
  handover_referral, month_figure, name_folding, recomputation, record_checkpoint, record_verification, referral_addition, referral_fact,
  referral_flag, referral_incident, sample, sample_item, webhook_attempt, webhook_delivery, webhook_endpoint, agency_event,
  idempotency_key, weekly_summary, watchdog_round TO mash_staff;
GRANT SELECT, INSERT ON acknowledgement, addition_reading, audit_entry, audit_opening, baseline, calendar_version, case_check,
  challenge, challenge_answer, challenge_reply, child_views, claim_note, conference, conference_record, consultation,
  consultation_child, consultation_end, council_version, decided_without, decision, decision_child, discussion_agency,
  discussion_call, discussion_participant, discussion_record, edge_of_care_event, edge_of_care_plan, evidence_pack,
  feedback_act, flag_clearing, glass_broken, glass_review, handover_note, information_answer, information_chase,
  information_request_child, late_answer_reading, locality_version, name_word, person_name, policy_version, rating,
  referral_adult, referral_child, referral_note, response_time, restricted_child, restricted_referral, rota_cover, rota_shift,
  route_choice, sample_blind_reading, sample_criterion, sample_grade, sent_form, sign_off, supervision_action,
  supervision_action_done, supervision_note, undoing TO mash_staff;
GRANT INSERT ON family_key, idempotency_key, restriction TO mash_staff;
-- They change how a thing stands, where it is not for ever as it was said.
GRANT SELECT, INSERT, UPDATE ON absence, agency, agency_client, child_judgement, client_invitation, client_key, client_key_set,
  deadline, deadline_step, delivery, feedback, handover, information_request, job, looking, restriction_bar,
  preference, restriction_grant, role_mapping, rota_cover, rota_shift, route, staff_member, strategy_discussion TO mash_staff;
GRANT INSERT, UPDATE ON referral TO mash_staff;
GRANT UPDATE ON restriction TO mash_staff;
GRANT SELECT, UPDATE ON access_token TO mash_staff;
GRANT SELECT, INSERT, UPDATE, DELETE ON draft, saved_filter TO mash_staff;
GRANT SELECT, DELETE ON absence, client_key_set, looking, provider_grant, role_mapping, rota_cover, rota_shift, session
  TO mash_staff;
-- Which referrals report one incident is counted also where a person may not open one, or a decision would stand with nothing to follow.
GRANT SELECT (id, one_id, other_id, said_by, said_at, ended_by, ended_at), INSERT, UPDATE ON same_incident TO mash_staff;
-- To lock a row takes a right to change it, which a trigger refuses.
GRANT UPDATE (id) ON challenge, consultation, sample_item, supervision_action TO mash_staff;

-- Agencies act through fewer.
GRANT SELECT ON agency, alert, calendar_version, client_key_set, council_version, decided_without, feedback, feedback_act, information_chase,
  information_request, information_request_child, late_answer_reading, policy_version, referral_adult, referral_child,
  response_time, undoing, webhook_attempt TO mash_agency;
GRANT SELECT (id, referral_id, outcome, decided_by, decided_at) ON decision TO mash_agency;
GRANT SELECT (decision_id, result) ON sign_off TO mash_agency;
GRANT SELECT (id, name, email, role, agency_id, is_active) ON staff_member TO mash_agency;
GRANT SELECT, INSERT ON information_answer, referral_addition, sent_form TO mash_agency;
GRANT SELECT, INSERT, DELETE ON access_token, agency_event, used_assertion TO mash_agency;
GRANT SELECT, INSERT, UPDATE ON attachment, deadline, deadline_step, job, webhook_delivery, webhook_endpoint TO mash_agency;
GRANT SELECT, INSERT, UPDATE, DELETE ON attachment_part, draft TO mash_agency;
GRANT SELECT ON agency_client TO mash_agency;
GRANT SELECT, UPDATE ON client_key TO mash_agency;
GRANT UPDATE ON referral TO mash_agency;
GRANT UPDATE (id) ON agency, agency_client TO mash_agency;
GRANT INSERT ON audit_entry TO mash_agency;
