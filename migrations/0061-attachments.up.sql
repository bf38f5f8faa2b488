-- A file that an agency adds to a referral of its own. Its bytes are in its parts, and encrypted before they come here.
CREATE TABLE attachment (
  id uuid NOT NULL CONSTRAINT attachment_pkey PRIMARY KEY,
  referral_id uuid NOT NULL CONSTRAINT attachment_referral_id_fkey REFERENCES referral (id),
  agency_id uuid NOT NULL CONSTRAINT attachment_agency_id_fkey REFERENCES agency (id),
  name text NOT NULL,
  claimed_type text NOT NULL,
  size integer NOT NULL CONSTRAINT attachment_size CHECK (size BETWEEN 1 AND 20971520),
  sha256 bytea NOT NULL CONSTRAINT attachment_sha256 CHECK (octet_length(sha256) = 32),
  said_by text NOT NULL,
  words text NOT NULL,
  state text NOT NULL CONSTRAINT attachment_state
    CHECK (state IN ('uploading', 'refused', 'waiting', 'clean', 'infected', 'not_scanned')),
  kind text,
  -- The key of this file, encrypted with the key of the settings that key_name names.
  data_key bytea NOT NULL,
  key_name text NOT NULL,
  begun_at timestamp with time zone NOT NULL,
  added_at timestamp with time zone,
  addition_id uuid CONSTRAINT attachment_addition_id_fkey REFERENCES referral_addition (id),
  checked_at timestamp with time zone,
  virus text,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  CONSTRAINT attachment_agency_id_key_key UNIQUE (agency_id, key),
  CONSTRAINT attachment_addition_id_key UNIQUE (addition_id),
  CONSTRAINT attachment_whole CHECK ((state IN ('uploading', 'refused')) = (addition_id IS NULL)
    AND (addition_id IS NULL) = (kind IS NULL) AND (addition_id IS NULL) = (added_at IS NULL)),
  CONSTRAINT attachment_checked CHECK ((state IN ('clean', 'infected', 'not_scanned')) = (checked_at IS NOT NULL)
    AND (state = 'infected') = (virus IS NOT NULL))
);
CREATE INDEX attachment_referral_idx ON attachment (referral_id, begun_at);
CREATE INDEX attachment_unfinished_idx ON attachment (begun_at) WHERE state IN ('uploading', 'refused');
CREATE INDEX attachment_unchecked_idx ON attachment (begun_at) WHERE state IN ('waiting', 'not_scanned');
CREATE TRIGGER begun_once BEFORE UPDATE OF id, referral_id, agency_id, name, claimed_type, size, sha256, said_by, words,
  begun_at, key, fingerprint ON attachment FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

CREATE TABLE attachment_part (
  attachment_id uuid NOT NULL CONSTRAINT attachment_part_attachment_id_fkey REFERENCES attachment (id),
  number smallint NOT NULL CONSTRAINT attachment_part_number CHECK (number BETWEEN 1 AND 20),
  referral_id uuid NOT NULL CONSTRAINT attachment_part_referral_id_fkey REFERENCES referral (id),
  sealed bytea NOT NULL,
  CONSTRAINT attachment_part_pkey PRIMARY KEY (attachment_id, number)
);
-- What is encrypted cannot be made smaller: PostgreSQL need not try.
ALTER TABLE attachment_part ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- A file is an addition, with what it shows in words where the agency said so.
ALTER TABLE referral_addition DROP CONSTRAINT referral_addition_kind;
ALTER TABLE referral_addition ADD CONSTRAINT referral_addition_kind
  CHECK (kind IN ('information', 'correction', 'withdrawal', 'attachment'));
ALTER TABLE referral_addition DROP CONSTRAINT referral_addition_correction;
ALTER TABLE referral_addition ADD CONSTRAINT referral_addition_correction CHECK ((kind = 'correction') = (pointer IS NOT NULL)
  AND (pointer IS NULL) = (right_value IS NULL) AND (kind IN ('correction', 'attachment') OR words <> ''));

-- The name of a file and its bytes are words on a child.
SELECT mash.wall('attachment', 'referral_id'), mash.wall('attachment_part', 'referral_id');
CREATE POLICY agency ON attachment TO mash_agency USING (agency_id = mash.acting());
CREATE POLICY agency ON attachment_part TO mash_agency
  USING (attachment_id IN (SELECT id FROM attachment WHERE agency_id = mash.acting()));
