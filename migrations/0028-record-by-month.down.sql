LOCK TABLE public.audit_entry IN ACCESS EXCLUSIVE MODE;
CREATE TABLE audit.audit_entry (
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL CONSTRAINT audit_entry_actor_kind CHECK (actor_kind IN ('agency', 'staff', 'service')),
  actor_id uuid,
  act text NOT NULL,
  referral_id uuid,
  details jsonb NOT NULL,
  request_id text,
  CONSTRAINT audit_entry_actor CHECK ((actor_kind = 'service') = (actor_id IS NULL))
);
INSERT INTO audit.audit_entry SELECT id, at, actor_kind, actor_id, act, referral_id, details, request_id
FROM public.audit_entry;

ALTER TABLE audit.audit_entry ADD PRIMARY KEY (id);
CREATE INDEX audit_entry_referral_idx ON audit.audit_entry (referral_id, at);
CREATE INDEX audit_entry_person_idx ON audit.audit_entry (actor_id, act, at, id) WHERE actor_kind = 'staff';
CREATE INDEX audit_entry_act_idx ON audit.audit_entry (act, at, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

DO $$
DECLARE
  before record;
  after record;
  given record;
BEGIN
  SELECT count(*) AS entries, coalesce(sum(hashtextextended(e::text, 0)::numeric), 0) AS hash INTO before
    FROM public.audit_entry e;
  SELECT count(*) AS entries, coalesce(sum(hashtextextended(e::text, 0)::numeric), 0) AS hash INTO after
    FROM audit.audit_entry e;
  IF before IS DISTINCT FROM after THEN
    RAISE EXCEPTION 'the record differs from the record by month: % entries of %, hash % and %',
      after.entries, before.entries, after.hash, before.hash;
  END IF;
  FOR given IN SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS role, privilege_type
    FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'public.audit_entry'::regclass AND grantee <> relowner LOOP
    EXECUTE format('GRANT %s ON audit.audit_entry TO %s', given.privilege_type, given.role);
  END LOOP;
END $$;

DROP TABLE public.audit_entry;
ALTER TABLE audit.audit_entry SET SCHEMA public;
DROP FUNCTION mash.make_record_month(date);
DROP SCHEMA audit;
