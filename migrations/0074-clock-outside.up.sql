-- What programs of agencies and this service sign for one another bears the time of the world. It is the hub's time, but in a
-- sandbox, whose clock its developers move.
CREATE FUNCTION mash.time_outside() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT mash.now() $$;
