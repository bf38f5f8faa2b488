import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { ownPort } from '../support/own-port.ts';
import { MAKE_KEY, PartnerKit } from '../support/partner-kit.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { aPdf } from '../support/sample-files.ts';
import { attachmentsOf } from '../support/verbs/attachments.ts';

const SAMPLES = [
  { program: 'bash', file: 'first-referral.sh' },
  { program: process.execPath, file: 'first-referral.ts' },
  { program: 'python3', file: 'first_referral.py' },
  { program: 'dotnet', file: 'FirstReferral.cs' },
].map((sample) => ({ ...sample, isHere: spawnSync(sample.program, ['--version']).error === undefined }));

/** The lines that are of a program which was not ready for what happened. */
const linesBeside = (stderr: string) =>
  stderr.split('\n').filter((line) => /^\s+(at|File|raise) |Traceback|Error:|Exception|\[cause\]/.test(line));

/** The commands of the quick start, in their order. */
const COMMANDS = [...readFileSync('partners/QUICKSTART.md', 'utf8').matchAll(/```sh\n([^]*?)\n```/g)].map(
  ([, command]) => command!,
);

let kit: PartnerKit;
beforeAll(async () => void (kit = await PartnerKit.start()));
afterAll(() => kit.stop());

/** A hub that gives a token, and answers whatever else is sent as a test says. */
async function hubThat(answers: RequestListener): Promise<string> {
  const token = { access_token: 'mash_x', token_type: 'Bearer', expires_in: 600, scope: 'referrals:submit' };
  const server = createServer((request, response) =>
    request.url === '/oauth2/token' ? response.end(JSON.stringify(token)) : answers(request, response),
  );
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

const missing = SAMPLES.filter(({ isHere }) => !isHere).map(({ program }) => program);
it(`the samples run but for those whose program is not on this machine (${missing.join(', ') || 'all are'})`, () => {
  expect(missing.filter((program) => program !== 'dotnet')).toEqual([]);
});

describe.each(SAMPLES.filter(({ isHere }) => isHere))('$file', ({ program, file }) => {
  const args = [...(program === 'dotnet' ? ['run'] : []), resolve('partners/samples', file)];
  const referral = `${file}.json`;
  const run = (more: NodeJS.ProcessEnv = {}) =>
    kit.run(program, [...args, referral], {
      HOME: process.env['HOME'],
      ...{ HUB: kit.api.url, CLIENT_ID: kit.clientId, KEY_FILE: 'private.pem' },
      ...more,
    });
  const write = (body: unknown) => writeFileSync(join(kit.folder, referral), JSON.stringify(body));

  it('sends a referral once, however often it is run', async () => {
    write(aBruisedBaby());
    const before = await kit.hub.receivedCount();
    const first = await run();
    expect(first).toEqual({ code: 0, stdout: expect.stringMatching(/^MASH-\w{4}-\w{4}\r?\n$/) as unknown, stderr: '' });
    expect((await run()).stdout).toBe(first.stdout);
    expect(await kit.hub.receivedCount()).toBe(before + 1);
  });

  it('says what is wrong with the claims or with the referral, and ends with another code than 0', async () => {
    const byName = kit.api.url.replace('127.0.0.1', 'localhost');
    const refused = await run({ HUB: byName });
    expect([refused.code, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toContain(`aud must be exactly ${kit.api.url}/oauth2/token`);
    write({ ...(aBruisedBaby() as object), children: [] });
    const invalid = await run();
    expect([invalid.code, invalid.stdout]).toEqual([2, '']);
    expect(invalid.stderr).toContain('/children');
    expect(invalid.stderr).toContain(`${kit.api.url}/problems/invalid-referral`);
  });

  it('says in a sentence that the hub is away, before a token and after it, and ends with 4', async () => {
    write(aBruisedBaby());
    for (const HUB of [`http://127.0.0.1:${await ownPort()}`, await hubThat((_, response) => response.destroy())]) {
      const { code, stdout, stderr } = await run({ HUB });
      expect([code, stdout]).toEqual([4, '']);
      expect(stderr).toContain(`${HUB} gives no answer. Run the same command again.\n`);
      expect(linesBeside(stderr)).toEqual([]);
    }
  });

  it('ends with 4 when the hub has a fault or a stranger answers in its stead, and keeps the key for the next time', async () => {
    write(aBruisedBaby());
    const fault = {
      type: 'urn:mash-triage:problem:internal-error',
      status: 500,
      title: 'Something went wrong with us',
    };
    const answers = [
      [500, JSON.stringify(fault)],
      [501, '<html>Not this way</html>'],
    ] as const;
    for (const [status, answer] of answers) {
      const HUB = await hubThat((_, response) => response.writeHead(status).end(answer));
      const { code, stderr } = await run({ HUB });
      expect(code).toBe(4);
      expect(stderr).toContain('un the same command again.');
      expect(linesBeside(stderr)).toEqual([]);
    }
    const key = readFileSync(join(kit.folder, `${referral}.key`), 'utf8');
    expect((await run()).code).toBe(0);
    expect(readFileSync(join(kit.folder, `${referral}.key`), 'utf8')).toBe(key);
  });

  it('names what is missing when a setting or the file is, and ends with another code than 0', async () => {
    const noHub = await run({ HUB: undefined });
    expect([noHub.code === 0, noHub.stdout]).toEqual([false, '']);
    expect(noHub.stderr).toContain('HUB');
    rmSync(join(kit.folder, referral), { force: true });
    const noFile = await run();
    expect([noFile.code === 0, noFile.stdout]).toEqual([false, '']);
    expect(noFile.stderr).toContain(referral);
    for (const { stderr } of [noHub, noFile]) expect(linesBeside(stderr)).toEqual([]);
  });
});

it('the sample that adds a file sends it in parts and once, and says why one is not taken', async () => {
  const reference = await kit.hub.submit(aBruisedBaby());
  const add = (file: string, bytes: Buffer) => {
    writeFileSync(join(kit.folder, file), bytes);
    const args = [
      resolve('partners/samples/add-file.sh'),
      reference,
      file,
      'application/pdf',
      'Bernadette Owusu-Lacey',
    ];
    return kit.run('bash', args, {
      HOME: process.env['HOME'],
      ...{ HUB: kit.api.url, CLIENT_ID: kit.clientId, KEY_FILE: 'private.pem' },
    });
  };
  const pdf = aPdf(2_200_000);
  expect(await add('body map.pdf', pdf)).toEqual({ code: 0, stdout: 'waiting\n', stderr: '' });
  expect(await add('body map.pdf', pdf)).toEqual({ code: 0, stdout: 'waiting\n', stderr: '' });
  expect(await attachmentsOf(kit.hub.whole, kit.hub.database).states()).toEqual(['waiting']);
  const refused = await add('page.pdf', Buffer.from('<html>'));
  expect([refused.code, refused.stdout]).toEqual([2, '']);
  expect(refused.stderr).toContain('attachment-not-taken');
});

it('the quick start has a reference after ten commands, with openssl and curl alone', async () => {
  expect(COMMANDS).toHaveLength(10);
  expect(COMMANDS.slice(0, 2)).toEqual(MAKE_KEY);
  const typed = COMMANDS.slice(2).map((command) =>
    command.replace(/HUB=\S+ CLIENT_ID=\S+/, `HUB=${kit.api.url} CLIENT_ID=${kit.clientId}`),
  );
  const { code, stdout } = await kit.run('bash', ['-e'], {}, typed.join('\n'));
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    expect.objectContaining({ reference: expect.stringMatching(/^MASH-/) as unknown, status: 'received' }),
  ]);
  expect(existsSync(join(kit.folder, 'referral.key'))).toBe(true);
});
