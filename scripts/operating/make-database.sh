#!/bin/sh
# PostgreSQL of docker-compose.yml runs this once, when it is first started. The service signs in as a user that owns its
# database and is no superuser. CREATEROLE lets the migration make the two roles under which people and agencies act.
# The superuser has no password afterwards: it comes in from within the container alone.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE mash LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE mash OWNER mash;
ALTER ROLE CURRENT_USER PASSWORD NULL;
SQL
