ALTER TABLE job DROP COLUMN trace_parent;
