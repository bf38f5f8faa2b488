-- Since PostgreSQL 16 a user that is no superuser and makes a role may give it to others, and may not take it on itself.
-- Migration 0051 took the one for the other, so that no act of a person or an agency came about under such a user.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['mash_staff', 'mash_agency'] LOOP
    BEGIN
      PERFORM set_config('role', name, true);
      PERFORM set_config('role', 'none', true);
    EXCEPTION WHEN insufficient_privilege THEN
      BEGIN
        EXECUTE format('GRANT %I TO CURRENT_USER', name);
      EXCEPTION WHEN insufficient_privilege THEN
        RAISE EXCEPTION '% may not take on the role %.', current_user, name
          USING HINT = format('Let an administrator of the server run: GRANT mash_staff, mash_agency TO %I;', current_user);
      END;
    END;
  END LOOP;
END $$;
