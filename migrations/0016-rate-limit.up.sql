-- How often an agency or an address has come of late. Written at each request, and worth nothing after a crash. The
-- columns are those that rate-limiter-flexible reads; the key holds an agency's id or a keyed hash of an address.
CREATE UNLOGGED TABLE rate_limit (
  key text PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  -- Milliseconds since 1970 by the clock of the process that counts.
  expire bigint
);
