import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { AgencyClients, ClientInvitations } from '#access';
import { SERVICE } from '#store';
import { PartnerKit, type Ended } from '../support/partner-kit.ts';
import { SCENARIOS } from '../support/scenarios.ts';
import { offlineFaults } from '../../partners/cli/src/offline-faults.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { ownPort } from '../support/own-port.ts';
import { aPdf } from '../support/sample-files.ts';

const MAIN = resolve('partners/cli/src/main.ts');
const REFERENCE = /^MASH-[0-9A-Z]{4}-[0-9A-Z]{4}\n$/;

let kit: PartnerKit;
beforeAll(async () => void (kit = await PartnerKit.start()));
afterAll(() => kit.stop());

const env = (more: NodeJS.ProcessEnv = {}) => ({
  ...{ MASH_HUB: kit.api.url, MASH_CLIENT_ID: kit.clientId, MASH_KEY_FILE: 'private.pem' },
  ...more,
});
const cli = (args: readonly string[], more: NodeJS.ProcessEnv = {}, input = ''): Promise<Ended> =>
  kit.run(process.execPath, [MAIN, ...args], env(more), input);

const inFolder = (name: string) => join(kit.folder, name);
let file: string;
let files = 0;
beforeEach(() => {
  file = `referral-${(files += 1)}.json`;
  writeFileSync(inFolder(file), JSON.stringify(aBruisedBaby()));
});
const change = (changes: object) =>
  writeFileSync(inFolder(file), JSON.stringify({ ...(aBruisedBaby() as object), ...changes }));

describe('submit', () => {
  it('writes the reference alone, and run again it sends nothing a second time', async () => {
    const before = await kit.hub.receivedCount();
    const first = await cli(['submit', file]);
    expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(REFERENCE)]);
    expect(JSON.parse(readFileSync(inFolder(`${file}.sent.json`), 'utf8'))).toEqual({
      idempotencyKey: expect.stringMatching(/^[\w-]{36}$/) as unknown,
      reference: first.stdout.trim(),
    });
    const again = await cli(['submit', file]);
    expect([again.code, again.stdout]).toEqual([0, first.stdout]);
    expect(await kit.hub.receivedCount()).toBe(before + 1);
  });

  it('is not changed by what the file says later', async () => {
    const { stdout } = await cli(['submit', file]);
    change({ immediateDanger: true, senderReference: 'another' });
    const { code, stderr } = await cli(['submit', file]);
    expect(code).toBe(2);
    expect(stderr).toContain(`as ${stdout.trim()}, and it is unchanged`);
  });

  it('names every fault before it sends anything, and nothing of what the file says', async () => {
    const summary = 'Zebedee has a bruise';
    change({ concern: { types: ['boredom'], summary, source: 7 }, children: [], nickname: summary });
    // No hub is there: the faults are found without one.
    const { code, stderr, stdout } = await cli(['submit', file], { MASH_HUB: 'http://127.0.0.1:9' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^\/concern\/types\/0: must be equal to one of the allowed values \(.*neglect/m);
    expect(stderr).toMatch(/^\/concern\/source: must be string/m);
    expect(stderr).toMatch(/^\/children: must NOT have fewer than 1 items/m);
    expect(stderr).toMatch(/^\/nickname: is not a property of the contract/m);
    expect(stderr).not.toContain('Zebedee');
    expect(existsSync(inFolder(`${file}.sent.json`))).toBe(false);
  });

  it('says where a file stops being JSON, and nothing of what the file says', async () => {
    writeFileSync(inFolder(file), '{ "summary": "Zebedee",\n  has }');
    const { code, stderr } = await cli(['submit', file]);
    expect([code, stderr]).toEqual([2, 'The file is not JSON (line 2 column 3). Nothing was sent.\n']);
  });

  it('names the faults that only the hub sees, and sends the file with the same key when it is put right', async () => {
    change({
      children: [{ firstName: 'Maya', nhsNumber: '9990491322' }],
    });
    const refused = await cli(['submit', file]);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toMatch(/^\/children\/0\/nhsNumber: /m);
    const key = (JSON.parse(readFileSync(inFolder(`${file}.sent.json`), 'utf8')) as { idempotencyKey: string })
      .idempotencyKey;
    change({});
    expect((await cli(['submit', file])).stdout).toMatch(REFERENCE);
    expect(readFileSync(inFolder(`${file}.sent.json`), 'utf8')).toContain(key);
  });

  it('has soft faults set apart with --lenient, and names them without what the file says', async () => {
    change({ children: [{ firstName: 'Zebedee', nhsNumber: '94347659' }] });
    expect((await cli(['submit', file])).code).toBe(2);
    const tried = await cli(['submit', file, '--dry-run', '--lenient']);
    const sent = await cli(['submit', file, '--lenient']);
    expect([tried.code, tried.stdout, sent.code, sent.stdout]).toEqual([0, '', 0, expect.stringMatching(REFERENCE)]);
    for (const { stderr } of [tried, sent]) {
      expect(stderr).toMatch(/^Set apart, .+\n\/children\/0\/nhsNumber: Must be ten digits/m);
      expect(stderr).not.toMatch(/Zebedee|94347659/);
    }
    file = 'no-child.json';
    change({ children: [] });
    expect(await cli(['submit', file, '--lenient'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^\/children: /m) as unknown,
    });
  });

  it('asks only, with --dry-run', async () => {
    const before = await kit.hub.receivedCount();
    const { code, stdout, stderr } = await cli(['submit', file, '--dry-run']);
    expect([code, stdout, stderr]).toEqual([0, '', 'The hub would take it. Nothing was sent.\n']);
    expect(await kit.hub.receivedCount()).toBe(before);
    expect(existsSync(inFolder(`${file}.sent.json`))).toBe(false);
  });

  it('reads standard input with a key of its caller, and not without one', async () => {
    const text = JSON.stringify(aBruisedBaby());
    expect(await cli(['submit', '-'], {}, text)).toMatchObject({ code: 2, stdout: '' });
    const first = await cli(['submit', '-', '--key', 'case-4417'], {}, text);
    expect(first.stdout).toMatch(REFERENCE);
    expect((await cli(['submit', '-', '--key', 'case-4417'], {}, text)).stdout).toBe(first.stdout);
  });

  it('ends with 4 where no hub answers, and keeps the key for the next time', async () => {
    const { code, stderr } = await cli(['submit', file], { MASH_HUB: `http://127.0.0.1:${await ownPort()}` });
    expect([code, stderr]).toEqual([4, expect.stringContaining('gives no answer. Run the same command again.')]);
    expect(existsSync(inFolder(`${file}.sent.json`))).toBe(true);
  });
});

