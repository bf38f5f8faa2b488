DROP INDEX person_name_words_idx;
DROP TRIGGER keep_words ON person_name;
DROP FUNCTION mash.keep_words();
DROP TABLE name_word;
