DROP TABLE content_refusal;
