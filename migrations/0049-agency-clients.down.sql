-- A client has one credential again: the one that it had before and that still holds. Any other gets one that no person
-- knows, and is revoked: no token of ten minutes becomes one for ever.
CREATE TABLE client_before (
  id uuid NOT NULL,
  agency_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);
INSERT INTO client_before
SELECT c.id, c.agency_id, coalesce(t.token_hash, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid(), 'UTF8'))),
  c.created_at, CASE WHEN t.token_hash IS NULL THEN coalesce(c.suspended_at, mash.now()) ELSE c.suspended_at END
FROM agency_client c LEFT JOIN LATERAL (
  SELECT token_hash FROM access_token
  WHERE client_id = c.id AND expires_at > issued_at + interval '1 day' AND expires_at > mash.now()
  ORDER BY expires_at DESC LIMIT 1) t ON true;
DROP TABLE used_assertion;
DROP TABLE access_token;
DROP TABLE client_key;
DROP TABLE agency_client;
ALTER TABLE client_before RENAME TO agency_client;
ALTER TABLE agency_client
  ADD CONSTRAINT agency_client_pkey PRIMARY KEY (id),
  ADD CONSTRAINT agency_client_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES agency (id),
  ADD CONSTRAINT agency_client_token_hash_key UNIQUE (token_hash);