it('the faults that are found without the hub are none in the forty scenarios', () => {
  expect(SCENARIOS).toHaveLength(40);
  for (const { body } of SCENARIOS) expect(offlineFaults(body)).toEqual([]);
});

describe('attach', () => {
  const SAID_BY = ['--said-by', 'Bernadette Owusu-Lacey'];

  it('adds each file once, however often it is run, and another one when the file was changed', async () => {
    const reference = (await cli(['submit', file])).stdout.trim();
    writeFileSync(inFolder('map.pdf'), aPdf());
    writeFileSync(inFolder('Notes.PDF'), aPdf(2_000, 'notes'));
    const run = () => cli(['attach', reference, 'map.pdf', 'Notes.PDF', ...SAID_BY, '--description', 'Her arm.']);
    const first = await run();
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^[\w-]{36} waiting map\.pdf\n[\w-]{36} waiting Notes\.PDF\n$/);
    expect((await run()).stdout).toBe(first.stdout);
    writeFileSync(inFolder('map.pdf'), aPdf(3_000));
    const [changed, same] = (await run()).stdout.split('\n');
    expect([first.stdout.includes(changed!), first.stdout.includes(same!)]).toEqual([false, true]);
  });

  it('names every file that cannot be sent, and sends none', async () => {
    writeFileSync(inFolder('list.xlsx'), 'x');
    writeFileSync(inFolder('empty.pdf'), '');
    writeFileSync(inFolder('map.pdf'), aPdf());
    const refused = (...paths: readonly string[]) =>
      cli(['attach', 'MASH-7K3F-9QXT', ...paths, ...SAID_BY], { MASH_HUB: 'http://127.0.0.1:9' });
    const { code, stdout, stderr } = await refused('map.pdf', 'list.xlsx', 'empty.pdf', 'none.png');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^list\.xlsx: must end with one of \.pdf, .+\nempty\.pdf is empty\nnone\.png cannot be read\nNothing was sent\.\n$/,
    );
    expect(await cli(['attach', 'MASH-7K3F-9QXT', 'map.pdf'])).toMatchObject({
      code: 2,
      stderr: 'Say who adds the files: --said-by NAME\n',
    });
  });

  it('ends with 2 where the hub does not take a file, and where there is no such referral', async () => {
    const reference = (await cli(['submit', file])).stdout.trim();
    writeFileSync(inFolder('page.pdf'), '<html>');
    for (const at of [reference, 'MASH-0000-0000']) {
      expect(await cli(['attach', at, 'page.pdf', ...SAID_BY])).toMatchObject({ code: 2, stdout: '' });
    }
  });
});

