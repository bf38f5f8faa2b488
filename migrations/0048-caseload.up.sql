-- Of full hours: a person who works half of them, or is new, may be given half as much.
ALTER TABLE staff_member ADD COLUMN hours_percent smallint NOT NULL DEFAULT 100
  CONSTRAINT staff_member_hours_percent CHECK (hours_percent BETWEEN 1 AND 100);
