-- The span of the act that called for a job, so that the job is told of in the same trace. Ids alone.
ALTER TABLE job ADD COLUMN trace_parent text
  CONSTRAINT job_trace_parent CHECK (trace_parent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$');
