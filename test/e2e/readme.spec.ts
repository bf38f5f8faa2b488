import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { welcome } from '../../scripts/demonstration/welcome.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningApi } from '../support/running-api.ts';

let hub: Hub;
let api: RunningApi;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
});
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const README = readFileSync('README.md', 'utf8');
const [, COMMAND = ''] = /```sh\n(curl [^]*?)\n```/.exec(README)!;

/** Runs a command of the README as a person who copied it, with the line of the credential that `npm start` prints. */
async function run(command: string): Promise<Record<string, string>> {
  const said = welcome(
    {
      databaseUrl: '',
      apiUrl: api.url,
      consoleUrl: '',
      mailboxUrl: '',
      agencies: [{ name: 'Loomgate School', sourceCode: '2A', token: hub.agency.token }],
      staff: ['screener', 'social_worker', 'manager'].map((role) => ({ name: role, role, username: role })),
    },
    { redisUrl: undefined, dataDir: process.cwd(), databaseDir: '' },
  );
  const credential = /^ *(export TOKEN=\S+)$/m.exec(said)![1]!;
  const here = command.replaceAll('http://127.0.0.1:3000', api.url);
  const { stdout } = await promisify(execFile)('sh', ['-c', `${credential}\n${here}`], { cwd: '/' });
  return JSON.parse(stdout) as Record<string, string>;
}

it('the first referral of the README is stored as red when it is copied, and once when it is copied twice', async () => {
  const answer = await run(COMMAND);
  expect(answer).toMatchObject({ reference: expect.stringMatching(/^MASH-/), status: 'received' });
  expect((await hub.read(answer['reference']!)).rating).toBe('red');
  expect(await run(COMMAND)).toEqual(answer);
  expect(await hub.receivedCount()).toBe(1);
});

it('the first referral of the README can be tried at /validate, as it says', async () => {
  const before = await hub.receivedCount();
  expect(await run(COMMAND.replace('/api/v1/referrals', '/api/v1/referrals/validate'))).toMatchObject({ valid: true });
  expect(await hub.receivedCount()).toBe(before);
});
