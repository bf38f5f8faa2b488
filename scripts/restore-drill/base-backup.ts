import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { postgresUser } from '../demonstration/postgres-user.ts';

/** Folders of which a backup has the folder alone: what is in them is of the running server, or comes from the archive. */
const EMPTY_IN_A_BACKUP = new Set(
  ['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'], // prettier-ignore
);
const NOT_IN_A_BACKUP = new Set(['postmaster.pid', 'postmaster.opts', 'pgsql_tmp']);

/** The settings with which a server copies each finished file of its log into a folder, and never over another. */
export function archivingTo(archive: string): readonly string[] {
  return ['archive_mode=on', `archive_command=test ! -f "${archive}/%f" && cp "%p" "${archive}/%f"`];
}

/**
 * Copies the files of a server that goes on working, as PostgreSQL's manual says under *Making a Base Backup Using the
 * Low Level API*. Together with the archive of its log they are the database at any later instant.
 *
 * @param url of the server, which archives its log
 * @param dataDir its files
 * @param to a folder that is not there yet
 */
export async function takeBaseBackup(url: string, dataDir: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SELECT pg_backup_start('restore drill', true)`);
    copyFiles(dataDir, to);
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(true)');
    writeFileSync(join(to, 'backup_label'), rows[0]!.labelfile);
  } finally {
    await client.end();
  }
}

/** Waits until the archive has all that is committed: what a server had not archived when it was lost is lost with it. */
export async function archiveAll(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ file: string }>('SELECT pg_walfile_name(pg_switch_wal()) AS file');
    for (;;) {
      const archived = await client.query<{ isThere: boolean }>(
        `SELECT coalesce(last_archived_wal >= $1, false) AS "isThere" FROM pg_stat_archiver`,
        [rows[0]!.file],
      );
      if (archived.rows[0]!.isThere) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await client.end();
  }
}

/**
 * Makes the files of a new cluster from a backup. A server that is started on them replays the archive.
 *
 * @param to a folder that is not there yet
 */
export function putBack(backup: string, to: string): void {
  copyFiles(backup, to);
  writeFileSync(join(to, 'recovery.signal'), '');
  const user = postgresUser();
  if (user !== null) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, to]);
}

/** The settings of a server that replays an archive. @param upTo the name of a restore point; to its end without it */
export function replaying(archive: string, upTo?: string): readonly string[] {
  const end = upTo === undefined ? [] : [`recovery_target_name=${upTo}`, 'recovery_target_action=promote'];
  return [`restore_command=cp "${archive}/%f" "%p"`, ...end];
}

function copyFiles(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const one of readdirSync(from, { withFileTypes: true })) {
    if (NOT_IN_A_BACKUP.has(one.name)) continue;
    const [source, target] = [join(from, one.name), join(to, one.name)];
    if (!one.isDirectory()) copyIfThere(source, target);
    else if (EMPTY_IN_A_BACKUP.has(one.name)) mkdirSync(target, { mode: 0o700 });
    else copyFiles(source, target);
  }
  chmodSync(to, 0o700);
}

/** A running server may take a file away; the log says what was in it. */
function copyIfThere(source: string, target: string): void {
  try {
    copyFileSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