describe('register', () => {
  /** An administrator makes an invitation. @returns its token */
  const invited = async () => {
    const by = await kit.hub.another('administrator');
    const { agencyId } = kit.hub.agency;
    const made = { agencyId, scopes: ['referrals:read-own'], formId: randomUUID(), by } as const;
    return (await kit.hub.whole.get(ClientInvitations).make(made))!;
  };

  it('lets a program in by an invitation, once, and writes the client id by which it gets a token', async () => {
    const MASH_INVITATION = await invited();
    const run = (more: NodeJS.ProcessEnv) => cli(['register', 'Timetable'], { MASH_CLIENT_ID: '', ...more });
    const { code, stdout, stderr } = await run({ MASH_INVITATION });
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^The hub has let Timetable in, with referrals:read-own\. Its key is \S+\.\n$/),
    ]);
    expect((await cli(['check'], { MASH_CLIENT_ID: stdout.trim() })).stdout).toContain('with referrals:read-own\n');
    const again = await run({ MASH_INVITATION });
    expect([again.code, again.stdout, again.stderr]).toEqual([3, '', expect.stringMatching(/^Not let in: /)]);
    expect(await run({})).toMatchObject({ code: 3, stderr: 'Set MASH_INVITATION: see mash-partner --help\n' });
  });

  it('ends with 2 where something of the program is wrong, and with 4 where no hub answers', async () => {
    const MASH_INVITATION = await invited();
    const inside = await cli(['register', 'Timetable', '--keys-at', 'https://127.0.0.1/'], { MASH_INVITATION });
    expect([inside.code, inside.stderr]).toEqual([2, expect.stringMatching(/^Not let in: /)]);
    const MASH_HUB = `http://127.0.0.1:${await ownPort()}`;
    const away = await cli(['register', 'Timetable'], { MASH_INVITATION, MASH_HUB });
    expect([away.code, away.stderr]).toEqual([4, expect.stringContaining('The invitation may be used up')]);
  });
});

describe('check', () => {
  it('says what the token may do', async () => {
    for (const command of ['check', 'whoami']) {
      const { code, stdout } = await cli([command]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('with referrals:submit referrals:read-own')]);
      expect(stdout).toContain(`aud ${kit.api.url}/oauth2/token\n`);
    }
  });

  it('names the key as the list of the hub does', async () => {
    const [line] = (await new AgencyClients(kit.hub.database).list(kit.hub.agency.agencyId, SERVICE)).filter(
      ({ id }) => id === kit.clientId,
    );
    expect((await cli(['check'])).stdout).toContain(`key ${line!.keys[0]!.kid}\n`);
  });

  it('ends with 3 and names the claim that is wrong', async () => {
    const refused = async (more: NodeJS.ProcessEnv) => cli(['check'], more);
    // The same machine by another name: the API is there, and aud is not.
    const byName = kit.api.url.replace('127.0.0.1', 'localhost');
    expect(await refused({ MASH_HUB: byName })).toMatchObject({
      code: 3,
      stderr: `No token: aud must be exactly ${kit.api.url}/oauth2/token\n`,
    });
    expect(await refused({ MASH_CLIENT_ID: 'school' })).toMatchObject({
      code: 3,
      stderr: 'No token: iss and sub must both be the id of your client\n',
    });
    expect(await refused({ MASH_KEY_FILE: 'public.pem' })).toMatchObject({ code: 3 });
    expect(await refused({ MASH_KEY_FILE: '' })).toMatchObject({
      code: 3,
      stderr: 'Set MASH_KEY_FILE: see mash-partner --help\n',
    });
  });
});

it('status says where a referral stands, and ends with 2 where there is none', async () => {
  const reference = (await cli(['submit', file])).stdout.trim();
  expect(await cli(['status', reference])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      new RegExp(`^${reference} received\nreceived 2.*, decision expected by 2`),
    ) as unknown,
  });
  expect((await cli(['status', 'MASH-0000-0000'])).code).toBe(2);
});

it('watch writes each event once, and goes on from the place in its file', async () => {
  rmSync(inFolder('place'), { force: true });
  const first = (await cli(['submit', file])).stdout.trim();
  const untilThere = async (reference: string) => {
    const child = spawn(process.execPath, [MAIN, 'watch', 'place'], { cwd: kit.folder, env: env() });
    const seen: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      seen.push(line);
      if (line.includes(reference)) break;
    }
    while (!existsSync(inFolder('place'))) await new Promise(setImmediate);
    const ended = once(child, 'close');
    child.kill();
    await ended;
    return seen;
  };
  expect(await untilThere(first)).toContainEqual(expect.stringMatching(`referral.received ${first}$`));
  file = 'second.json';
  change({});
  const second = (await cli(['submit', file])).stdout.trim();
  expect(await untilThere(second)).toEqual([expect.stringMatching(`^2\\S+ referral.received ${second}$`)]);
});

it('a command that is none shows the commands, and ends with 2', async () => {
  for (const args of [
    [],
    ['send'],
    ['submit'],
    ['check', 'this'],
    ['submit', 'a', 'b'],
    ['attach', 'a'],
    ['register'],
    ['--fast'],
  ]) {
    expect(await cli(args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('mash-partner COMMAND') as unknown,
    });
  }
});
