import { randomBytes, randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import {
  ListOwnAttachments,
  LookAfterAttachments,
  PartOfAnotherSize,
  PartsMissing,
  ReadAttachments,
  type OwnAttachment,
} from '#attachments';
import { MOST_BYTES, PART_BYTES } from '#domain';
import { RestrictReferral } from '#restrictions';
import type { WholeHub } from '../../scripts/hub/whole-hub.ts';
import { ATTACHMENT_KEYS } from '../support/attachment-keys.ts';
import { FakeClamd } from '../support/fake-clamd.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { aPdf, anOldWordDocument, aWordDocument } from '../support/sample-files.ts';
import {
  attachmentsOf,
  checkFiles,
  ComposedHubs,
  contentOfFile,
  openFile,
  partOf,
  programOf,
} from '../support/verbs/attachments.ts';

let hub: Hub;
let clamd: FakeClamd;
let composed: ComposedHubs;
beforeAll(async () => {
  hub = await createHub();
  composed = new ComposedHubs(hub.database);
  clamd = await FakeClamd.start();
});
beforeEach(async () => {
  await hub.reset();
  clamd.manner = 'answers';
  clamd.read.length = 0;
});
afterEach(() => composed.close());
afterAll(async () => {
  await clamd.stop();
  await hub.drop();
});

const own = () => programOf(hub.agency.agencyId);
const files = () => attachmentsOf(hub.whole, hub.database);

const hubWithScanner = () => composed.with(ATTACHMENT_KEYS, clamd.url);
const work = (whole: WholeHub) => checkFiles(whole, hub.database);
const opens = (file: OwnAttachment, by: StaffActor) => openFile(hub.whole, file, by);
const contentOf = (file: OwnAttachment, by: StaffActor) => contentOfFile(hub.whole, file, by);
const timelineOf = async (reference: string) => (await hub.read(reference)).timeline.map(({ act }) => act);
const shown = async (reference: string) =>
  (await hub.whole.get(ReadAttachments).execute(reference, hub.screener)).map(({ name, kind, state }) => [
    name,
    kind,
    state,
  ]);

describe('the parts of a file', () => {
  it('make the file again in whichever order they come, and however often', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = Buffer.concat([aPdf(20), randomBytes(2 * PART_BYTES + 5)]);
    const { begin, store, complete, partCount } = files();
    const file = await begin({ reference, by: own(), bytes });
    await store(file, own(), 3, partOf(bytes, 3));
    await store(file, own(), 1, Buffer.alloc(PART_BYTES, 1));
    await Promise.all([
      store(file, own(), 2, partOf(bytes, 2)),
      store(file, own(), 1, partOf(bytes, 1)),
      store(file, own(), 2, partOf(bytes, 2)),
    ]);
    expect(await partCount()).toBe(3);
    expect(await complete(file, own())).toMatchObject({ state: 'waiting', kind: 'pdf', size: bytes.length });
    await work(hub.whole);
    expect((await contentOf(file, hub.screener)).equals(bytes)).toBe(true);
  });

  it('are 20 for 20 MB, and come back as they were sent', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = Buffer.concat([aPdf(100), randomBytes(MOST_BYTES - 100)]);
    const file = await files().adds({ reference, by: own(), bytes });
    expect(await files().partCount()).toBe(20);
    await work(await hubWithScanner());
    expect(clamd.read.at(-1)!.equals(bytes)).toBe(true);
    expect((await contentOf(file, hub.screener)).equals(bytes)).toBe(true);
  });

  it('are refused with another size than they must have, and with a number that the file does not have', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf(PART_BYTES + 10);
    const { begin, store, partCount } = files();
    const file = await begin({ reference, by: own(), bytes });
    for (const [number, size] of [
      [1, 0],
      [1, PART_BYTES - 1],
      [1, PART_BYTES + 1],
      [2, 9],
      [2, 11],
    ] as const) {
      const expected = new PartOfAnotherSize(number === 1 ? PART_BYTES : 10);
      const error = await store(file, own(), number, Buffer.alloc(size)).catch((thrown: unknown) => thrown);
      expect([number, size, error]).toEqual([number, size, expected]);
      expect((error as PartOfAnotherSize).expected).toBe(expected.expected);
    }
    for (const number of [0, -1, 3, 21])
      await expect(store(file, own(), number, Buffer.alloc(10))).rejects.toThrow('not-found');
    expect(await partCount()).toBe(0);
  });

  it('that are missing are named, and the file waits for them', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf(4 * PART_BYTES);
    const { begin, store, complete, states } = files();
    const file = await begin({ reference, by: own(), bytes });
    await store(file, own(), 2, partOf(bytes, 2));
    const error = await complete(file, own()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartsMissing);
    expect((error as PartsMissing).numbers).toEqual([1, 3, 4]);
    expect(await states()).toEqual(['uploading']);
    for (const number of [1, 3, 4]) await store(file, own(), number, partOf(bytes, number));
    expect((await complete(file, own())).state).toBe('waiting');
  });

  it('are no longer taken once the file is completed', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf();
    const file = await files().adds({ reference, by: own(), bytes });
    await expect(files().store(file, own(), 1, bytes)).rejects.toThrow('attachment-completed');
  });
});

