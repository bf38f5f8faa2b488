-- A person who looks after agencies, their programs and the people of the hub, and sees no child.
ALTER TABLE staff_member DROP CONSTRAINT staff_member_role;
ALTER TABLE staff_member ADD CONSTRAINT staff_member_role CHECK (role IN
  ('screener', 'social_worker', 'manager', 'service_manager', 'head_of_service', 'auditor', 'partner', 'administrator'));
