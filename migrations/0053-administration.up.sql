-- The public keys that a client shows at an address of its own, as they were when they were fetched last.
CREATE TABLE client_key_set (
  client_id uuid NOT NULL CONSTRAINT client_key_set_pkey PRIMARY KEY
    CONSTRAINT client_key_set_client_id_fkey REFERENCES agency_client (id),
  address text NOT NULL,
  keys jsonb NOT NULL,
  set_at timestamptz NOT NULL,
  tried_at timestamptz NOT NULL,
  fetched_at timestamptz NOT NULL,
  fault text
);

-- Agencies have one name each, however it is written. Of those that have one name now, the later get a number.
ALTER TABLE agency ADD COLUMN folded_name text;
DO $$
DECLARE
  one record;
  called text;
  number integer;
BEGIN
  FOR one IN SELECT id, name FROM agency ORDER BY created_at, id LOOP
    called := one.name;
    number := 1;
    WHILE EXISTS (SELECT 1 FROM agency WHERE folded_name = coalesce(nullif(mash.fold(called), ''), called)) LOOP
      number := number + 1;
      called := one.name || ' (' || number || ')';
    END LOOP;
    UPDATE agency SET name = called, folded_name = coalesce(nullif(mash.fold(called), ''), called) WHERE id = one.id;
  END LOOP;
END $$;
ALTER TABLE agency ALTER COLUMN folded_name SET NOT NULL;
CREATE UNIQUE INDEX agency_folded_name_idx ON agency (folded_name);
