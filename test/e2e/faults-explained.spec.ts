import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';

interface Fault {
  pointer: string;
  code: string;
  detail: string;
  line?: number;
  column?: number;
}
interface Problem {
  type: string;
  errors: Fault[];
}

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

const refusalOf = async (body: unknown) => {
  const sent = await api.post(hub.agency.token, body);
  expect(sent.status).toBeGreaterThanOrEqual(400);
  return sent.body as Problem;
};

/** A referral with one value put in its place. */
function withValue(pointer: string, value: unknown): unknown {
  const body = structuredClone(aRoutineAmber()) as unknown as Record<string, unknown>;
  const path = pointer.split('/').slice(1);
  const last = path.pop()!;
  const parent = path.reduce((part, name) => (part[name] ??= {}) as Record<string, unknown>, body);
  parent[last] = value;
  return body;
}

it.each<[string, unknown, readonly [string, string][]]>([
  [
    '/concern/types',
    ['neglect', 'rumour', 7],
    [
      ['/1', 'not_in_list'],
      ['/2', 'not_in_list'],
    ],
  ],
  ['/concern/types', ['neglect', 'other', 'neglect'], [['/2', 'repeated']]],
  ['/concern/indicators', ['missing_now', {}], [['/1', 'not_in_list']]],
  ['/children/0/disabilities', ['LD', 'ld'], [['/1', 'not_in_list']]],
  [
    '/children/0/otherNames',
    ['May', 7, 'x'.repeat(201), true],
    [
      ['/1', 'text'],
      ['/2', 'too_long'],
      ['/3', 'text'],
    ],
  ],
  ['/children/0/otherNames', 'May', [['', 'list']]],
  ['/concern/types', { 0: 'neglect' }, [['', 'list']]],
  [
    '/otherAgencies',
    [{ name: 'A' }, 'B', [], { name: 3 }],
    [
      ['/1', 'object'],
      ['/2', 'object'],
      ['/3/name', 'text'],
    ],
  ],
])('M7: %s names the items that are wrong in %j', async (pointer, value, faults) => {
  const { errors } = await refusalOf(withValue(pointer, value));
  expect(errors.map((fault) => [fault.pointer, fault.code])).toEqual(
    faults.map(([item, code]) => [`${pointer}${item}`, code]),
  );
});

it.each<[string, unknown, string]>([
  ['/referrer/name', 7, 'A number was sent: put it in quotation marks'],
  ['/children/0/nhsNumber', 9990491321, 'A number was sent: put it in quotation marks'],
  ['/referrer/phone', 1614960112, 'A number was sent: put it in quotation marks'],
  ['/children/0/dateOfBirth', 20190514, 'A number was sent: put it in quotation marks'],
  ['/reportedAt', 1764000000, 'A number was sent: put it in quotation marks'],
  ['/children/0/address/uprn', 100012345678, 'A number was sent: put it in quotation marks'],
  ['/concern/source', true, 'True or false was sent: put it in quotation marks'],
  ['/thresholdLevel', '3', 'Text was sent: leave out the quotation marks'],
  ['/children/0/estimatedAge', 'seven', 'Text was sent: leave out the quotation marks'],
  ['/immediateDanger', 'true', 'Text was sent: leave out the quotation marks'],
  ['/immediateDanger', 1, 'A number was sent'],
  ['/concern/summary', ['a'], 'A list was sent'],
  ['/concern/summary', { text: 'a' }, 'An object was sent'],
  ['/concern', 'neglect', 'Text was sent'],
  ['/children', 3, 'A number was sent'],
])('I17: %s says that %j is of another kind than is wanted', async (pointer, value, said) => {
  const { errors } = await refusalOf(withValue(pointer, value));
  const fault = errors.find((one) => one.pointer === pointer)!;
  expect(fault.detail).toContain(said);
});

