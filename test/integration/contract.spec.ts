import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { HubTime } from '#deadlines';
import { ReferralReader, withoutBlanks, type FieldFault, type InvalidReferral } from '#referrals';
import type { Database } from '#store';
import { SCENARIOS } from '../support/scenarios.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const schema = JSON.parse(readFileSync(new URL('../support/referral.schema.json', import.meta.url), 'utf8')) as object;
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const allows = ajv.compile(schema);

/** What the schema only says in words: we refuse more than it can. */
const MEANING = [
  'nhs_number_check_digit',
  'upn_check_letter',
  'uprn',
  'in_the_future',
  'too_far_ahead',
  'contradiction',
  'same_child_twice',
  'number_of_nobody',
  'telephone',
  'too_long_ago',
  'who_is_it',
  'one_age_only',
  'date_or_date_time',
  'required',
  'invalid_text',
];

let test: TestDatabase;
let reader: ReferralReader;

beforeAll(async () => {
  test = await createTestDatabase();
  const database: Database = test.database;
  reader = new ReferralReader(database, new HubTime('Europe/London'));
});
afterAll(() => test.drop());

async function faultsOf(body: unknown): Promise<readonly FieldFault[]> {
  try {
    await reader.check(JSON.parse(JSON.stringify(body)));
    return [];
  } catch (error) {
    return (error as InvalidReferral).faults;
  }
}

it.each(SCENARIOS.map(({ id, body }) => [id, body] as const))(
  'accepts scenario %s by the published schema and by the service',
  async (_, body) => {
    expect(allows(body)).toBe(true);
    expect(await faultsOf(body)).toEqual([]);
  },
);

/** The service accepts a number with hyphens; its schema once refused it. */
const UPRN_WITH_HYPHENS = { scenario: 35, place: 868, how: 'replace', value: '2020-02-30' } as const;

it('refuses a changed body when the published schema refuses it, and accepts it when the schema does', async () => {
  const places = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
    typeof value === 'object' && value !== null
      ? [
          path,
          ...Object.entries(value).flatMap(([name, part]) =>
            places(part, [...path, Array.isArray(value) ? Number(name) : name]),
          ),
        ]
      : [path];
  const strange = fc.oneof(
    fc.constantFrom<unknown>(null, true, false, 0, 3, 11, 26, -1, 1.5, '', ' ', 'x', [], {}, ['x'], [1], { a: 1 }),
    fc.constantFrom(
      'yes',
      'no',
      'F',
      'given',
      'neglect',
      '2020-02-30',
      '2020-02-29',
      '2026-01-01T00:00:00Z',
      '12',
      '12345678901234',
    ),
    fc.integer({ min: 1, max: 25_000 }).map((length) => 'w'.repeat(length)),
  );
  const change = fc.record({
    scenario: fc.nat(39),
    place: fc.nat(1000),
    how: fc.constantFrom('replace', 'remove', 'add' as const),
    value: strange,
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ scenario, place, how, value }) => {
      const body = structuredClone(SCENARIOS[scenario]!.body) as unknown as Record<string | number, unknown>;
      const all = places(body).filter((path) => path.length > 0);
      const path = all[place % all.length]!;
      const parent = path
        .slice(0, -1)
        .reduce<Record<string | number, unknown>>((part, name) => part[name] as never, body);
      const last = path.at(-1)!;
      if (how === 'replace') parent[last] = value;
      else if (how === 'add' && !Array.isArray(parent)) parent['unheardOf'] = value;
      else if (Array.isArray(parent)) parent.splice(Number(last), 1);
      else delete parent[last];
      const sent = JSON.parse(JSON.stringify(body)) as unknown;
      const faults = await faultsOf(sent);
      // A property that says nothing is no property: the schema is of those that say something.
      if (!allows(withoutBlanks(sent))) expect(faults).not.toEqual([]);
      else expect(faults.filter(({ code }) => !MEANING.includes(code))).toEqual([]);
    }),
    { numRuns: 2_000, examples: [[UPRN_WITH_HYPHENS]] },
  );
});
