-- Where a program of an agency is told of what happened, with the secret that signs it. Secrets are sealed by the service.
CREATE TABLE webhook_endpoint (
  id uuid NOT NULL CONSTRAINT webhook_endpoint_pkey PRIMARY KEY,
  agency_id uuid NOT NULL CONSTRAINT webhook_endpoint_agency_id_fkey REFERENCES agency (id),
  client_id uuid NOT NULL CONSTRAINT webhook_endpoint_client_id_fkey REFERENCES agency_client (id),
  address text NOT NULL,
  added_at timestamp with time zone NOT NULL,
  secret bytea,
  old_secret bytea,
  old_secret_until timestamp with time zone,
  -- The number of the last event of the agency for which it has a delivery.
  told_to bigint NOT NULL,
  -- Failures in a row, since when, and until when it is left alone.
  failures integer NOT NULL,
  failing_since timestamp with time zone,
  rests_until timestamp with time zone,
  off_since timestamp with time zone,
  off_because text CONSTRAINT webhook_endpoint_off_because CHECK (off_because IN ('failing', 'gone')),
  removed_at timestamp with time zone,
  CONSTRAINT webhook_endpoint_secret CHECK ((removed_at IS NULL) = (secret IS NOT NULL)),
  CONSTRAINT webhook_endpoint_old_secret CHECK ((old_secret IS NULL) = (old_secret_until IS NULL)),
  CONSTRAINT webhook_endpoint_failing CHECK ((failures = 0) = (failing_since IS NULL)),
  CONSTRAINT webhook_endpoint_off CHECK ((off_since IS NULL) = (off_because IS NULL))
);
CREATE INDEX webhook_endpoint_agency_idx ON webhook_endpoint (agency_id);
CREATE UNIQUE INDEX webhook_endpoint_address_idx ON webhook_endpoint (agency_id, address) WHERE removed_at IS NULL;

-- One event for one endpoint. An event is named by its number among those of the agency; a test has none.
CREATE TABLE webhook_delivery (
  id uuid NOT NULL CONSTRAINT webhook_delivery_pkey PRIMARY KEY,
  endpoint_id uuid NOT NULL CONSTRAINT webhook_delivery_endpoint_id_fkey REFERENCES webhook_endpoint (id),
  -- The same at each try, so that a receiver knows a repeat.
  message_id uuid NOT NULL,
  position bigint,
  type text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  state text NOT NULL CONSTRAINT webhook_delivery_state CHECK (state IN ('waiting', 'delivered', 'failed', 'not_sent')),
  attempts integer NOT NULL,
  failures integer NOT NULL,
  failing_since timestamp with time zone,
  due_at timestamp with time zone,
  settled_at timestamp with time zone,
  CONSTRAINT webhook_delivery_endpoint_id_message_id_key UNIQUE (endpoint_id, message_id),
  CONSTRAINT webhook_delivery_waiting CHECK ((state = 'waiting') = (due_at IS NOT NULL)
    AND (state = 'waiting') = (settled_at IS NULL)),
  CONSTRAINT webhook_delivery_test CHECK ((type = 'webhook.test') = (position IS NULL))
);
CREATE INDEX webhook_delivery_waiting_idx ON webhook_delivery (endpoint_id, due_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_log_idx ON webhook_delivery (endpoint_id, made_at, id);
CREATE INDEX webhook_delivery_settled_idx ON webhook_delivery (settled_at) WHERE settled_at IS NOT NULL;

-- One try of a delivery. What the receiver answered is not kept, but for its status.
CREATE TABLE webhook_attempt (
  delivery_id uuid NOT NULL CONSTRAINT webhook_attempt_delivery_id_fkey REFERENCES webhook_delivery (id),
  number integer NOT NULL,
  at timestamp with time zone NOT NULL,
  status integer,
  fault text,
  CONSTRAINT webhook_attempt_pkey PRIMARY KEY (delivery_id, number)
);
