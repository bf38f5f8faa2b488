import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { Agencies } from '#access';
import { CompleteAttachment, ListOwnAttachments } from '#attachments';
import { MOST_BYTES } from '#domain';
import type { ConsoleSettings } from '#platform';
import { ATTACHMENT_KEYS } from '../support/attachment-keys.ts';
import { FakeClamd } from '../support/fake-clamd.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { head, sendRaw } from '../support/raw-request.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aPdf, aWordDocument, EICAR, aZip } from '../support/sample-files.ts';
import { until } from '../support/until.ts';
import { attachmentsOf, checkFiles, ComposedHubs, programOf } from '../support/verbs/attachments.ts';
import { refusalsOnRecord } from '../support/verbs/refusals.ts';
import { formWith, type Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
let composed: ComposedHubs;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
  composed = new ComposedHubs(hub.database);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await composed.close();
  await console.stop();
  await hub.drop();
});

const ADD = 'Add the file';
const WORDS = 'What does the file show? (optional)';
const aFile = (bytes = aPdf(), name = 'Body map.pdf') => ({ name, bytes });
const files = () => attachmentsOf(hub.whole, hub.database);
const timelineOf = async (reference: string) =>
  (await hub.read(reference)).timeline.filter(({ act }) => act.startsWith('attachment')).map(({ act }) => act);

/** A person of a school on the page of a referral of theirs. */
async function aTeacher(at: RunningConsole = console) {
  const school = await hub.anAgency('Hillbrook Primary');
  const reference = await hub.submit(aRoutineAmber(), school.agencyId);
  const path = `/own-referrals/${reference}`;
  return { ...school, reference, path, visitor: await at.visitedBy(school.partner, path) };
}
/** The form with a file as bytes on a connection. */
async function asBytes(visitor: Visitor, path: string, form: FormData) {
  const request = new Request('http://hub.example.org', { method: 'POST', body: form });
  const headers = { Cookie: visitor.cookieHeader, 'Content-Type': request.headers.get('Content-Type')! };
  const body = Buffer.from(await request.arrayBuffer());
  return { body, head: (more: Record<string, string>) => head(`POST ${path}/files`, { ...headers, ...more }) };
}

