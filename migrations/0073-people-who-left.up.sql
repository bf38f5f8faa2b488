-- What is kept of a person who left depends on when they did. A trigger says it, so that it does not matter which version of the
-- service takes them out.
ALTER TABLE staff_member ADD COLUMN left_at timestamptz;
UPDATE staff_member m SET left_at = coalesce((SELECT max(e.at) FROM audit_entry e
  WHERE e.act = 'staff.left' AND e.details->>'staffId' = m.id::text), mash.now()) WHERE NOT m.is_active;
CREATE FUNCTION mash.note_leaving() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.is_active THEN
    NEW.left_at := NULL;
  ELSIF TG_OP = 'INSERT' OR OLD.is_active THEN
    NEW.left_at := mash.now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER left_when BEFORE INSERT OR UPDATE OF is_active ON staff_member FOR EACH ROW EXECUTE FUNCTION mash.note_leaving();
CREATE INDEX staff_member_left_idx ON staff_member (left_at) WHERE left_at IS NOT NULL;
