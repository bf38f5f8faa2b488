import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Attachment, FileToAttach } from '../../client/src/index.ts';
import { Ending, EXIT } from './ending.ts';
import { clientWith, readCredentials } from './settings.ts';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** What a file is by the end of its name; the hub looks at its content, and goes by that. */
const MEDIA_TYPES: Readonly<Record<string, FileToAttach['mediaType']>> = {
  '.pdf': 'application/pdf',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.heic': 'image/heic',
  '.docx': WORD,
  '.doc': 'application/msword',
};
const LARGEST = 20 * 1_024 * 1_024;
/** The states of a file that no person of the hub will open. */
const NOT_TAKEN: readonly Attachment['state'][] = ['refused', 'infected'];

export interface AttachOptions {
  readonly saidBy: string | undefined;
  readonly description: string | undefined;
}

/** Adds files to a referral, and writes for each its id and how it stands. No file is sent where one cannot be. */
export async function attach(reference: string, paths: readonly string[], options: AttachOptions): Promise<void> {
  const { saidBy, description } = options;
  if (saidBy === undefined) throw new Ending(EXIT.invalid, 'Say who adds the files: --said-by NAME');
  const read = paths.map((path) => fileAt(path, { saidBy, ...(description !== undefined && { description }) }));
  const faults = read.filter((one) => typeof one === 'string');
  if (faults.length > 0) throw new Ending(EXIT.invalid, `${faults.join('\n')}\nNothing was sent.`);
  const client = clientWith(readCredentials());
  let notTaken = 0;
  for (const [at, file] of read.entries()) {
    if (typeof file === 'string') continue;
    const { id, state } = await client.attach(reference, file, keyOf(reference, file));
    process.stdout.write(`${id} ${state} ${paths[at]}\n`);
    if (NOT_TAKEN.includes(state)) notTaken += 1;
  }
  if (notTaken > 0) throw new Ending(EXIT.invalid, 'The hub does not take a file that is refused or infected.');
}

/** The file at a path, or why it cannot be sent. */
function fileAt(path: string, said: Pick<FileToAttach, 'saidBy' | 'description'>): FileToAttach | string {
  const mediaType = MEDIA_TYPES[extname(path).toLowerCase()];
  if (mediaType === undefined) return `${path}: must end with one of ${Object.keys(MEDIA_TYPES).join(', ')}`;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(readFileSync(path));
  } catch {
    return `${path} cannot be read`;
  }
  if (bytes.length === 0) return `${path} is empty`;
  if (bytes.length > LARGEST) return `${path} is larger than 20 MB`;
  return { name: basename(path), mediaType, bytes, ...said };
}

/** The same for the same command, so that it can be run again; another for a file that was changed. */
function keyOf(reference: string, { bytes, ...said }: FileToAttach): string {
  return createHash('sha256')
    .update(JSON.stringify([reference, said]))
    .update(bytes)
    .digest('hex');
}
