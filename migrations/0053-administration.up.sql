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

-- Which value of the identity provider's claim `roles` makes a person what at the hub. The first that a person has counts.
CREATE TABLE role_mapping (
  id uuid NOT NULL CONSTRAINT role_mapping_pkey PRIMARY KEY,
  value text NOT NULL CONSTRAINT role_mapping_value_key UNIQUE,
  role text NOT NULL CONSTRAINT role_mapping_role CHECK (role IN
    ('screener', 'social_worker', 'manager', 'service_manager', 'head_of_service', 'auditor', 'administrator')),
  position integer NOT NULL,
  added_at timestamptz NOT NULL
);

-- Who came by the provider's word goes by it too. Whom an administrator took out does not come back by it.
ALTER TABLE staff_member
  ADD COLUMN added_by_provider boolean NOT NULL DEFAULT false,
  ADD COLUMN left_by_provider boolean NOT NULL DEFAULT false;

-- By which a session asks the identity provider again what its person is. Sealed by the console.
CREATE TABLE provider_grant (
  sid text NOT NULL CONSTRAINT provider_grant_pkey PRIMARY KEY,
  staff_id uuid NOT NULL CONSTRAINT provider_grant_staff_id_fkey REFERENCES staff_member (id),
  sealed bytea NOT NULL,
  checked_at timestamptz NOT NULL
);
CREATE INDEX provider_grant_staff_idx ON provider_grant (staff_id);

-- What the council is called and how the hub is reached, where an administrator has said it. Empty is as the environment has it.
CREATE TABLE council_version (
  version integer NOT NULL CONSTRAINT council_version_pkey PRIMARY KEY,
  name text,
  hub_phone text,
  hub_hours text,
  edt_phone text,
  changed_by uuid NOT NULL CONSTRAINT council_version_changed_by_fkey REFERENCES staff_member (id),
  changed_at timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON council_version
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
