import { randomUUID } from 'node:crypto';
import type { AgencyActor, StaffActor } from '#access';
import {
  BeginAttachment,
  CompleteAttachment,
  OpenAttachment,
  ScanAttachment,
  StorePart,
  type OwnAttachment,
} from '#attachments';
import { bytesOfPart, PART_BYTES, partsOf } from '#domain';
import { JobRunner } from '#jobs';
import { createLogger } from '#platform';
import { SERVICE, sql, type Database } from '#store';
import { composeHub, type WholeHub } from '../../../scripts/hub/whole-hub.ts';
import { handlersOf } from '../job-handlers.ts';
import { sha256Of } from '../sample-files.ts';
import { jobsOf } from './jobs.ts';

/** A program of an agency with every scope. */
export const programOf = (agencyId: string): AgencyActor => ({
  ...{ kind: 'agency', id: agencyId, clientId: '01900000-0000-7000-8000-000000000000' },
  scopes: ['referrals:submit', 'referrals:read-own', 'information:answer'],
});

/** The part of a file with a number, from 1. */
export const partOf = (bytes: Buffer, number: number): Buffer =>
  bytes.subarray((number - 1) * PART_BYTES, (number - 1) * PART_BYTES + bytesOfPart(number, bytes.length));

interface Sent {
  readonly reference: string;
  readonly by: AgencyActor;
  readonly bytes: Buffer;
  readonly name?: string;
  readonly words?: string;
}

/** Files that agencies send, as acts of a hub. */
export function attachmentsOf(whole: WholeHub, database: Database) {
  const begin = async ({ reference, by, bytes, name = 'body map.pdf', words = '' }: Sent) =>
    (
      await whole.get(BeginAttachment).execute({
        ...{ reference, by, idempotencyKey: randomUUID() },
        file: {
          ...{ name, words, claimedType: 'application/pdf', size: bytes.length, saidBy: 'Bernadette Owusu-Lacey' },
          sha256: Buffer.from(sha256Of(bytes), 'hex'),
        },
      })
    ).file;
  const store = (file: OwnAttachment, by: AgencyActor, number: number, bytes: Buffer) =>
    whole.get(StorePart).execute({ reference: file.reference, attachment: file.id, number, bytes, by });
  const complete = ({ reference, id }: OwnAttachment, by: AgencyActor) =>
    whole.get(CompleteAttachment).execute({ reference, attachment: id, by });
  return {
    ...{ begin, store, complete },
    /** A file with all its parts, not completed. */
    sends: async (sent: Sent): Promise<OwnAttachment> => {
      const file = await begin(sent);
      for (let number = 1; number <= partsOf(sent.bytes.length); number += 1)
        await store(file, sent.by, number, partOf(sent.bytes, number));
      return file;
    },
    adds: async (sent: Sent): Promise<OwnAttachment> => {
      const file = await begin(sent);
      for (let number = 1; number <= partsOf(sent.bytes.length); number += 1)
        await store(file, sent.by, number, partOf(sent.bytes, number));
      return complete(file, sent.by);
    },
    /** How every file stands, the first one first. */
    states: async () =>
      (await database.as(SERVICE).rows<{ state: string }>(sql`SELECT state FROM attachment ORDER BY begun_at, id`)).map(
        ({ state }) => state,
      ),
    /** The ids of every file, the first one first. */
    ids: async () =>
      (await database.as(SERVICE).rows<{ id: string }>(sql`SELECT id FROM attachment ORDER BY begun_at, id`)).map(
        ({ id }) => id,
      ),
    /** How many parts are stored, of all files. */
    partCount: async () =>
      (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*)::int AS n FROM attachment_part`))!.n,
    /** The parts of a file as they are stored. */
    sealedParts: async (id: string) =>
      (
        await database.as(SERVICE).rows<{ sealed: Buffer }>(sql`
          SELECT sealed FROM attachment_part WHERE attachment_id = ${id} ORDER BY number`)
      ).map(({ sealed }) => sealed),
    /** Puts other bytes into the place of a stored part, as one who writes to the database could. */
    replacesPart: async (id: string, number: number, sealed: Buffer) =>
      void (await database.as(SERVICE).run(sql`
        UPDATE attachment_part SET sealed = ${sealed} WHERE attachment_id = ${id} AND number = ${number}`)),
    /** The key of a file is overwritten: nothing of the file can be read or added any more. */
    losesItsKey: async (id: string) =>
      void (await database.as(SERVICE).run(sql`UPDATE attachment SET data_key = 'lost' WHERE id = ${id}`)),
    /** The names of the keys that files are encrypted with. */
    keyNames: async () =>
      (
        await database.as(SERVICE).rows<{ name: string }>(sql`
          SELECT DISTINCT key_name AS name FROM attachment ORDER BY 1`)
      ).map(({ name }) => name),
  };
}

/** Hubs that a test composes beside its own, such as one with a scanner. */
export class ComposedHubs {
  private readonly all: WholeHub[] = [];

  constructor(private readonly database: Database) {}

  /**
   * @param keys of files; undefined for none
   * @param more settings, such as of a store of files
   */
  async with(keys: string | undefined, clamdUrl?: string, more: object = {}): Promise<WholeHub> {
    const settings = { ...(keys === undefined ? {} : { ATTACHMENT_KEYS: keys }), ...more };
    const whole = await composeHub(this.database, { settings, clamdUrl });
    this.all.push(whole);
    return whole;
  }

  async close(): Promise<void> {
    for (const one of this.all.splice(0)) await one.close();
  }
}

/** A worker tries every check of a file that is not done. */
export async function checkFiles(whole: WholeHub, database: Database): Promise<void> {
  await jobsOf(database).makeEveryJobDue();
  const scan = whole.get(ScanAttachment);
  const handlers = handlersOf({ 'scan-attachment': (payload, tx) => scan.handle(payload, tx) });
  await new JobRunner(database, handlers, createLogger('worker', 'silent')).runDue(50);
}

export const openFile = (whole: WholeHub, file: OwnAttachment, by: StaffActor) =>
  whole.get(OpenAttachment).execute({ reference: file.reference, attachment: file.id, by });

export async function contentOfFile(whole: WholeHub, file: OwnAttachment, by: StaffActor): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of (await openFile(whole, file, by)).bytes) parts.push(part);
  return Buffer.concat(parts);
}

/** How many transactions of others are open on the database of a test. */
export async function transactionsOpen(database: Database): Promise<number> {
  const { open } = (await database.as(SERVICE).row<{ open: number }>(sql`
    SELECT count(*)::int AS open FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'`))!;
  return open;
}
