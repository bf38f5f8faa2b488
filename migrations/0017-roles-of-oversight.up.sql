-- Service managers and heads of service stand beside practice managers; an auditor reads and changes nothing.
ALTER TABLE staff_member DROP CONSTRAINT staff_member_role;
ALTER TABLE staff_member ADD CONSTRAINT staff_member_role CHECK (role IN
  ('screener', 'social_worker', 'manager', 'service_manager', 'head_of_service', 'auditor'));
