-- Versions of the policy are append-only, and deadlines name them: they stay. The older service does not read the rules.
SELECT;
