DROP TABLE baseline;
