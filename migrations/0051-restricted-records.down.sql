DROP TRIGGER cover ON child_judgement;
DROP TRIGGER cover ON referral_child;
DROP FUNCTION mash.cover_as_joined();
DROP FUNCTION mash.cover_as_it_comes();
DROP FUNCTION mash.cover(uuid);
DO $$
DECLARE
  policy record;
BEGIN
  FOR policy IN SELECT polname, polrelid::regclass AS walled FROM pg_policy LOOP
    EXECUTE format('DROP POLICY %I ON %s', policy.polname, policy.walled);
    EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', policy.walled);
  END LOOP;
END $$;
DROP FUNCTION mash.wall(regclass, name[]);
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM mash_staff, mash_agency;
-- The roles themselves stay: another database of the same server may use them.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM mash_staff, mash_agency;
REVOKE ALL ON audit.entry_other FROM mash_staff;
REVOKE USAGE ON SCHEMA mash, audit FROM mash_staff, mash_agency;
DROP FUNCTION mash.submitted(uuid);
DROP FUNCTION mash.may_read(uuid);
DROP FUNCTION mash.is_of_agency(uuid);
DROP FUNCTION mash.asked_of_partner();
DROP FUNCTION mash.sees_children();
DROP FUNCTION mash.hidden_from(uuid);
DROP FUNCTION mash.acting();

DELETE FROM alert WHERE deadline_id IN (SELECT id FROM deadline WHERE kind = 'glass_broken') AND told = '{}';
DELETE FROM deadline_step WHERE deadline_id IN (SELECT id FROM deadline WHERE kind = 'glass_broken');
DELETE FROM deadline WHERE kind = 'glass_broken';
ALTER TABLE deadline DROP CONSTRAINT deadline_kind;
ALTER TABLE deadline ADD CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim', 'rota_gap', 'contact_failed',
  'undelivered', 'handover', 'challenge', 'supervision_action', 'canary', 'information_request', 'late_answer',
  'strategy_discussion', 'conference', 'route_answer', 'first_response', 'feedback', 'referral_advised',
  'third_contact'));

DROP TABLE glass_review;
DROP TABLE restriction_bar;
DROP TABLE restriction_grant;
DROP TABLE glass_broken;
DROP TABLE restricted_child;
DROP TABLE restricted_referral;
DROP TABLE restriction;
