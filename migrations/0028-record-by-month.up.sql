-- The record is kept by month, in partitions of the schema "audit". Each entry is copied, and counted and compared before
-- the old table goes: the migration fails, and changes nothing, when an entry is missing or other than it was.
CREATE SCHEMA audit;
ALTER TABLE audit_entry SET SCHEMA audit;

CREATE TABLE public.audit_entry (
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL CONSTRAINT audit_entry_actor_kind CHECK (actor_kind IN ('agency', 'staff', 'service')),
  actor_id uuid,
  act text NOT NULL,
  referral_id uuid,
  details jsonb NOT NULL,
  request_id text,
  CONSTRAINT audit_entry_actor CHECK ((actor_kind = 'service') = (actor_id IS NULL))
) PARTITION BY RANGE (at);

-- Takes every entry of an instant whose month was not made: no entry is ever refused for want of a partition.
CREATE TABLE audit.entry_other PARTITION OF public.audit_entry DEFAULT;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry_other
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- Makes the partition of a month by UTC, such as audit.entry_2026_11, unless it is there. Entries of the month that came
-- before their partition are moved into it. Entries are written and read meanwhile; it waits a second at the most for
-- those who read, and fails after that. PostgreSQL gives a partition the indexes of its table, and no statement triggers.
CREATE FUNCTION mash.make_record_month(month date) RETURNS void LANGUAGE plpgsql SET lock_timeout = '1s' AS $$
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
END $$;

-- Every month that has entries, the present one and the three that follow.
SELECT mash.make_record_month(month) FROM (
  SELECT date_trunc('month', at AT TIME ZONE 'UTC')::date AS month FROM audit.audit_entry GROUP BY 1
  UNION
  SELECT (date_trunc('month', mash.now() AT TIME ZONE 'UTC') + make_interval(months => n))::date
  FROM generate_series(0, 3) n
) needed ORDER BY month;

INSERT INTO public.audit_entry (id, at, actor_kind, actor_id, act, referral_id, details, request_id)
SELECT id, at, actor_kind, actor_id, act, referral_id, details, request_id FROM audit.audit_entry;

ALTER TABLE public.audit_entry ADD PRIMARY KEY (at, id);
CREATE INDEX audit_entry_referral_idx ON public.audit_entry (referral_id, at);
CREATE INDEX audit_entry_person_idx ON public.audit_entry (actor_id, act, at, id) WHERE actor_kind = 'staff';
CREATE INDEX audit_entry_act_idx ON public.audit_entry (act, at, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

DO $$
DECLARE
  before record;
  after record;
  given record;
BEGIN
  SELECT count(*) AS entries, coalesce(sum(hashtextextended(e::text, 0)::numeric), 0) AS hash INTO before
    FROM audit.audit_entry e;
  SELECT count(*) AS entries, coalesce(sum(hashtextextended(e::text, 0)::numeric), 0) AS hash INTO after
    FROM public.audit_entry e;
  IF before IS DISTINCT FROM after THEN
    RAISE EXCEPTION 'the record by month differs from the record: % entries of %, hash % and %',
      after.entries, before.entries, after.hash, before.hash;
  END IF;
  -- What an operator has granted to other roles, such as one that only reads, they keep.
  FOR given IN SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS role, privilege_type
    FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = 'audit.audit_entry'::regclass AND grantee <> relowner LOOP
    EXECUTE format('GRANT %s ON public.audit_entry TO %s', given.privilege_type, given.role);
  END LOOP;
END $$;

DROP TABLE audit.audit_entry;
