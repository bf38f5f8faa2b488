-- The versions that the migration published go, as if they had never been, unless a deadline or a response time names
-- them: then they stay, and the older service does not read the rules in them.
ALTER TABLE policy_version DISABLE TRIGGER append_only;
DELETE FROM policy_version v
WHERE made_by IS NULL AND made_at IS NOT NULL AND policy ? 'pauseWhen'
  AND NOT EXISTS (SELECT 1 FROM deadline WHERE policy_version = v.version)
  AND NOT EXISTS (SELECT 1 FROM response_time WHERE policy_version = v.version);
ALTER TABLE policy_version ENABLE TRIGGER append_only;
