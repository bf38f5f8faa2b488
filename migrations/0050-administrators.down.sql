-- An administrator works here no more, with the role that opens the least.
UPDATE staff_member SET role = 'auditor', is_active = false WHERE role = 'administrator';
ALTER TABLE staff_member DROP CONSTRAINT staff_member_role;
ALTER TABLE staff_member ADD CONSTRAINT staff_member_role CHECK (role IN
  ('screener', 'social_worker', 'manager', 'service_manager', 'head_of_service', 'auditor', 'partner'));
