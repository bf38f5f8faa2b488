import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the last reviews of the console found. */
export class Reviewed1764260000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX claim_note_skipped_idx;
      -- Managers see what was given back beside what was skipped.
      CREATE INDEX claim_note_written_idx ON claim_note (written_at);
      -- A row that the engine could not read would stop every alert. One until for ever is until the last day that it reads.
      UPDATE rota_cover SET starts_at = greatest(starts_at, '2000-01-01'), ends_at = least(ends_at, '2101-01-01')
        WHERE starts_at < '2101-01-01' AND ends_at > '2000-01-01';
      DELETE FROM rota_cover WHERE starts_at < '2000-01-01' OR ends_at >= '2101-01-02';
      UPDATE absence SET starts_at = greatest(starts_at, '2000-01-01'), ends_at = least(ends_at, '2101-01-01')
        WHERE starts_at < '2101-01-01' AND ends_at > '2000-01-01';
      DELETE FROM absence WHERE starts_at < '2000-01-01' OR ends_at >= '2101-01-02';
      ALTER TABLE rota_cover ADD CONSTRAINT rota_cover_readable CHECK (starts_at >= '2000-01-01' AND ends_at < '2101-01-02');
      ALTER TABLE absence ADD CONSTRAINT absence_readable CHECK (starts_at >= '2000-01-01' AND ends_at < '2101-01-02');
      -- A form decides once for one person about one referral; another's cannot be in its way.
      ALTER TABLE decision DROP CONSTRAINT decision_form_id_key, ADD UNIQUE (decided_by, referral_id, form_id);
      -- The window that saved a draft: another one, with an earlier state of the form, may not take its place.
      ALTER TABLE draft ADD COLUMN saved_in uuid;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE draft DROP COLUMN saved_in;
      ALTER TABLE decision DROP CONSTRAINT decision_decided_by_referral_id_form_id_key,
        ADD CONSTRAINT decision_form_id_key UNIQUE (form_id);
      ALTER TABLE absence DROP CONSTRAINT absence_readable;
      ALTER TABLE rota_cover DROP CONSTRAINT rota_cover_readable;
      DROP INDEX claim_note_written_idx;
      CREATE INDEX claim_note_skipped_idx ON claim_note (written_at) WHERE kind = 'skipped';
    `);
  }
}
