ALTER FUNCTION mash.chain_entry() SECURITY INVOKER RESET search_path;
DO $$
DECLARE
  walled regclass;
BEGIN
  FOREACH walled IN ARRAY ARRAY['decision', 'rating', 'feedback', 'information_request', 'route', 'challenge',
    'strategy_discussion', 'supervision_note', 'sample_item', 'decision_child', 'sign_off', 'route_choice',
    'feedback_act', 'information_request_child', 'information_answer', 'information_chase', 'late_answer_reading',
    'challenge_answer', 'challenge_reply', 'addition_reading', 'consultation_end', 'discussion_agency', 'discussion_call',
    'discussion_participant', 'discussion_record', 'conference', 'conference_record', 'supervision_action',
    'supervision_action_done', 'sample_grade', 'sample_blind_reading', 'sample_criterion', 'response_time', 'agency_event',
    'agency_client', 'webhook_endpoint', 'webhook_delivery', 'webhook_attempt',
    'deadline', 'deadline_step', 'alert', 'job', 'undoing', 'decided_without']::regclass[] LOOP
    EXECUTE (SELECT string_agg(format('DROP POLICY %I ON %s', polname, walled), '; ') FROM pg_policy WHERE polrelid = walled);
    EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', walled);
  END LOOP;
END $$;
DROP FUNCTION mash.wall_of_agencies(regclass, text);
DROP FUNCTION mash.wall_beside(regclass, name, regclass, name);
CREATE OR REPLACE FUNCTION mash.wall(walled regclass, VARIADIC columns name[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY staff ON %s TO mash_staff USING ((SELECT mash.sees_children()) AND %s) WITH CHECK (true)',
    walled, (SELECT string_agg(format('%I NOT IN (SELECT mash.hidden_from(mash.acting()))', c), ' AND ')
      FROM unnest(columns) c));
END $$;
REVOKE SELECT (id, one_id, other_id, said_by, said_at, ended_by, ended_at) ON same_incident FROM mash_staff;
REVOKE UPDATE (id) ON agency, agency_client FROM mash_agency;
REVOKE UPDATE (id) ON challenge, consultation, sample_item, supervision_action FROM mash_staff;
REVOKE SELECT (id, referral_id, outcome, decided_by, decided_at) ON decision FROM mash_agency;
REVOKE SELECT (decision_id, result) ON sign_off FROM mash_agency;
REVOKE SELECT (id, name, email, role, agency_id, is_active) ON staff_member FROM mash_agency;
DO $$
BEGIN
  -- What 0051 and 0065 gave.
  EXECUTE (SELECT format('GRANT INSERT, UPDATE, DELETE ON %s TO mash_staff, mash_agency', string_agg(oid::regclass::text, ', '))
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p'));
  EXECUTE (SELECT format('GRANT SELECT ON %s TO mash_staff, mash_agency', string_agg(oid::regclass::text, ', '))
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND oid NOT IN ('referral'::regclass, 'restriction'::regclass));
END $$;
REVOKE ALL ON restriction, restriction_grant, restriction_bar, restricted_child, restricted_referral, glass_broken, glass_review,
  supervision_note, supervision_action, supervision_action_done, challenge, challenge_answer, challenge_reply,
  sample, sample_item, sample_grade, session, provider_grant, referral_note, claim_note, child_judgement, child_candidate,
  case_check, child_views, audit_opening FROM mash_agency;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO mash_staff, mash_agency;
