import { SERVICE, type Database, sql } from '#store';

/**
 * Remembers what every table holds now, beside the tables and in the same database.
 *
 * @returns puts every table back to that; some milliseconds. Tables that were made since are left alone, and so is the
 * schema: a test that changes a constraint or a trigger puts it back itself.
 */
export async function rememberBeginning(database: Database): Promise<() => Promise<void>> {
  await database.as(SERVICE).rows(sql`
    CREATE SCHEMA beginning;
    DO $$ DECLARE name text; BEGIN
      FOR name IN SELECT tablename FROM pg_tables
        -- The letters of names are many, and no test changes them.
        WHERE schemaname = 'public' AND tablename <> 'name_folding' LOOP
        EXECUTE format('CREATE TABLE beginning.%I AS TABLE public.%I', name, name);
      END LOOP;
    END $$;
    -- As a replica no trigger fires and no foreign key is checked: append-only tables too are emptied, in any order.
    -- DELETE rather than TRUNCATE: for the few rows of a test it is twenty times as quick.
    CREATE FUNCTION beginning.restore() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
      DECLARE name text; BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'beginning' LOOP
          EXECUTE format('DELETE FROM public.%I', name);
          EXECUTE format('INSERT INTO public.%I SELECT * FROM beginning.%I', name, name);
        END LOOP;
      END $$`);
  // In a transaction, which is tried again after a deadlock: a request of a page that a test has closed may still write.
  return () => database.as(SERVICE).transaction(async (tx) => void (await tx.rows(sql`SELECT beginning.restore()`)));
}
