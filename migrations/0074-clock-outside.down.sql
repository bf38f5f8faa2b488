DROP FUNCTION mash.time_outside();
