DROP FUNCTION mash.is_restricted(uuid);