describe('a file that is completed', () => {
  it('is not added where its bytes have another SHA-256, until they are right', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf();
    const { begin, store, complete, states } = files();
    const file = await begin({ reference, by: own(), bytes });
    await store(file, own(), 1, aPdf(bytes.length, 'other'));
    await expect(complete(file, own())).rejects.toThrow('attachment-altered');
    expect([await states(), await shown(reference)]).toEqual([['uploading'], []]);
    await store(file, own(), 1, bytes);
    expect((await complete(file, own())).state).toBe('waiting');
  });

  it('is refused where its content is of another kind, and nothing of it is kept', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const { sends, complete, partCount, states } = files();
    const page = Buffer.from('<!doctype html><script>alert(1)</script>');
    for (const bytes of [page, aWordDocument('word/vbaProject.bin'), Buffer.from('MZ\x90\0')]) {
      const file = await sends({ reference, by: own(), bytes, name: 'body map.pdf' });
      await expect(complete(file, own())).rejects.toThrow('attachment-not-taken');
      await expect(complete(file, own())).rejects.toThrow('attachment-not-taken');
    }
    expect([await partCount(), await states(), await shown(reference)]).toEqual([
      0,
      ['refused', 'refused', 'refused'],
      [],
    ]);
    expect(await timelineOf(reference)).not.toContain('attachment.added');
  });

  it('is shown as what it is by its content, whatever its name and the agency say', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await files().adds({ reference, by: own(), bytes: aWordDocument(), name: '../photo\u202Egpj.exe' });
    await files().adds({ reference, by: own(), bytes: anOldWordDocument(), name: 'old.pdf' });
    await work(hub.whole);
    expect(await shown(reference)).toEqual([
      ['../photo\u202Egpj.exe', 'docx', 'not_scanned'],
      ['old.pdf', 'doc', 'not_scanned'],
    ]);
  });

  it('is added once, however often and by however many at once it is completed', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const file = await files().sends({ reference, by: own(), bytes: aPdf(3 * PART_BYTES) });
    const version = await hub.versionOf(reference);
    const all = await Promise.all(Array.from({ length: 10 }, () => files().complete(file, own())));
    expect(new Set(all.map(({ state, addedAt }) => `${state} ${String(addedAt)}`))).toEqual(
      new Set(['waiting 2026-11-23T10:00:00Z']),
    );
    expect((await timelineOf(reference)).filter((act) => act === 'attachment.added')).toHaveLength(1);
    expect(await hub.versionOf(reference)).toBe(version + 1);
    await work(await hubWithScanner());
    expect(clamd.read).toHaveLength(1);
  });

  it('changes the version of the referral, so that a colleague who is deciding is told', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const version = await hub.versionOf(reference);
    await files().adds({ reference, by: own(), bytes: aPdf() });
    await expect(hub.decides(hub.socialWorker, reference, { version })).rejects.toThrow('changed-meanwhile');
  });

  it('tells the decider where it comes after the decision', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    await hub.moveBy({ minutes: 5 });
    await files().adds({ reference, by: own(), bytes: aPdf() });
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('late_answer')).toEqual([['2026-11-23T10:05', 'owner']]);
  });
});

