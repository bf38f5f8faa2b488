import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finding a referral by whom it is about: however the name is spelled, with or without its accents. */
export class Search1764250000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Trusted extensions of PostgreSQL's own: the owner of the database may make them.
      CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
      CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
      CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA public;

      -- Without case, accents and punctuation.
      CREATE FUNCTION mash.fold(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT trim(regexp_replace(lower(public.unaccent('public.unaccent', normalize(name, NFKC))), '[^[:alnum:]]+', ' ', 'g'))
      $$;
      -- How each word of a name sounds, in English ears.
      CREATE FUNCTION mash.sounds(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT sound), '{}') FROM (
          SELECT public.dmetaphone(word) AS sound FROM regexp_split_to_table(mash.fold(name), ' ') word
          UNION SELECT public.dmetaphone_alt(word) FROM regexp_split_to_table(mash.fold(name), ' ') word) s
        WHERE sound <> ''
      $$;

      CREATE TABLE person_name (
        referral_id uuid NOT NULL REFERENCES referral,
        kind text NOT NULL CONSTRAINT person_name_kind CHECK (kind IN ('child', 'adult')),
        position smallint NOT NULL,
        name text NOT NULL,
        sounds text[] NOT NULL,
        date_of_birth date,
        postcode text,
        PRIMARY KEY (referral_id, kind, position)
      );
      CREATE INDEX person_name_name_idx ON person_name USING gin (name public.gin_trgm_ops);
      CREATE INDEX person_name_sounds_idx ON person_name USING gin (sounds);
      CREATE INDEX person_name_date_of_birth_idx ON person_name (date_of_birth) WHERE date_of_birth IS NOT NULL;
      CREATE INDEX person_name_postcode_idx ON person_name (postcode) WHERE postcode IS NOT NULL;

      CREATE FUNCTION mash.index_person() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        called text := concat_ws(' ', NEW.submitted->>'firstName', NEW.submitted->>'lastName', NEW.submitted->>'name',
          (SELECT string_agg(other, ' ') FROM jsonb_array_elements_text(NEW.submitted->'otherNames') other));
      BEGIN
        INSERT INTO person_name VALUES (NEW.referral_id, TG_ARGV[0], NEW.position, mash.fold(called), mash.sounds(called),
          (NEW.submitted->>'dateOfBirth')::date,
          nullif(upper(regexp_replace(NEW.submitted->'address'->>'postcode', '[^[:alnum:]]', '', 'g')), ''));
        RETURN NULL;
      END $$;
      CREATE TRIGGER index_person AFTER INSERT ON referral_child
        FOR EACH ROW EXECUTE FUNCTION mash.index_person('child');
      CREATE TRIGGER index_person AFTER INSERT ON referral_adult
        FOR EACH ROW EXECUTE FUNCTION mash.index_person('adult');

      INSERT INTO person_name
      SELECT referral_id, kind, position, mash.fold(called), mash.sounds(called), (submitted->>'dateOfBirth')::date,
        nullif(upper(regexp_replace(submitted->'address'->>'postcode', '[^[:alnum:]]', '', 'g')), '')
      FROM (
        SELECT referral_id, 'child' AS kind, position, submitted FROM referral_child
        UNION ALL SELECT referral_id, 'adult', position, submitted FROM referral_adult) people,
      LATERAL (SELECT concat_ws(' ', submitted->>'firstName', submitted->>'lastName', submitted->>'name',
        (SELECT string_agg(other, ' ') FROM jsonb_array_elements_text(submitted->'otherNames') other)) AS called) c;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER index_person ON referral_child;
      DROP TRIGGER index_person ON referral_adult;
      DROP TABLE person_name;
      DROP FUNCTION mash.index_person(), mash.sounds(text), mash.fold(text);
      DROP EXTENSION fuzzystrmatch;
      DROP EXTENSION pg_trgm;
      DROP EXTENSION unaccent;
    `);
  }
}
