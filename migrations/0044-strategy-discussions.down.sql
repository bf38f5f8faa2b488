ALTER TABLE decision DROP COLUMN no_discussion_reason;
DROP TABLE conference_record;
DROP TABLE conference;
DROP TABLE discussion_participant;
DROP TABLE discussion_agency;
DROP TABLE discussion_record;
DROP TABLE discussion_call;
DROP TABLE strategy_discussion;