describe('a file that a person of an agency adds', () => {
  it('is with the hub as one that a program sends, under their name, with what it shows', async () => {
    const { visitor, reference } = await aTeacher();
    const bytes = Buffer.concat([aPdf(100), randomBytes(2_500_000)]);
    const page = await visitor.pressWithFile(ADD, aFile(bytes), { [WORDS]: 'Her bruises on Monday.' });
    expect(page.notices()).toEqual(['The hub has your file.']);
    expect(page.under('Files')).toMatch(
      /^Body map\.pdf \(PDF, 2\.4 MB\) Pat of Hillbrook Primary, .*Her bruises on Monday\./,
    );
    expect(page.under('Files')).toContain('Being checked for viruses. The hub can open it after that.');
    expect(page.links().filter((link) => link.includes('Body map'))).toEqual([]);
    await checkFiles(hub.whole, hub.database);
    expect((await visitor.open(page.path)).under('Files')).toContain('The hub has it.');

    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    expect(worker.page.text).toContain('Her bruises on Monday.');
    expect(worker.page.text).toContain('Pat of Hillbrook Primary');
    const saved = await worker.get(worker.page.link('Body map.pdf'));
    expect([saved.status, saved.headers.get('Content-Length')]).toEqual([200, String(bytes.length)]);
    const { text } = await worker.open(`/referrals/${reference}/timeline`);
    expect(text).toContain('Added a file by Pat of Hillbrook Primary');
    expect(await timelineOf(reference)).toEqual(
      expect.arrayContaining(['attachment.begun', 'attachment.added', 'attachment.checked']),
    );
  });

  it('of 20 MB exactly comes back as it was sent, and a byte more is refused', async () => {
    const { visitor, path } = await aTeacher();
    const bytes = Buffer.concat([aPdf(100), randomBytes(MOST_BYTES - 100)]);
    expect((await visitor.pressWithFile(ADD, aFile(bytes))).notices()).toEqual(['The hub has your file.']);
    expect(await files().partCount()).toBe(20);
    await visitor.open(path);
    const more = await visitor.pressWithFile(ADD, aFile(Buffer.concat([bytes, Buffer.alloc(1)])));
    expect(more.errors()).toEqual(['The selected file must be smaller than 20 MB']);
    expect([await files().partCount(), await files().states()]).toEqual([20, ['waiting']]);
  });

  it('is added once by two presses, by a reload, and by two presses at the same moment', async () => {
    const { visitor, reference } = await aTeacher();
    const form = visitor.page;
    const bytes = aPdf(3_000_000);
    await Promise.all([1, 2, 3].map(() => visitor.pressWithFile(ADD, aFile(bytes), {}, form)));
    const page = await visitor.pressWithFile(ADD, aFile(bytes), {}, form);
    expect([page.status, page.notices()]).toEqual([200, ['The hub has your file.']]);
    expect([await files().states(), await files().partCount()]).toEqual([['waiting'], 3]);
    expect((await timelineOf(reference)).filter((act) => act === 'attachment.added')).toHaveLength(1);
  });

  it('is not another file under the form of one that was added', async () => {
    const { visitor } = await aTeacher();
    const form = visitor.page;
    await visitor.pressWithFile(ADD, aFile(), {}, form);
    const other = await visitor.pressWithFile(ADD, aFile(aPdf(5_000)), { [WORDS]: 'Another.' }, form);
    expect([other.status, other.field(WORDS).value]).toEqual([409, 'Another.']);
    expect([await files().states(), await files().partCount()]).toEqual([['waiting'], 1]);
    expect((await visitor.pressWithFile(ADD, aFile(aPdf(5_000)))).notices()).toEqual(['The hub has your file.']);
  });

  it('is one file from each of two windows', async () => {
    const { visitor, path } = await aTeacher();
    const [one, two] = [visitor.page, await visitor.open(path)];
    await Promise.all([visitor.pressWithFile(ADD, aFile(), {}, one), visitor.pressWithFile(ADD, aFile(), {}, two)]);
    expect(await files().states()).toEqual(['waiting', 'waiting']);
  });

  it('has a name that is fit to be shown, also where its browser calls it by a folder or with signs', async () => {
    const { visitor, path } = await aTeacher();
    const names = [
      ['photo\u202Egpj.pdf', 'photogpj.pdf'],
      ['../../etc/passwd', 'passwd'],
      ['C:\\fake\\body.pdf', 'body.pdf'],
      ['a\r\nSet-Cookie: x=1', 'a%0D%0ASet-Cookie: x=1'],
      ['<script>alert(1)</script>', 'script>'],
      ['👶🏽 карта.pdf', '👶🏽 карта.pdf'],
      [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(99)}…${'x'.repeat(16)}.pdf`],
    ] as const;
    for (const [sent, shown] of names) {
      await visitor.open(path);
      const page = await visitor.pressWithFile(ADD, aFile(aPdf(), sent));
      expect([sent, page.under('Files')]).toEqual([sent, expect.stringContaining(`${shown} (PDF, 2 kB)`)]);
      expect(page.html).not.toContain('<script>alert(1)');
    }
  });

  it('that is infected is told so, and waits no longer', async () => {
    const clamd = await FakeClamd.start();
    try {
      const { visitor, path } = await aTeacher();
      await visitor.pressWithFile(ADD, aFile(Buffer.concat([aPdf(), Buffer.from(EICAR)])));
      await checkFiles(await composed.with(ATTACHMENT_KEYS, clamd.url), hub.database);
      expect((await visitor.open(path)).under('Files')).toContain('Not taken: a virus was found');
    } finally {
      await clamd.stop();
    }
  });
});

describe('what is no file that the hub takes', () => {
  it.each([
    ['none', null, 'Select a file'],
    ['an empty one', aFile(Buffer.alloc(0)), 'The selected file is empty'],
    ['a page that is called .pdf', aFile(Buffer.from('<!doctype html><script>alert(1)</script>')), 'must be a PDF'],
    ['an archive', aFile(aZip('a.txt')), 'must be a PDF'],
    ['a document with macros', aFile(aWordDocument('word/vbaProject.bin')), 'must be a PDF'],
    ['one of 30 MB', aFile(aPdf(30 * 1024 * 1024)), 'The selected file must be smaller than 20 MB'],
  ])('is told with what to do, and keeps what was written: %s', async (_, file, said) => {
    const { visitor } = await aTeacher();
    const page = await visitor.pressWithFile(ADD, file, { [WORDS]: 'Her bruises on Monday.' });
    expect([page.status, page.errors()]).toEqual([422, [expect.stringContaining(said)]]);
    expect(page.field(WORDS).value).toBe('Her bruises on Monday.');
    // All of it was read: a connection that is cut can take the answer with it.
    expect(page.headers.get('Connection')).toBe('keep-alive');
    expect(await files().partCount()).toBe(0);
    expect((await visitor.pressWithFile(ADD, aFile())).notices()).toEqual(['The hub has your file.']);
  });

  it('stands in the list of files with why, where its content was refused', async () => {
    const { visitor } = await aTeacher();
    const form = visitor.page;
    const page = Buffer.from('<!doctype html>');
    await visitor.pressWithFile(ADD, aFile(page), {}, form);
    const shown = await visitor.pressWithFile(ADD, aFile(page), {}, form);
    expect(shown.under('Files')).toContain('Not taken: it is not a PDF, a picture');
    expect(await files().states()).toEqual(['refused']);
  });

  it('is told beside words that are too long, at once', async () => {
    const { visitor } = await aTeacher();
    const page = await visitor.pressWithFile(ADD, null, { [WORDS]: 'x'.repeat(2_001) });
    expect(page.errors().toSorted()).toEqual([
      'Select a file',
      'What the file shows must be 2,000 characters or fewer',
    ]);
  });
});

describe('a referral', () => {
  it('has 20 files at the most, and its page offers no more', async () => {
    const { visitor, reference, agencyId, path } = await aTeacher();
    const by = programOf(agencyId);
    for (let one = 0; one < 19; one++) await files().begin({ reference, by, bytes: aPdf() });
    const [form, late] = [await visitor.open(path), await visitor.open(path)];
    const twice = await Promise.all([1, 2].map(() => visitor.pressWithFile(ADD, aFile(), {}, form)));
    expect(twice.map((page) => page.status)).toEqual([200, 200]);
    const refused = await visitor.pressWithFile(ADD, aFile(), { [WORDS]: 'Late.' }, late);
    expect([refused.status, refused.text]).toEqual([
      409,
      expect.stringContaining('has as many files as the hub takes'),
    ]);
    expect(refused.buttons()).not.toContain(ADD);
    expect(refused.text).toContain('A referral can have 20 files, and this one has them.');
    expect((await files().states()).length).toBe(20);
  });

  it('of a hub that has no key for files offers none, and takes none', async () => {
    const { visitor, reference, path, partner } = await aTeacher();
    const form = visitor.page;
    const without = { ATTACHMENT_KEYS: undefined } as unknown as Partial<ConsoleSettings>;
    const keyless = await RunningConsole.start(hub, async () => [], without);
    try {
      const other = await keyless.visitedBy(partner, path);
      expect([other.page.status, other.page.buttons(), other.page.text]).toEqual([
        ...[200, expect.not.arrayContaining([ADD])],
        expect.not.stringContaining('Add a file'),
      ]);
      const token = other.page.sendingBy('Add it').pairs;
      const forged = form.sendingBy(ADD).pairs.map(([name, value]) => {
        const own = token.find(([known]) => known === name);
        return [name, own?.[1] ?? value] as const;
      });
      const refused = await other.send('POST', `${path}/files`, formWith(forged, aFile()));
      expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('This hub takes no files')]);
      expect(await timelineOf(reference)).toEqual([]);
    } finally {
      await keyless.stop();
    }
  });

  it('that was just sent leads to adding a file', async () => {
    const { visitor } = await aTeacher();
    expect(visitor.page.link('Add a file')).toBe('#add-a-file');
    expect(visitor.page.html).toContain('id="add-a-file"');
  });

  it('Z1: of another agency takes no file, nor does a person of the hub add one', async () => {
    const { visitor, path, reference } = await aTeacher();
    const { pairs } = visitor.page.sendingBy(ADD);
    const { partner } = await hub.anAgency('Loomgate Police');
    for (const [person, known] of [
      [partner, '/own-referrals'],
      [hub.socialWorker, '/queue'],
      [hub.manager, '/queue'],
    ] as const) {
      const other = await console.visitedBy(person, known);
      const token = other.page.sendingBy('Sign out').pairs.find(([name]) => name === '_csrf')!;
      const forged = pairs.map(([name, value]) => (name === '_csrf' ? token : ([name, value] as const)));
      expect((await other.send('POST', `${path}/files`, formWith(forged, aFile()))).status).toBe(404);
    }
    expect([await files().states(), await timelineOf(reference)]).toEqual([[], []]);
    expect((await refusalsOnRecord(hub.database)).filter((one) => one.reference === reference).length).toBeGreaterThan(
      2,
    );
  });
});

describe('nothing of a file is kept', () => {
  it('without the token of the session before it, or from another site', async () => {
    const { visitor, path } = await aTeacher();
    const { pairs } = visitor.page.sendingBy(ADD);
    const isToken = ([name]: readonly [string, string]) => name === '_csrf';
    const token = pairs.find(isToken)!;
    const rest = pairs.filter((pair) => !isToken(pair));
    for (const sent of [rest, [['_csrf', 'x'] as const, ...rest], [...rest, token]]) {
      const page = await visitor.send('POST', `${path}/files`, formWith(sent, aFile()));
      expect([page.status, page.heading]).toEqual([403, 'This form can no longer be sent']);
    }
    const site = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await visitor.send('POST', `${path}/files`, formWith(pairs, aFile()), site)).status).toBe(403);
    expect([await files().states(), await files().partCount()]).toEqual([[], 0]);
  });

  it('of a person who is signed out, and the page has what they wrote', async () => {
    const { visitor, path } = await aTeacher();
    const { pairs } = visitor.page.sendingBy(ADD, { [WORDS]: 'Her bruises on Monday.' });
    await visitor.press('Sign out');
    const page = await visitor.send(
      ...(['POST', `${console.url}${path}/files`] as const),
      formWith(pairs, aFile(aPdf(10_000_000))),
    );
    expect([page.status, page.heading]).toEqual([403, 'You are signed out']);
    expect(page.text).toContain('Her bruises on Monday.');
    expect(await files().states()).toEqual([]);
  });

  it('of an agency that is suspended, also while its file comes', async () => {
    const { visitor, path, agencyId } = await aTeacher();
    const { body, head: headOf } = await asBytes(
      visitor,
      path,
      formWith(visitor.page.sendingBy(ADD).pairs, aFile(aPdf(3_000_000))),
    );
    const socket = connect(Number(new URL(console.url).port), '127.0.0.1');
    let answer = '';
    const ended = new Promise<void>((resolve) => {
      socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
      socket.on('close', () => resolve());
    });
    socket.write(headOf({ 'Content-Length': String(body.length) }));
    socket.write(body.subarray(0, 2_500_000));
    await until(async () => (await files().partCount()) === 2);
    await hub.whole.get(Agencies).suspend(agencyId, true, await hub.another('administrator'));
    socket.write(body.subarray(2_500_000));
    await ended;
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect([await files().states(), await files().partCount()]).toEqual([[], 0]);
    const next = await visitor.send('POST', `${path}/files`, formWith(visitor.page.sendingBy(ADD).pairs, aFile()));
    expect(next.status).not.toBe(200);
    expect(await files().states()).toEqual([]);
  });

  it('where the connection is cut in the middle', async () => {
    const { visitor, path, agencyId, reference } = await aTeacher();
    const { body, head: headOf } = await asBytes(
      visitor,
      path,
      formWith(visitor.page.sendingBy(ADD).pairs, aFile(aPdf(3_000_000))),
    );
    const socket = connect(Number(new URL(console.url).port), '127.0.0.1');
    socket.write(headOf({ 'Content-Length': String(body.length) }));
    socket.write(body.subarray(0, 2_500_000));
    await until(async () => (await files().partCount()) === 2);
    // A program of the agency sees no such file, and cannot end it.
    const by = programOf(agencyId);
    expect(await hub.whole.get(ListOwnAttachments).execute(reference, by)).toEqual([]);
    const [attachment] = await files().ids();
    const ended = hub.whole.get(CompleteAttachment).execute({ reference, attachment: attachment!, by });
    await expect(ended).rejects.toThrow('not-found');
    socket.destroy();
    await until(async () => (await files().states()).length === 0);
    expect(await files().partCount()).toBe(0);
    expect((await visitor.pressWithFile(ADD, aFile())).notices()).toEqual(['The hub has your file.']);
  });

  it.each([
    ['says that it is of 2 GB', { 'Content-Length': String(2 * 1024 ** 3) }, 8],
    ['does not say how large it is', { 'Transfer-Encoding': 'chunked' }, 130],
  ])('of a body that never ends and %s, which is cut with the page that says why', async (_, headers, most) => {
    const { visitor, path } = await aTeacher();
    const form = formWith(visitor.page.sendingBy(ADD).pairs, aFile(aPdf(1_000_000)));
    const { body, head: headOf } = await asBytes(visitor, path, form);
    const begun = body.subarray(0, 500_000);
    const chunk = (bytes: Buffer) => [`${bytes.length.toString(16)}\r\n`, bytes, '\r\n'];
    const isChunked = 'Transfer-Encoding' in headers;
    const joined = (bytes: Buffer) => (isChunked ? chunk(bytes) : [bytes]).map((one) => Buffer.from(one as string));
    const { status, text, sent } = await sendRaw(
      console.url,
      Buffer.concat([Buffer.from(headOf(headers)), ...joined(begun)]),
      Buffer.concat(joined(Buffer.alloc(256 * 1024, 0x20))),
    );
    expect([status, text]).toEqual([422, expect.stringContaining('The selected file must be smaller than 20 MB')]);
    expect(sent).toBeLessThan(most * 1024 * 1024);
    expect([await files().states(), await files().partCount()]).toEqual([[], 0]);
  });

  it('of a form that is none, or has too much before its file', async () => {
    const { visitor, path } = await aTeacher();
    const { pairs } = visitor.page.sendingBy(ADD);
    const send = (body: string, type = 'multipart/form-data; boundary=x') =>
      sendRaw(
        console.url,
        head(`POST ${path}/files`, {
          ...{ Cookie: visitor.cookieHeader, 'Content-Type': type, 'Content-Length': String(body.length) },
        }) + body,
      );
    const field = (name: string, value: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    expect((await send('nothing', 'multipart/form-data')).status).toBe(400);
    expect((await send('no form at all')).status).toBe(400);
    expect((await send(field('a', 'b'))).status).toBe(400);
    expect((await send(`--x\r\n${'h'.repeat(20_000)}: y\r\n\r\n`)).status).toBe(400);
    expect((await send(field('whatItShows', 'x'.repeat(200_000)))).status).toBe(413);
    expect((await send('y'.repeat(300_000))).status).toBe(413);
    const otherForm = await visitor.send('POST', `${path}/information`, formWith(pairs, aFile()));
    expect(otherForm.status).toBe(403);
    expect(await files().states()).toEqual([]);
  });
});

it('a program of the agency sees the file of a person when it is whole', async () => {
  const { visitor, agencyId, reference } = await aTeacher();
  await visitor.pressWithFile(ADD, { ...aFile(), type: 'text/html' });
  const listed = await hub.whole.get(ListOwnAttachments).execute(reference, programOf(agencyId));
  expect(listed).toMatchObject([{ name: 'Body map.pdf', kind: 'pdf', size: 2_000, state: 'waiting' }]);
});
