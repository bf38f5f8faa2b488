DROP TABLE evidence_part;
DROP TABLE evidence_pack;
