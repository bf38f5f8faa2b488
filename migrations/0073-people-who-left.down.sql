DROP TRIGGER left_when ON staff_member;
DROP FUNCTION mash.note_leaving();
ALTER TABLE staff_member DROP COLUMN left_at;
