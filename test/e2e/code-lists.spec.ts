import { createHub, type Hub } from '../support/hub.ts';
import { SCHEMAS } from '../support/contract.ts';
import { RunningApi } from '../support/running-api.ts';

let hub: Hub;
let api: RunningApi;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

interface List {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly codes: readonly { readonly code: string; readonly words: string }[];
}
const PATH = '/api/v1/code-lists';
const ask = (path: string, headers: Record<string, string> = {}) =>
  api.send('GET', path, { headers: { Authorization: `Bearer ${hub.agency.token}`, ...headers } });
const everyList = async () => {
  const { data } = (await ask(PATH)).body as { data: readonly List[] };
  return Promise.all(data.map(async ({ name }) => (await ask(`${PATH}/${name}`)).body as List));
};

/** Their codes are those of registers: of OAuth, and of media types. */
const OF_REGISTERS = ['TokenRequestBody', 'BeginAttachmentBody'];

it('M7: each code that a body may hold stands in a code list, with the words of the contract', async () => {
  const listed = (await everyList()).map(({ codes }) =>
    JSON.stringify(Object.fromEntries(codes.map(({ code, words }) => [code, words]))),
  );
  const coded: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const words = (value as { 'x-enumDescriptions'?: object })['x-enumDescriptions'];
    if (words !== undefined) coded.push(JSON.stringify(words));
    Object.values(value).forEach(look);
  };
  for (const [name, schema] of Object.entries(SCHEMAS))
    if (name.endsWith('Body') && !OF_REGISTERS.includes(name)) look(schema);
  expect(coded.length).toBeGreaterThan(12);
  expect(coded.filter((words) => !listed.includes(words))).toEqual([]);
});

it('the list of lists has the version of each, and reading them is on the record', async () => {
  const { data } = (await ask(PATH)).body as { data: readonly List[] };
  const lists = await everyList();
  expect(data).toEqual(lists.map(({ name, version, title }) => ({ name, version, title })));
  expect(new Set(data.map(({ version }) => version)).size).toBe(data.length);
  expect(await hub.recordOf('code-lists.read')).toContainEqual({ name: 'sexes' });
});

it('a code list that an agency has already is answered 304', async () => {
  for (const path of [PATH, `${PATH}/concern-types`]) {
    const tag = (await ask(path)).headers.get('ETag')!;
    const again = await ask(path, { 'If-None-Match': tag });
    expect([path, again.status, again.body]).toEqual([path, 304, null]);
  }
});

it.each(['none', '__proto__', 'constructor', 'SEXES', '%00'])('a code list named %s is not there', async (name) => {
  expect((await ask(`${PATH}/${name}`)).status).toBe(404);
});
