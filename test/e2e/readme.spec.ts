import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { welcome } from '../../scripts/demonstration/welcome.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
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
/** The commands that send something to the API, in their order. */
const [COMMAND, LIST, ANSWER] = [...README.matchAll(/```sh\n(curl [^]*?)\n```/g)].map(([, command]) => command!) as [
  string,
  string,
  string,
];

/** Runs a command of the README as a person who copied it, with the line of the credential that `npm start` prints. */
async function run(command: string): Promise<Record<string, unknown>> {
  const said = welcome(
    {
      databaseUrl: '',
      apiUrl: api.url,
      consoleUrl: '',
      mailboxUrl: '',
      agencies: [{ name: 'Loomgate School', sourceCode: '2A', token: hub.agency.token }],
      staff: ['screener', 'social_worker', 'manager', 'administrator', 'partner'].map((role) => ({
        name: role,
        role,
        username: role,
      })),
    },
    { redisUrl: undefined, dataDir: process.cwd(), databaseDir: '' },
  );
  const credential = /^ *(export TOKEN=\S+)$/m.exec(said)![1]!;
  const here = command.replaceAll('http://127.0.0.1:3000', api.url);
  const { stdout } = await promisify(execFile)('sh', ['-c', `${credential}\n${here}`], { cwd: '/' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

it('the first referral of the README is stored as red when it is copied, and once when it is copied twice', async () => {
  const answer = await run(COMMAND);
  expect(answer).toMatchObject({ reference: expect.stringMatching(/^MASH-/), status: 'received' });
  expect((await hub.read(answer['reference'] as string)).rating).toBe('red');
  expect(await run(COMMAND)).toEqual(answer);
  expect(await hub.receivedCount()).toBe(1);
});

it('the first referral of the README can be tried at /validate, as it says', async () => {
  const before = await hub.receivedCount();
  expect(await run(COMMAND.replace('/api/v1/referrals', '/api/v1/referrals/validate'))).toMatchObject({ valid: true });
  expect(await hub.receivedCount()).toBe(before);
});

it('the requests of the README are listed and answered when its lines are copied with the id of one', async () => {
  const id = await hub.asks(hub.screener, await hub.submit(aRoutineAmber()), hub.agency.agencyId);
  expect(await run(LIST)).toMatchObject({ requests: [{ id, state: 'open' }] });
  const answered = await run(`ID=${id}\n${ANSWER}`);
  expect(answered).toMatchObject({
    id,
    state: 'answered',
    answers: [{ kind: 'known', words: 'Two reports in 2025.' }],
  });
});
