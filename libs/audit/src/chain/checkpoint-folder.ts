import type { KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { readCheckpoint, type Checkpoint } from './checkpoint.ts';
import { openNote } from './signed-note.ts';

const FILE = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.checkpoint$/;

/** A file of a folder of checkpoints. */
export interface CheckpointFile {
  /** Its name, which is the instant of its checkpoint. */
  readonly name: string;
  /** Null when the key has not signed it as it stands. */
  readonly checkpoint: Checkpoint | null;
}

/**
 * Writes a checkpoint as a file of its own, in a folder for its day. It is there as a whole or not at all, whenever the
 * machine stops; and no file that was written is opened again, so that the folder may be one that takes each file once.
 *
 * @param note the signed checkpoint
 */
export async function writeCheckpoint(folder: string, at: Temporal.Instant, note: string): Promise<void> {
  const text = at.toString({ fractionalSecondDigits: 3 });
  const day = join(folder, text.slice(0, 10));
  await mkdir(day, { recursive: true });
  const path = join(day, `${text.replaceAll(':', '-')}.checkpoint`);
  const unfinished = `${path}.${process.pid}.unfinished`;
  const file = await open(unfinished, 'w', 0o644);
  try {
    await file.writeFile(note);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
  for (const one of [day, folder]) await syncFolder(one);
}

/** What a folder lists is on the disk only when the folder itself is. */
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/**
 * The checkpoints of a folder, the earliest first. What was being written when the machine stopped is none.
 *
 * @throws Error of the file system when the folder cannot be read
 */
export async function* checkpointsIn(folder: string, key: KeyObject): AsyncGenerator<CheckpointFile> {
  await access(folder, constants.R_OK);
  for (const day of (await readdir(folder, { withFileTypes: true }))
    .filter((one) => one.isDirectory())
    .toSorted(byName)) {
    for (const name of (await readdir(join(folder, day.name))).filter((one) => FILE.test(one)).toSorted()) {
      const text = openNote(await readFile(join(folder, day.name, name), 'utf8'), key);
      yield { name: name.replace(/\.checkpoint$/, ''), checkpoint: text === null ? null : readCheckpoint(text) };
    }
  }
}

const byName = (one: { readonly name: string }, other: { readonly name: string }) => (one.name < other.name ? -1 : 1);
