#!/bin/sh
# Restores a backup of back-up.sh, all of it or nothing, into a database that is empty or not there yet:
#   restore.sh FILE [DATABASE]
#   PGHOST, PGUSER, PGPASSWORD  the server, as the service's user, who owns the database afterwards and has the name that
#                               the owner had on the server of the backup
#   PGDATABASE                  the database, where none is named
# Roles are of the server, and in no dump: mash_staff and mash_agency must be there before, and are made where the user may.
set -eu

fail() {
  echo "NOT RESTORED: $1" >&2
  exit 1
}

file=${1:-}
database=${2:-${PGDATABASE:-}}
test -n "$file" && test -n "$database" || fail 'say which backup, and into which database: restore.sh FILE [DATABASE].'
pg_restore --list "$file" >/dev/null || fail "$file cannot be read as a backup: take the one before it."

# Reads a statement, and runs it in a database.
run() {
  psql --no-psqlrc --no-password --quiet --tuples-only --no-align -v ON_ERROR_STOP=1 -v name="$database" --dbname "$1"
}

user=$(echo 'SELECT current_user' | run postgres) || fail 'the server refuses the sign-in: look at PGHOST, PGUSER and PGPASSWORD.'

is_there=$(echo "SELECT count(*) FROM pg_database WHERE datname = :'name'" | run postgres)
if [ "$is_there" = 0 ]; then
  echo 'CREATE DATABASE :"name"' | run postgres ||
    fail "$user may not make it. An administrator of the server runs: CREATE DATABASE \"$database\" OWNER \"$user\"; then run this again."
fi
tables=$(echo "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')" | run "$database") || fail "$user may not look into the database \"$database\"."
[ "$tables" = 0 ] || fail "the database \"$database\" has $tables tables. Nothing was changed: name another, or rename it first."

run "$database" <<'SQL' ||
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['mash_staff', 'mash_agency'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    END IF;
    -- One who makes a role may not always take it on.
    BEGIN
      PERFORM set_config('role', name, true);
      PERFORM set_config('role', 'none', true);
    EXCEPTION WHEN insufficient_privilege THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    END;
  END LOOP;
END $$;
SQL
  fail "$user needs two roles and may not make them. An administrator of the server runs: CREATE ROLE mash_staff NOLOGIN; CREATE ROLE mash_agency NOLOGIN; GRANT mash_staff, mash_agency TO \"$user\"; then run this again."

pg_restore --exit-on-error --single-transaction --no-owner --no-comments --no-password --dbname="$database" "$file" ||
  fail "pg_restore ended with an error, which stands above. The database \"$database\" is as empty as before: run this again, or take the backup before."
echo 'ANALYZE' | PGOPTIONS='-c client_min_messages=error' run "$database" ||
  echo "Restored, but without the statistics of the tables: run ANALYZE in \"$database\"." >&2
echo "Restored: $file into \"$database\" of $user. Go on with docs/go-live/runbook.md under \"Restore from a backup\"."
