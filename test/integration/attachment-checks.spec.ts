import { randomBytes } from 'node:crypto';
import type { StaffActor } from '#access';
import { ListOwnAttachments, LookAfterAttachments, ReadAttachments, type OwnAttachment } from '#attachments';
import { PART_BYTES } from '#domain';
import type { WholeHub } from '../../scripts/hub/whole-hub.ts';
import { ATTACHMENT_KEYS } from '../support/attachment-keys.ts';
import { FakeClamd } from '../support/fake-clamd.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { aPdf, EICAR } from '../support/sample-files.ts';
import {
  attachmentsOf,
  checkFiles,
  ComposedHubs,
  contentOfFile,
  openFile,
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
const contentOf = (file: OwnAttachment, by: StaffActor, whole = hub.whole) => contentOfFile(whole, file, by);
const timelineOf = async (reference: string) => (await hub.read(reference)).timeline.map(({ act }) => act);
const shown = async (reference: string) =>
  (await hub.whole.get(ReadAttachments).execute(reference, hub.screener)).map(({ name, kind, state }) => [
    name,
    kind,
    state,
  ]);

describe('a scanner', () => {
  it('reads a file before a person can open it, and the record says what it found', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const whole = await hubWithScanner();
    const bytes = aPdf(PART_BYTES + 3);
    const file = await files().adds({ reference, by: own(), bytes });
    await expect(opens(file, hub.screener)).rejects.toThrow('attachment-closed');
    await work(whole);
    expect(await shown(reference)).toEqual([['body map.pdf', 'pdf', 'clean']]);
    expect((await contentOf(file, hub.screener)).equals(bytes)).toBe(true);
    expect(await timelineOf(reference)).toEqual(expect.arrayContaining(['attachment.checked', 'attachment.opened']));
  });

  it('that finds a virus keeps the file closed', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const file = await files().adds({ reference, by: own(), bytes: Buffer.concat([aPdf(), Buffer.from(EICAR)]) });
    await work(await hubWithScanner());
    expect(await hub.whole.get(ReadAttachments).execute(reference, hub.screener)).toMatchObject([
      { state: 'infected', virus: 'Eicar-Test-Signature' },
    ]);
    await expect(opens(file, hub.manager)).rejects.toThrow('attachment-closed');
    expect(await hub.whole.get(ListOwnAttachments).execute(reference, own())).toMatchObject([{ state: 'infected' }]);
  });

  it.each([
    ['hangs up', 'hangs-up'],
    ['hangs up in between', 'hangs-up-in-between'],
    ['takes no file as large', 'says-too-large'],
    ['says what is no verdict', 'says-nonsense'],
  ] as const)('that %s keeps the file closed, and is asked again until it answers', async (_, manner) => {
    const reference = await hub.submit(aRoutineAmber());
    const whole = await hubWithScanner();
    const file = await files().adds({ reference, by: own(), bytes: aPdf(2 * PART_BYTES) });
    clamd.manner = manner;
    for (let tries = 1; tries <= 5; tries += 1) {
      await work(whole);
      const [line] = await hub.whole.get(ReadAttachments).execute(reference, hub.screener);
      expect([tries, line!.state, line!.isScannerAway]).toEqual([tries, 'waiting', tries === 5]);
    }
    await expect(opens(file, hub.screener)).rejects.toThrow('attachment-closed');
    clamd.manner = 'answers';
    await work(whole);
    expect(await shown(reference)).toEqual([['body map.pdf', 'pdf', 'clean']]);
  });

  it('that is set up later reads what was shown unchecked, and that is closed until then', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const file = await files().adds({ reference, by: own(), bytes: Buffer.concat([aPdf(), Buffer.from(EICAR)]) });
    await work(hub.whole);
    expect(await shown(reference)).toEqual([['body map.pdf', 'pdf', 'not_scanned']]);
    await contentOf(file, hub.screener);
    const whole = await hubWithScanner();
    await whole.get(LookAfterAttachments).execute();
    await expect(opens(file, hub.screener)).rejects.toThrow('attachment-closed');
    await work(whole);
    expect(await shown(reference)).toEqual([['body map.pdf', 'pdf', 'infected']]);
  });
});

describe('the bytes of a file', () => {
  it('are nowhere in the database as they are, and open only as the part that they are', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const words = 'Bernadette saw a bruise';
    const [one, other] = [Buffer.alloc(PART_BYTES, words), Buffer.alloc(PART_BYTES, words)];
    const bytes = Buffer.concat([aPdf(PART_BYTES), one, other]);
    const { adds, sealedParts, replacesPart } = files();
    const file = await adds({ reference, by: own(), bytes });
    const twin = await adds({ reference, by: own(), bytes });
    await work(hub.whole);
    const sealed = await sealedParts(file.id);
    expect(sealed.map((part) => part.includes(words))).toEqual([false, false, false]);
    const read = async () => (await contentOf(file, hub.screener)).equals(bytes);
    expect(await read()).toBe(true);
    const changed = Buffer.from(sealed[1]!);
    changed[500]! ^= 1;
    for (const forged of [changed, sealed[2]!, (await sealedParts(twin.id))[1]!, sealed[1]!.subarray(0, 20)]) {
      await replacesPart(file.id, 2, forged);
      await expect(read()).rejects.toThrow();
    }
    await replacesPart(file.id, 2, sealed[1]!);
    expect(await read()).toBe(true);
  });

  it('stay as they are when the key of the settings is changed, and the old key can go', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const { adds, sends, complete, sealedParts, keyNames } = files();
    const file = await adds({ reference, by: own(), bytes: aPdf() });
    const underWay = await sends({ reference, by: own(), bytes: aPdf() });
    await work(hub.whole);
    const before = await sealedParts(file.id);
    const newKey = `next:${randomBytes(32).toString('base64')}`;
    const both = await composed.with(`${newKey},${ATTACHMENT_KEYS}`);
    expect(await contentOf(file, hub.screener, both)).toEqual(aPdf());
    await both.get(LookAfterAttachments).execute();
    expect([await keyNames(), await sealedParts(file.id)]).toEqual([['next'], before]);
    const after = await composed.with(newKey);
    expect(await contentOf(file, hub.screener, after)).toEqual(aPdf());
    expect((await attachmentsOf(after, hub.database).complete(underWay, own())).state).toBe('waiting');
    await expect(opens(file, hub.screener)).rejects.toThrow('attachment-unreadable');
    await expect(complete(underWay, own())).resolves.toMatchObject({ state: 'waiting' });
  });

  it('are not taken where the hub has no key', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const without = attachmentsOf(await composed.with(undefined), hub.database);
    const sent = { reference, by: own(), bytes: aPdf() };
    await expect(without.begin(sent)).rejects.toThrow('attachments-not-taken');
    const file = await files().sends(sent);
    await expect(without.store(file, own(), 1, aPdf())).rejects.toThrow('attachments-not-taken');
    await expect(without.complete(file, own())).rejects.toThrow('attachments-not-taken');
  });
});
