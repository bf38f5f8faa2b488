import { readFileSync } from 'node:fs';
import { REFERRAL_FIELDS } from './referral-fields.ts';
import { faultsOfTimes, referralOf } from './typed-referral.ts';

const ZONE = 'Europe/London';
const schema = JSON.parse(
  readFileSync(new URL('../../../../../test/support/referral.schema.json', import.meta.url), 'utf8'),
) as { readonly $defs: Record<string, Record<string, unknown>> };

/** Every leaf of the published schema, lists of parts without their number. */
function leavesOf(part: Record<string, unknown>, at = ''): string[] {
  const { properties, items, $ref } = part as {
    properties?: Record<string, object>;
    items?: Record<string, unknown>;
    $ref?: string;
  };
  if ($ref !== undefined) return leavesOf(schema.$defs[$ref.split('/').at(-1)!]!, at);
  if (items !== undefined && ('properties' in items || '$ref' in items)) return leavesOf(items, at);
  if (properties === undefined) return [at];
  return Object.entries(properties).flatMap(([name, value]) =>
    leavesOf(value as Record<string, unknown>, `${at}/${name}`),
  );
}

it('has in the form every field of the API and no other', () => {
  const onTheForm = REFERRAL_FIELDS.flatMap(({ at, fields }) => fields.map(({ name }) => `${at}/${name}`));
  expect(onTheForm.sort()).toEqual(leavesOf({ ...schema }).sort());
});

it('makes of an empty form a referral with nothing in it but what is needed', () => {
  expect(referralOf({}, ZONE)).toEqual({
    referrer: {},
    concern: {},
    children: [{}],
    parentsInformed: {},
    agreement: {},
  });
});

it.each<[Record<string, string>, object]>([
  [{ '/immediateDanger': 'no' }, { immediateDanger: false }],
  [{ '/concern/types#neglect': 'on', '/concern/types#other': 'on' }, { concern: { types: ['neglect', 'other'] } }],
  [
    {
      '/children/0/dateOfBirth#day': '3',
      '/children/0/dateOfBirth#month': '2',
      '/children/0/dateOfBirth#year': '2020',
    },
    { children: [{ dateOfBirth: '2020-02-03' }] },
  ],
  [
    { '/children/0/dateOfBirth#day': '31', '/children/0/dateOfBirth#month': 'x', '/children/0/dateOfBirth#year': '' },
    { children: [{ dateOfBirth: '-0x-31' }] },
  ],
  // Which century a person meant is not guessed.
  [
    { '/children/0/dateOfBirth#day': '3', '/children/0/dateOfBirth#month': '2', '/children/0/dateOfBirth#year': '19' },
    { children: [{ dateOfBirth: '19-02-03' }] },
  ],
  [{ '/children/0/otherNames': 'Bo; Jo ;' }, { children: [{ otherNames: ['Bo', 'Jo'] }] }],
  [{ '/children/0/address/town': ' Hyde ' }, { children: [{ address: { town: 'Hyde' } }] }],
  [{ '/children/0/estimatedAge': 'six' }, { children: [{ estimatedAge: 'six' }] }],
  [
    {
      '/concern/occurredAt#day': '25',
      '/concern/occurredAt#month': '10',
      '/concern/occurredAt#year': '2026',
      '/concern/occurredAt#time': '1:30',
    },
    { concern: { occurredAt: '2026-10-25T00:30:00Z' } },
  ],
  [
    {
      '/concern/occurredAt#day': '24',
      '/concern/occurredAt#month': '7',
      '/concern/occurredAt#year': '2026',
      '/concern/occurredAt#time': '9.05',
    },
    { concern: { occurredAt: '2026-07-24T08:05:00Z' } },
  ],
  [
    {
      '/concern/occurredAt#day': '28',
      '/concern/occurredAt#month': '3',
      '/concern/occurredAt#year': '2027',
      '/concern/occurredAt#time': '1:30',
    },
    { concern: { occurredAt: '2027-03-28' } },
  ],
  [{ 'count:/children': '3', '/children/2/firstName': 'Bo' }, { children: [{}, {}, { firstName: 'Bo' }] }],
  [{ 'count:/adults': '2', '/adults/0/name': 'Jo' }, { adults: [{ name: 'Jo' }] }],
  [{ 'count:/children': '99999' }, { children: [{}] }],
])('makes of %j the part of a referral that it says', (typed, part) => {
  expect(referralOf(typed, ZONE)).toMatchObject(part);
});

describe('a moment', () => {
  const at = (day: string, month: string, year: string, time: string) => ({
    '/concern/occurredAt#day': day,
    '/concern/occurredAt#month': month,
    '/concern/occurredAt#year': year,
    '/concern/occurredAt#time': time,
  });

  it.each(['1430', '14.30', '2.30pm', '2:30 pm', '14:30'])('has the time that a person wrote as %s', (time) => {
    const typed = at('24', '11', '2026', time);
    expect(referralOf(typed, ZONE)).toMatchObject({ concern: { occurredAt: '2026-11-24T14:30:00Z' } });
    expect(faultsOfTimes(typed, ZONE)).toEqual([]);
  });

  it.each([
    ['that is not understood', at('24', '11', '2026', 'after school'), 'Give the time as 14:30 or 2.30pm'],
    ['without its date', at('', '', '', '14:30'), 'Give the date of this time'],
    ['in the hour that the clocks skip', at('28', '3', '2027', '1.30am'), 'There was no such time: the clocks went forward in that night'],
  ])('has a time %s called so, and its date is not called wrong', (_, typed, detail) => {
    expect(faultsOfTimes(typed, ZONE)).toEqual([{ pointer: '/concern/occurredAt', code: 'time', detail }]);
  }); // prettier-ignore

  it('has a wrong date left to be called so', () => {
    expect(faultsOfTimes(at('31', '2', '2026', '14:30'), ZONE)).toEqual([]);
    expect(referralOf(at('31', '2', '2026', '14:30'), ZONE)).toMatchObject({ concern: { occurredAt: '2026-02-31' } });
  });
});