it.each<[string, unknown, string]>([
  ['/refferer', {}, 'referrer'],
  ['/children/0/first_name', 'A', 'firstName'],
  ['/children/0/NHSNumber', 'A', 'nhsNumber'],
  ['/children/0/dateofbirth', 'A', 'dateOfBirth'],
  ['/children/0/address/post-code', 'A', 'postcode'],
  ['/concern/type', [], 'types'],
  ['/concern/source', 'firsthand', 'first_hand'],
  ['/concern/source', 'First hand', 'first_hand'],
  ['/concern/types', ['physical-abuse'], 'physical_abuse'],
  ['/concern/types', ['Neglekt'], 'neglect'],
  ['/children/0/ethnicity', 'wbri', 'WBRI'],
  ['/parentsInformed/informed', 'Yes', 'yes'],
])('M7: %s asks of %j whether %s was meant', async (pointer, value, name) => {
  const { errors } = await refusalOf(withValue(pointer, value));
  expect(errors.map(({ detail }) => detail).join()).toContain(`Did you mean ${name}?`);
});

it.each<[string, unknown]>([
  ['/Canaryella', 1],
  ['/concern/source', 'Canaryella'],
  ['/constructor', 1],
  [`/${'firstName'.repeat(30)}`, 1],
])('%s suggests nothing for what is near to no name of ours', async (pointer, value) => {
  const { errors } = await refusalOf(withValue(pointer, value));
  expect(errors.map(({ detail }) => detail).join()).not.toMatch(/Did you mean|Canaryella/);
});

it.each([
  ['{\n  "referrer": {,\n}', 'malformed-body', 2, 16],
  ["{'a': 1}", 'malformed-body', 1, 2],
  ['\uFEFF{\r\n"a": tru}', 'malformed-body', 2, 6],
  ['{"a": 1,\n "a": 2}', 'repeated-property', 2, 2],
])('I5: says of %j that it is a %s, and at which line and column', async (text, slug, line, column) => {
  const { type, errors } = await refusalOf(text);
  expect(type).toBe(`urn:mash-triage:problem:${slug}`);
  expect(errors).toEqual([expect.objectContaining({ line, column })]);
  expect(errors[0]!.detail).toMatch(new RegExp(`^Line ${line}, column ${column}: [A-Z]`));
});

it('says where the first byte is that is not UTF-8', async () => {
  const bytes = Buffer.concat([Buffer.from('{"a": "Zoë",\n "b": "'), Buffer.from([0xe9]), Buffer.from('"}')]);
  expect((await refusalOf(bytes)).errors).toEqual([expect.objectContaining({ code: 'not_utf8', line: 2, column: 8 })]);
});

it('I12: refuses a referral in which a child has two first names, and stores nothing', async () => {
  const before = await hub.storedCount();
  const text = JSON.stringify(aRoutineAmber()).replace('"firstName":', '"firstName":"Canaryella","firstName":');
  const { errors } = await refusalOf(text);
  expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([['/children/0/firstName', 'repeated_property']]);
  expect(JSON.stringify(errors)).not.toContain('Canaryella');
  expect(await hub.storedCount()).toBe(before);
});

it.each([
  ['half of a surrogate pair', '"\\ud800"'],
  ['a name cut in the middle of a surrogate pair', JSON.stringify(`${'x'.repeat(99)}😀😀`)],
  ['an override of direction', '"a\\u202eb\\u2066c"'],
  ['control characters', '"a\\u0000\\u001b[31m\\u0085\\u2028b"'],
  ['a zero-width character', '"first\\u200bName"'],
  ['slashes and tildes', '"a/b~c"'],
  ['ten thousand characters', JSON.stringify('é'.repeat(10_000))],
  ['no characters', '""'],
])('answers a property named with %s with a pointer that is well-formed text', async (_, name) => {
  for (const text of [
    JSON.stringify(aRoutineAmber()).replace('{', `{${name}: 1,`),
    JSON.stringify(aRoutineAmber()).replace('{', `{${name}: 1,${name}: 1,`),
  ]) {
    const { errors } = await refusalOf(text);
    const { pointer } = errors[0]!;
    expect(pointer.isWellFormed()).toBe(true);
    expect(pointer).toMatch(/^\/([^~/]|~0|~1)*$/);
    expect(pointer).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect([...pointer].length).toBeLessThanOrEqual(201);
  }
});

it('says nothing in the words of a library', async () => {
  const bodies = ['{', '[1,]', { referrer: 1, concern: [], children: [[]], adults: [1], agreement: null }];
  for (const body of bodies) {
    const text = JSON.stringify(await refusalOf(body));
    expect(text).not.toMatch(/must be|should|nested property|JSON at position|Unexpected token|each value in/);
  }
});
