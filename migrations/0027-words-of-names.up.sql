-- The words of which names are made. A misspelled name is looked for by the words that are near its own: there are far
-- fewer words than names, so a near word is found in milliseconds however many referrals there are.
CREATE TABLE name_word (
  word text NOT NULL,
  -- The referral that brought it. Two that bring a new word at the same moment each bring it: neither waits for the other.
  referral_id uuid NOT NULL REFERENCES referral ON DELETE RESTRICT,
  sounds text[] NOT NULL,
  PRIMARY KEY (word, referral_id)
);

CREATE FUNCTION mash.keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO name_word (word, referral_id, sounds)
  SELECT DISTINCT ON (word) word, referral_id, mash.sounds(word)
  FROM named, unnest(string_to_array(name, ' ')) AS words (word)
  WHERE word <> '' AND NOT EXISTS (SELECT 1 FROM name_word known WHERE known.word = words.word)
  ORDER BY word, referral_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_words AFTER INSERT ON person_name
  REFERENCING NEW TABLE AS named FOR EACH STATEMENT EXECUTE FUNCTION mash.keep_words();

INSERT INTO name_word (word, referral_id, sounds)
SELECT word, referral_id, mash.sounds(word)
FROM (SELECT DISTINCT ON (word) word, referral_id FROM person_name, unnest(string_to_array(name, ' ')) word
  WHERE word <> '' ORDER BY word, referral_id) words;

CREATE INDEX name_word_word_idx ON name_word USING gin (word gin_trgm_ops);
CREATE INDEX name_word_sounds_idx ON name_word USING gin (sounds);
CREATE INDEX person_name_words_idx ON person_name USING gin (string_to_array(name, ' '));
ANALYZE name_word;
ANALYZE person_name;
