-- Each entry of the record gets a place in a chain: a lane, its number there, and a hash of the entry before it and of its
-- own columns. There are 128 lanes, more than a hub has connections, so that no act waits for the place of another.
CREATE TABLE record_lane (
  lane smallint NOT NULL CONSTRAINT record_lane_number CHECK (lane BETWEEN 0 AND 127),
  seq bigint NOT NULL CONSTRAINT record_lane_seq CHECK (seq >= 0),
  hash bytea NOT NULL CONSTRAINT record_lane_hash CHECK (octet_length(hash) = 32),
  CONSTRAINT record_lane_pkey PRIMARY KEY (lane)
) WITH (fillfactor = 10);
INSERT INTO record_lane SELECT n, 0, decode(repeat('00', 32), 'hex') FROM generate_series(0, 127) n;

-- The hash of an entry. Each column stands as its length in bytes, a colon and PostgreSQL's text of it; a null as "-". An
-- instant is whole microseconds since 1970. libs/audit/src/chain/link.ts computes the same without the database.
CREATE FUNCTION mash.entry_hash(previous bytea, lane smallint, seq bigint, id uuid, at timestamptz, actor_kind text,
  actor_id uuid, act text, referral_id uuid, details jsonb, request_id text) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(previous || convert_to(
    length(lane::text) || ':' || lane || length(seq::text) || ':' || seq || '36:' || id
    || length((extract(epoch FROM at) * 1000000)::bigint::text) || ':' || (extract(epoch FROM at) * 1000000)::bigint
    || octet_length(actor_kind) || ':' || actor_kind || coalesce('36:' || actor_id, '-') || octet_length(act) || ':' || act
    || coalesce('36:' || referral_id, '-') || octet_length(details::text) || ':' || details
    || coalesce(octet_length(request_id) || ':' || request_id, '-'), 'UTF8'))
$$;

-- As a window function it gives each entry of a lane its hash, in one pass.
CREATE AGGREGATE mash.chain(smallint, bigint, uuid, timestamptz, text, uuid, text, uuid, jsonb, text) (
  SFUNC = mash.entry_hash, STYPE = bytea,
  INITCOND = '\x0000000000000000000000000000000000000000000000000000000000000000');

ALTER TABLE audit_entry ADD COLUMN lane smallint, ADD COLUMN lane_seq bigint, ADD COLUMN hash bytea;

-- The entries of before have lane 0, in the order of their instants.
ALTER TABLE ONLY audit_entry DISABLE TRIGGER append_only;
UPDATE audit_entry e SET lane = 0, lane_seq = c.seq, hash = c.hash FROM (
  SELECT id, at, seq, mash.chain(0::smallint, seq, id, at, actor_kind, actor_id, act, referral_id, details, request_id)
    OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS hash
  FROM (SELECT *, row_number() OVER (ORDER BY at, id) AS seq FROM audit_entry) numbered
) c WHERE e.at = c.at AND e.id = c.id;
ALTER TABLE ONLY audit_entry ENABLE TRIGGER append_only;
UPDATE record_lane l SET seq = e.lane_seq, hash = e.hash
FROM (SELECT lane_seq, hash FROM audit_entry ORDER BY lane_seq DESC LIMIT 1) e WHERE l.lane = 0;

DROP AGGREGATE mash.chain(smallint, bigint, uuid, timestamptz, text, uuid, text, uuid, jsonb, text);
ALTER TABLE audit_entry ALTER COLUMN lane SET NOT NULL, ALTER COLUMN lane_seq SET NOT NULL, ALTER COLUMN hash SET NOT NULL;

-- A transaction takes a free lane with its first entry, at first that of its connection, and keeps it. What it took within
-- a savepoint that is rolled back, it takes again. Only while every lane is taken does it wait.
CREATE FUNCTION mash.take_record_lane() RETURNS smallint LANGUAGE plpgsql AS $$
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
END $$;

CREATE FUNCTION mash.chain_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.lane := coalesce(nullif(current_setting('mash.record_lane', true), '')::smallint, mash.take_record_lane());
  UPDATE public.record_lane l SET seq = l.seq + 1, hash = mash.entry_hash(l.hash, l.lane, l.seq + 1, NEW.id, NEW.at,
    NEW.actor_kind, NEW.actor_id, NEW.act, NEW.referral_id, NEW.details, NEW.request_id)
  WHERE l.lane = NEW.lane RETURNING l.seq, l.hash INTO NEW.lane_seq, NEW.hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the record has no lane %: nothing is done that cannot be recorded', NEW.lane;
  END IF;
  RETURN NEW;
END $$;

-- PostgreSQL gives this trigger to each partition. mash.make_record_month moves entries before it attaches a month, so
-- that they keep their place and hash.
CREATE TRIGGER chained BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION mash.chain_entry();

-- The latest checkpoint, as it was signed and written outside of the database: one row.
CREATE TABLE record_checkpoint (
  id smallint NOT NULL CONSTRAINT record_checkpoint_one CHECK (id = 1),
  at timestamptz NOT NULL,
  entries bigint NOT NULL,
  note text NOT NULL,
  CONSTRAINT record_checkpoint_pkey PRIMARY KEY (id)
);

-- Each verification of the whole record, and what it found.
CREATE TABLE record_verification (
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  entries bigint NOT NULL,
  last_entry_at timestamptz,
  checkpoints integer NOT NULL,
  last_checkpoint_at timestamptz,
  holds boolean NOT NULL,
  findings jsonb NOT NULL,
  CONSTRAINT record_verification_pkey PRIMARY KEY (id)
);
CREATE INDEX record_verification_at_idx ON record_verification (at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON record_verification
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- One more kind of deadline, whatever others there are: managers are told that the record was changed.
DO $$
DECLARE
  kinds text;
BEGIN
  SELECT pg_get_constraintdef(oid) INTO kinds FROM pg_constraint
    WHERE conname = 'deadline_kind' AND conrelid = 'public.deadline'::regclass;
  ALTER TABLE public.deadline DROP CONSTRAINT deadline_kind;
  EXECUTE 'ALTER TABLE public.deadline ADD CONSTRAINT deadline_kind '
    || replace(kinds, '''canary''::text', '''canary''::text, ''record_changed''::text');
END $$;
