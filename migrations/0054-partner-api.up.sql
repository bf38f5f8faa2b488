-- An agency finds its own referral by its own case number.
CREATE INDEX referral_sender_reference_idx ON referral (agency_id, (submitted->>'senderReference'), received_at)
  WHERE submitted->>'senderReference' IS NOT NULL;

-- What an agency adds to a referral of its own after it was sent. What was submitted stays as it was.
CREATE TABLE referral_addition (
  id uuid NOT NULL CONSTRAINT referral_addition_pkey PRIMARY KEY,
  referral_id uuid NOT NULL CONSTRAINT referral_addition_referral_id_fkey REFERENCES referral (id),
  agency_id uuid NOT NULL CONSTRAINT referral_addition_agency_id_fkey REFERENCES agency (id),
  kind text NOT NULL CONSTRAINT referral_addition_kind CHECK (kind IN ('information', 'correction', 'withdrawal')),
  words text NOT NULL,
  said_by text NOT NULL,
  -- Of a correction: the place in what was submitted (RFC 6901), and what is right there.
  pointer text,
  right_value text,
  added_at timestamp with time zone NOT NULL,
  -- The decision in force that was made without it.
  came_after uuid CONSTRAINT referral_addition_came_after_fkey REFERENCES decision (id),
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  CONSTRAINT referral_addition_agency_id_key_key UNIQUE (agency_id, key),
  CONSTRAINT referral_addition_correction CHECK ((kind = 'correction') = (pointer IS NOT NULL)
    AND (pointer IS NULL) = (right_value IS NULL) AND (kind = 'correction' OR words <> ''))
);
CREATE INDEX referral_addition_referral_idx ON referral_addition (referral_id, added_at);
CREATE INDEX referral_addition_came_after_idx ON referral_addition (came_after) WHERE came_after IS NOT NULL;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON referral_addition
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- A person has read an addition that came after the decision, and says what follows from it.
CREATE TABLE addition_reading (
  addition_id uuid NOT NULL CONSTRAINT addition_reading_pkey PRIMARY KEY
    CONSTRAINT addition_reading_addition_id_fkey REFERENCES referral_addition (id),
  note text NOT NULL,
  read_by uuid NOT NULL CONSTRAINT addition_reading_read_by_fkey REFERENCES staff_member (id) ON DELETE RESTRICT,
  read_at timestamp with time zone NOT NULL
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON addition_reading
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

-- What an agency may know of what happened, in the order in which it was numbered for the agency.
CREATE TABLE agency_event (
  agency_id uuid NOT NULL CONSTRAINT agency_event_agency_id_fkey REFERENCES agency (id),
  position bigint NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL CONSTRAINT agency_event_type CHECK (type IN ('referral.received', 'referral.in_triage',
    'referral.decided', 'referral.reopened', 'feedback.available', 'information.requested', 'information.withdrawn')),
  referral_id uuid NOT NULL CONSTRAINT agency_event_referral_id_fkey REFERENCES referral (id),
  -- What happened once: the referral, how long its decision took, the answer to its referrer, or the request.
  subject_id uuid NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  CONSTRAINT agency_event_pkey PRIMARY KEY (agency_id, position),
  CONSTRAINT agency_event_agency_id_type_subject_id_key UNIQUE (agency_id, type, subject_id)
);
CREATE INDEX agency_event_referral_idx ON agency_event (referral_id, position);
CREATE TRIGGER numbered_once BEFORE UPDATE OR TRUNCATE ON agency_event
  FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
