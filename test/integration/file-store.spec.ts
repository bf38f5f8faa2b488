import { randomBytes } from 'node:crypto';
import { LookAfterAttachments, FileStore, ObjectsAway, ReceiveAttachment } from '#attachments';
import { PART_BYTES } from '#domain';
import type { WholeHub } from '../../scripts/hub/whole-hub.ts';
import { ATTACHMENT_KEYS } from '../support/attachment-keys.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { S3Server } from '../support/s3-server.ts';
import { aPdf } from '../support/sample-files.ts';
import { until } from '../support/until.ts';
import {
  attachmentsOf,
  checkFiles,
  ComposedHubs,
  contentOfFile,
  partOf,
  programOf,
  transactionsOpen,
} from '../support/verbs/attachments.ts';

let hub: Hub;
let store: S3Server;
let composed: ComposedHubs;
/** A hub whose files go into the store. */
let whole: WholeHub;
beforeAll(async () => {
  hub = await createHub();
  store = await S3Server.start();
  composed = new ComposedHubs(hub.database);
  whole = await composed.with(ATTACHMENT_KEYS, undefined, store.settings);
});
beforeEach(async () => {
  await hub.reset();
  store.reset();
});
afterAll(async () => {
  await composed.close();
  await store.stop();
  await hub.drop();
});

const own = () => programOf(hub.agency.agencyId);
const files = () => attachmentsOf(whole, hub.database);
const contentOf = (...[file, by = whole]: [Parameters<typeof contentOfFile>[1], WholeHub?]) =>
  contentOfFile(by, file, hub.screener);
/** Makes everything in the store as old as an hour's work asks for. */
const age = () => store.objects.forEach((one) => (one.changedAt = new Date('2026-11-20T10:00:00Z')));
const lookAfter = () => whole.get(LookAfterAttachments).execute();

