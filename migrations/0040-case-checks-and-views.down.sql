DROP TABLE child_views;
ALTER TABLE decision DROP COLUMN open_case_reason;
DROP TABLE case_check;
