import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkpointsIn, Marks, tamperingInWords, VerifyRecord, type RecordReport } from '#audit';
import { SERVICE, type Database } from '#store';
import { Unusable } from './operator.ts';

/** How a verification ends, as the exit code of the command. */
export const VERIFIED = { good: 0, tampered: 1, notVerified: 2 } as const;

/** What the record is compared with. */
export interface ComparedWith {
  /** The folder of the checkpoints. */
  readonly checkpoints: string | undefined;
  /** The file of the public key that has signed them, in PEM; of a private key, its public part is used. */
  readonly publicKey: string | undefined;
}

/**
 * Verifies the whole record and says every row that is not as it was written.
 *
 * @param say prints a line
 * @param progress prints how far it is, over the line before
 * @returns the exit code
 * @throws Unusable when a key or folder cannot be read
 */
export async function verifyRecord(
  database: Database,
  { checkpoints, publicKey }: ComparedWith,
  say: (line: string) => void,
  progress: (entries: number) => void,
): Promise<number> {
  const marks = checkpoints === undefined || publicKey === undefined ? null : await read(checkpoints, publicKey);
  const report = await database
    .as(SERVICE)
    .transaction((tx) => new VerifyRecord().execute(tx, marks ?? new Marks(), progress));
  for (const one of report.tampering) say(tamperingInWords(one));
  if (report.count > report.tampering.length) say(`and ${report.count - report.tampering.length} more.`);
  if (report.tampering.some(({ kind }) => kind === 'rolled-back')) {
    say(
      `The checkpoints, up to ${report.lastCheckpointAt?.toString()}, name entries that this database does not have. A restore from a backup to an earlier instant leaves it so. Was it restored? Then go on in docs/go-live/runbook.md under "Restore from a backup". If it was not, an older state was put in its place.`,
    );
  }
  const { detached } = report;
  if (detached.entries > 0) {
    say(
      `Not verified: ${detached.entries} entries that are away with the detached month ${detached.months.join(', ')}. A checkpoint names the month, so it was part of the record.`,
    );
  }
  say(howFar(report));
  if (!report.holds) return VERIFIED.tampered;
  if (marks !== null && marks.count > 0) return VERIFIED.good;
  say(
    marks === null
      ? 'Not compared with checkpoints: give --checkpoints FOLDER and --public-key FILE. Without them a record that was put back to an older state, or hashed again after a change, looks whole.'
      : `Not compared with checkpoints: there is none in ${checkpoints}.`,
  );
  return VERIFIED.notVerified;
}

async function read(folder: string, publicKey: string): Promise<Marks> {
  const key = readKey(publicKey);
  try {
    return await Marks.of(checkpointsIn(folder, key));
  } catch (error) {
    throw new Unusable(`The checkpoints in ${folder} cannot be read: ${(error as Error).message}`);
  }
}

function readKey(file: string): KeyObject {
  try {
    const key = createPublicKey(readFileSync(file, 'utf8'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below.
  }
  throw new Unusable(`${file} is no file of an Ed25519 public key in PEM.`);
}

function howFar({ entries, lastEntryAt, checkpoints, lastCheckpointAt, holds, count }: RecordReport): string {
  const compared =
    lastCheckpointAt === null
      ? ''
      : `, compared with ${checkpoints} checkpoint${checkpoints === 1 ? '' : 's'}, the last of ${lastCheckpointAt.toString()}`;
  const found = holds ? 'all as they were written' : `${count} not as they were written`;
  return `${entries} entries up to ${lastEntryAt?.toString() ?? 'none'}: ${found}${compared}.`;
}