describe('a store that speaks S3', () => {
  it('has the parts of a file, encrypted, under ids alone, and the database has none of their bytes', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = Buffer.concat([aPdf(20), randomBytes(2 * PART_BYTES)]);
    const file = await files().adds({ reference, by: own(), bytes, name: 'Maya.pdf' });
    expect(await files().sealedParts(file.id)).toEqual([null, null, null]);
    expect([...store.objects.keys()].map((key) => key.replace(/[0-9a-f-]{36}$/, '')).toSorted()).toEqual(
      [1, 2, 3].map((number) => `${file.id}/${number}/`),
    );
    for (const { bytes: stored } of store.objects.values()) {
      expect(stored.includes(bytes.subarray(100, 200))).toBe(false);
      expect(stored.includes('%PDF')).toBe(false);
    }
    await checkFiles(whole, hub.database);
    expect((await contentOf(file)).equals(bytes)).toBe(true);
  });

  it('has what a person of an agency sends by a form', async () => {
    const { partner, agencyId } = await hub.anAgency('Hillbrook Primary');
    const reference = await hub.submit(aRoutineAmber(), agencyId);
    const by = { ...partner, kind: 'staff' as const, role: 'partner' as const, agencyId };
    const bytes = Buffer.concat([aPdf(20), randomBytes(PART_BYTES)]);
    const sent = (async function* () {
      yield bytes;
    })();
    const file = await whole.get(ReceiveAttachment).execute({
      ...{ reference, by, bytes: sent, formId: '01900000-0000-7000-8000-000000000009' },
      file: { name: 'a.pdf', claimedType: 'application/pdf', saidBy: by.name, words: '' },
    });
    expect(store.objects.size).toBe(2);
    await checkFiles(whole, hub.database);
    expect((await contentOf(file)).equals(bytes)).toBe(true);
  });

  it('keeps the part that came last, and what came before goes by the hour', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf();
    const { begin, store: send, complete } = files();
    const file = await begin({ reference, by: own(), bytes });
    await send(file, own(), 1, aPdf(bytes.length, 'other'));
    await send(file, own(), 1, bytes);
    expect((await complete(file, own())).state).toBe('waiting');
    expect(store.objects.size).toBe(2);
    await lookAfter();
    expect(store.objects.size).toBe(2);
    age();
    await lookAfter();
    expect(store.objects.size).toBe(1);
    await checkFiles(whole, hub.database);
    expect(await contentOf(file)).toEqual(bytes);
  });

  it('loses the objects of refused files and of what broke off, page by page, and nothing that is not ours', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const { adds, sends, complete } = files();
    const kept = await adds({ reference, by: own(), bytes: aPdf(2 * PART_BYTES) });
    const page = await sends({ reference, by: own(), bytes: Buffer.from('<!doctype html>') });
    await expect(complete(page, own())).rejects.toThrow('attachment-not-taken');
    for (let one = 0; one < 5; one += 1)
      store.objects.set(`${kept.id}/1/01900000-0000-7000-8000-00000000000${one}`, {
        ...{ bytes: Buffer.alloc(1), changedAt: new Date() },
      });
    store.objects.set('0/backup', { bytes: Buffer.alloc(1), changedAt: new Date() });
    // Of another hub, or of a moment after the one to which this one was restored.
    const ofAnother = '01900000-0000-7000-8000-0000000000aa/1/01900000-0000-7000-8000-0000000000bb';
    store.objects.set(ofAnother, { bytes: Buffer.alloc(1), changedAt: new Date() });
    store.page = 2;
    age();
    await lookAfter();
    expect([...store.objects.keys()].toSorted()).toEqual([
      '0/backup',
      ofAnother,
      ...[1, 2].map((number) => expect.stringContaining(`${kept.id}/${number}/`) as string),
    ]);
  });

  it('and PostgreSQL stay readable, each for what it has, when the setting changes', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const [bytes, later] = [aPdf(3_000), aPdf(4_000)];
    const before = await attachmentsOf(hub.whole, hub.database).adds({ reference, by: own(), bytes });
    const inStore = await files().adds({ reference, by: own(), bytes: later });
    const back = await composed.with(ATTACHMENT_KEYS, undefined, { ...store.settings, ATTACHMENT_STORE: 'postgresql' });
    const again = await attachmentsOf(back, hub.database).adds({ reference, by: own(), bytes });
    expect(store.objects.size).toBe(1);
    await checkFiles(whole, hub.database);
    for (const hubNow of [whole, back]) {
      expect(await contentOf(before, hubNow)).toEqual(bytes);
      expect(await contentOf(inStore, hubNow)).toEqual(later);
      expect(await contentOf(again, hubNow)).toEqual(bytes);
    }
    await expect(contentOf(inStore, hub.whole)).rejects.toThrow('the settings do not name (S3_ENDPOINT)');
  });

  it('adds no file of which a part came again while it was read', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf(PART_BYTES + 5);
    const { sends, complete, states } = files();
    const file = await sends({ reference, by: own(), bytes });
    const sendsAgain = (part: Buffer) => {
      store.meanwhile = { of: `${file.id}/2/`, act: () => files().store(file, own(), 2, part) };
    };
    sendsAgain(Buffer.from('other'));
    await expect(complete(file, own())).rejects.toThrow('attachment-altered');
    expect(await states()).toEqual(['uploading']);
    sendsAgain(partOf(bytes, 2));
    await files().store(file, own(), 2, partOf(bytes, 2));
    expect((await complete(file, own())).state).toBe('waiting');
    await checkFiles(whole, hub.database);
    expect(await contentOf(file)).toEqual(bytes);
  });

  it.each([
    ['altered', (key: string) => (store.objects.get(key)!.bytes[20]! ^= 1)],
    ['lost', (key: string) => store.objects.delete(key)],
  ])('tells of an object that was %s, and gives none of it', async (_, harm: (key: string) => unknown) => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf(PART_BYTES + 5);
    const { sends, complete, adds } = files();
    const file = await adds({ reference, by: own(), bytes });
    await checkFiles(whole, hub.database);
    harm([...store.objects.keys()].find((key) => key.startsWith(`${file.id}/1/`))!);
    await expect(contentOf(file)).rejects.toThrow();
    const other = await sends({ reference, by: own(), bytes });
    harm([...store.objects.keys()].find((key) => key.startsWith(`${other.id}/2/`))!);
    await expect(complete(other, own())).rejects.toThrow();
    await files().store(other, own(), 2, partOf(bytes, 2));
    expect((await complete(other, own())).state).toBe('waiting');
  });

  it('that is away loses nothing: what was to be done is done later, and referrals go on', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf(PART_BYTES + 5);
    const { sends, complete, begin, partCount, states } = files();
    const file = await sends({ reference, by: own(), bytes });
    const next = await begin({ reference, by: own(), bytes });
    store.manner = 'busy';
    await expect(files().store(next, own(), 1, partOf(bytes, 1))).rejects.toThrow(ObjectsAway);
    await expect(complete(file, own())).rejects.toThrow(ObjectsAway);
    expect(await whole.get(FileStore).standing()).toBe('away');
    await lookAfter();
    await hub.submit(aRoutineAmber());
    expect([await states(), await partCount()]).toEqual([['uploading', 'uploading'], 2]);
    store.manner = 'answers';
    expect((await complete(file, own())).state).toBe('waiting');
    await checkFiles(whole, hub.database);
    store.manner = 'busy';
    await expect(contentOf(file)).rejects.toThrow(ObjectsAway);
    store.manner = 'answers';
    expect(await contentOf(file)).toEqual(bytes);
    expect(await whole.get(FileStore).standing()).toBe('answers');
  });

  it('that gives no answer is taken to be away after ten seconds, and holds no transaction meanwhile', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const file = await files().begin({ reference, by: own(), bytes: aPdf() });
    store.manner = 'silent';
    const sending = files().store(file, own(), 1, aPdf());
    const told = expect(sending).rejects.toThrow('the store of files gives no answer in time');
    await until(async () => store.waiting === 1);
    expect(await transactionsOpen(hub.database)).toBe(0);
    await told;
  });

  it('refuses another secret, another region or another bucket', async () => {
    for (const wrong of [{ S3_SECRET_ACCESS_KEY: 'x' }, { S3_REGION: 'us-east-1' }, { S3_BUCKET: 'another' }]) {
      const other = await composed.with(ATTACHMENT_KEYS, undefined, { ...store.settings, ...wrong });
      const reference = await hub.submit(aRoutineAmber());
      const sending = attachmentsOf(other, hub.database).adds({ reference, by: own(), bytes: aPdf() });
      await expect(sending).rejects.toThrow(/the store of files refuses with 40[34]/);
      expect(await other.get(FileStore).standing()).toBe('away');
    }
    expect(store.objects.size).toBe(0);
  });
});
