DROP TABLE consultation_end;
DROP TABLE consultation_child;
