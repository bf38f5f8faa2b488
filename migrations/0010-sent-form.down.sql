-- The older records that the table was filled from are still there. Of later forms nothing is kept.
DROP TABLE sent_form;
