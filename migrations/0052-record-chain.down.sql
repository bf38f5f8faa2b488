DO $$
DECLARE
  kinds text;
BEGIN
  SELECT pg_get_constraintdef(oid) INTO kinds FROM pg_constraint
    WHERE conname = 'deadline_kind' AND conrelid = 'public.deadline'::regclass;
  ALTER TABLE public.deadline DROP CONSTRAINT deadline_kind;
  EXECUTE 'ALTER TABLE public.deadline ADD CONSTRAINT deadline_kind ' || replace(kinds, ', ''record_changed''::text', '');
END $$;
DROP TABLE record_verification;
DROP TABLE record_checkpoint;
DROP TRIGGER chained ON audit_entry;
DROP FUNCTION mash.chain_entry();
DROP FUNCTION mash.take_record_lane();
ALTER TABLE audit_entry DROP COLUMN hash, DROP COLUMN lane_seq, DROP COLUMN lane;
DROP FUNCTION mash.entry_hash(bytea, smallint, bigint, uuid, timestamptz, text, uuid, text, uuid, jsonb, text);
DROP TABLE record_lane;
