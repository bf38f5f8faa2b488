-- Fails while a person has one of the new roles: nobody's role is guessed.
ALTER TABLE staff_member DROP CONSTRAINT staff_member_role;
ALTER TABLE staff_member ADD CONSTRAINT staff_member_role CHECK (role IN ('screener', 'social_worker', 'manager'));
