-- A client is a program of an agency. It identifies itself with assertions that it signs, and gets short access tokens.
ALTER TABLE agency_client
  ADD COLUMN name text NOT NULL DEFAULT 'First client',
  ADD COLUMN scopes text[] NOT NULL DEFAULT ARRAY['referrals:submit', 'referrals:read-own', 'information:answer']
    CONSTRAINT agency_client_scopes CHECK (cardinality(scopes) > 0);
ALTER TABLE agency_client ALTER COLUMN name DROP DEFAULT, ALTER COLUMN scopes DROP DEFAULT;
ALTER TABLE agency_client RENAME COLUMN revoked_at TO suspended_at;
CREATE INDEX agency_client_agency_idx ON agency_client (agency_id);

-- A public key of a client. Two hold at the most, so that a client changes them without a gap.
CREATE TABLE client_key (
  id uuid NOT NULL CONSTRAINT client_key_pkey PRIMARY KEY,
  client_id uuid NOT NULL CONSTRAINT client_key_client_id_fkey REFERENCES agency_client (id),
  kid text NOT NULL,
  jwk jsonb NOT NULL,
  added_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  removed_at timestamptz,
  last_used_at timestamptz
);
CREATE UNIQUE INDEX client_key_kid_idx ON client_key (client_id, kid) WHERE removed_at IS NULL;

-- What a client shows at each request, for some minutes. Only the SHA-256 of the token is kept.
CREATE TABLE access_token (
  token_hash bytea NOT NULL CONSTRAINT access_token_pkey PRIMARY KEY,
  client_id uuid NOT NULL CONSTRAINT access_token_client_id_fkey REFERENCES agency_client (id),
  scopes text[] NOT NULL,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX access_token_expires_idx ON access_token (expires_at);

-- The credentials that agencies had hold for half a year, in which they change to keys. One that was revoked never holds again.
INSERT INTO access_token (token_hash, client_id, scopes, issued_at, expires_at)
SELECT token_hash, id, scopes, created_at, mash.now() + interval '180 days' FROM agency_client WHERE suspended_at IS NULL;
ALTER TABLE agency_client DROP COLUMN token_hash;

-- Assertions that have been used: each is good once. A row is kept until the assertion would have expired by itself.
CREATE TABLE used_assertion (
  client_id uuid NOT NULL CONSTRAINT used_assertion_client_id_fkey REFERENCES agency_client (id),
  jti_hash bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT used_assertion_pkey PRIMARY KEY (client_id, jti_hash)
);
CREATE INDEX used_assertion_expires_idx ON used_assertion (expires_at);
