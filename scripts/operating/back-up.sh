#!/bin/sh
# Writes a backup of the hub's database into a folder, reads it back, and removes backups that are too old. The service
# `backup` of docker-compose.yml runs it. Its pg_dump must not be older than the server.
#   PGHOST, PGUSER, PGPASSWORD, PGDATABASE  the database, as the user that owns it
#   BACKUP_DIR                              where the backups are (/backups)
#   BACKUP_DAYS                             for how many days they are kept (30)
set -eu
umask 077

folder=${BACKUP_DIR:-/backups}
days=${BACKUP_DAYS:-30}
name="mash-$(date -u +%Y-%m-%dT%H-%M-%SZ).dump"
making="$folder/$name.part"

fail() {
  echo "NOT BACKED UP: $1 Then run it again; docs/go-live/runbook.md says how, under \"Restore from a backup\"." >&2
  exit 1
}

case $days in '' | 0* | *[!0-9]*) fail "BACKUP_DAYS is \"$days\": give a whole number of days, 1 or more." ;; esac
test -w "$folder" || fail "$folder is no folder that may be written in: make it, or correct BACKUP_DIR."
trap 'rm -f "$making"' EXIT
trap 'exit 1' HUP INT TERM
# Of a run that was killed.
find "$folder" -maxdepth 1 -name 'mash-*.dump.part' -mmin +1440 -exec rm -f {} + || :

pg_dump --format=custom --no-password --file="$making" ||
  fail "pg_dump ended with an error, which stands above: look whether the database answers and $folder has room."
contents=$(pg_restore --list "$making") || fail "the dump cannot be listed: look at the disk of $folder."
case $contents in
  *' TABLE DATA public referral '*) ;;
  *) fail "the database \"${PGDATABASE:-}\" has no referrals in it, not even none: look at PGDATABASE, and whether it is migrated." ;;
esac
# A list is read from the head of the file alone.
pg_restore --file=/dev/null "$making" || fail "the dump cannot be read to its end: look at the disk of $folder."
mv "$making" "$folder/$name" || fail "the dump could not be given its name: look at $folder."
echo "Backed up: $folder/$name, $(wc -c <"$folder/$name") bytes."

# Only now, and never the one that was just made.
find "$folder" -maxdepth 1 -name 'mash-*.dump' ! -name "$name" -mmin "+$((days * 1440))" -exec rm -f {} + || {
  echo "BACKED UP, but backups of more than $days days are still there: remove them by hand, and look at $folder." >&2
  exit 1
}