describe('a referral', () => {
  it('has 20 files at the most, begun at once or one after the other', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const { begin, states } = files();
    const begun = await Promise.allSettled(
      Array.from({ length: 25 }, () => begin({ reference, by: own(), bytes: aPdf() })),
    );
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    await expect(begin({ reference, by: own(), bytes: aPdf() })).rejects.toThrow('too-many-attachments');
    expect(await states()).toHaveLength(20);
  });

  it('Z1: of another agency takes no file, and its files are as if there were none', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const file = await files().sends({ reference, by: own(), bytes: aPdf() });
    const other = programOf((await hub.anAgency('Loomgate Police')).agencyId);
    const theirs = await hub.submit(aRoutineAmber(), other.id);
    await expect(files().begin({ reference, by: other, bytes: aPdf() })).rejects.toThrow('not-found');
    await expect(files().store(file, other, 1, aPdf())).rejects.toThrow('not-found');
    await expect(files().complete(file, other)).rejects.toThrow('not-found');
    await expect(files().complete({ ...file, reference: theirs }, own())).rejects.toThrow('not-found');
    await expect(hub.whole.get(ListOwnAttachments).execute(reference, other)).rejects.toThrow('not-found');
    expect((await files().complete(file, own())).state).toBe('waiting');
  });
});

describe('a file that is not completed', () => {
  it('is removed after 24 hours, and one that is completed stays', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const { begin, adds, sends, states, partCount } = files();
    await adds({ reference, by: own(), bytes: aPdf() });
    const page = Buffer.from('<!doctype html>');
    const refused = await sends({ reference, by: own(), bytes: page });
    await expect(files().complete(refused, own())).rejects.toThrow('attachment-not-taken');
    await sends({ reference, by: own(), bytes: aPdf(2 * PART_BYTES) });
    await hub.moveBy({ hours: 23, minutes: 59 });
    await begin({ reference, by: own(), bytes: aPdf() });
    const lookAfter = () => hub.whole.get(LookAfterAttachments).execute();
    await lookAfter();
    expect([await states(), await partCount()]).toEqual([['waiting', 'refused', 'uploading', 'uploading'], 3]);
    await hub.moveBy({ minutes: 1 });
    await lookAfter();
    expect([await states(), await partCount()]).toEqual([['waiting', 'uploading'], 1]);
    expect((await timelineOf(reference)).filter((act) => act === 'attachment.removed')).toHaveLength(2);
  });
});

describe('the files of a restricted referral', () => {
  it('are behind its wall: their names, their states and their bytes', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf(3 * PART_BYTES);
    const file = await files().adds({ reference, by: own(), bytes });
    await work(hub.whole);
    const reading = await opens(file, hub.screener);
    await reading.bytes.next();
    await hub.whole.get(RestrictReferral).execute({
      ...{ reference, category: 'adoption', reason: 'She is being adopted.', children: [], people: [] },
      ...{ formId: randomUUID(), by: hub.manager },
    });
    expect(await shown(reference)).toEqual([]);
    await expect(opens(file, hub.screener)).rejects.toThrow('not-found');
    await expect(reading.bytes.next()).rejects.toThrow('part 2 of a file is missing');
    expect((await contentOf(file, hub.manager)).equals(bytes)).toBe(true);
  });

  it('are opened by an auditor for an hour after a reason, as the referral is', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const file = await files().adds({ reference, by: own(), bytes: aPdf() });
    await work(hub.whole);
    await expect(opens(file, hub.auditor)).rejects.toThrow('no-reason-for-audit');
    await hub.openForAudit(reference, 'A complaint about the time that it took.', hub.auditor);
    expect(await contentOf(file, hub.auditor)).toEqual(aPdf());
  });
});
