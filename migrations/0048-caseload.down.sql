ALTER TABLE staff_member DROP COLUMN hours_percent;
