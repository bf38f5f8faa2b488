-- An administrator invites the developers of an agency: who has the link lets one program in, with the agency and the scopes
-- that the administrator chose. Only the SHA-256 of the link's token is kept.
CREATE TABLE client_invitation (
  id uuid NOT NULL CONSTRAINT client_invitation_pkey PRIMARY KEY,
  agency_id uuid NOT NULL CONSTRAINT client_invitation_agency_id_fkey REFERENCES agency (id),
  scopes text[] NOT NULL CONSTRAINT client_invitation_scopes CHECK (cardinality(scopes) > 0),
  token_hash bytea NOT NULL CONSTRAINT client_invitation_token_hash_key UNIQUE,
  made_by uuid NOT NULL CONSTRAINT client_invitation_made_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  made_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  client_id uuid CONSTRAINT client_invitation_client_id_fkey REFERENCES agency_client (id),
  used_at timestamp with time zone,
  CONSTRAINT client_invitation_used CHECK ((client_id IS NULL) = (used_at IS NULL))
);
CREATE INDEX client_invitation_agency_idx ON client_invitation (agency_id);
