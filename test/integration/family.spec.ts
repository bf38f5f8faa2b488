import { randomUUID } from 'node:crypto';
import { JudgeChildren, ReadFamily, SaySameIncident } from '#children';
import type { SubmittedAddress, SubmittedAdult } from '#domain';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
let minute = 0;
beforeEach(async () => {
  minute = 0;
  await hub.reset();
});
afterAll(() => hub.drop());

const HOME = { line1: '12 Mill Lane', town: 'Ashton', postcode: 'OL6 7AB' };
const ann = (address: SubmittedAddress | undefined, more: object = {}) => ({
  ...{ firstName: 'Ann', lastName: 'Vale', dateOfBirth: '2015-04-03' },
  ...(address === undefined ? {} : { address }),
  ...more,
});
const ben = (address: SubmittedAddress | undefined, more: object = {}) => ({
  ...ann(address, { firstName: 'Ben', dateOfBirth: '2021-05-06' }),
  ...more,
});
const refer = async (children: readonly object[], adults: readonly SubmittedAdult[] = [], more: object = {}) => {
  minute += 1;
  await hub.moveTo(`2026-11-23T10:${String(minute).padStart(2, '0')}`);
  const reference = await hub.submit({
    ...aFamilyShortOfMoney(),
    ...more,
    children: [...children],
    adults: [...adults],
  });
  await hub.linkEarlier(reference);
  return reference;
};
const familyOf = async (reference: string) =>
  (await hub.whole.get(ReadFamily).ofReferral(reference, hub.socialWorker)).map(
    ({ submitted, reference: of, reasons }) => [...[submitted.firstName, of], reasons.map(({ by }) => by).join()],
  );
const mother = (more: Partial<SubmittedAdult> = {}): SubmittedAdult => ({
  name: 'Eve Vale',
  relationship: 'mother',
  ...more,
});

const same = (one: string, other: string) =>
  hub.whole.get(SaySameIncident).execute({ one, other, formId: randomUUID(), by: hub.manager });

describe('children of one address', () => {
  it.each([
    ['as written before', HOME],
    [
      'with the flat on another line',
      { ...HOME, line1: 'Flat 3', line2: '12 Mill Lane' },
      { ...HOME, line1: '12 Mill Lane, Flat 3' },
    ],
    ['with a shorter word for the lane, and no town', { line1: '12 Mill Ln.', postcode: 'ol67ab' }],
    ['with the town on a line of it', { line1: '12, MILL LANE', line2: 'Ashton-under-Lyne', postcode: 'OL6 7AB' }],
    ['with a letter beside the number', { ...HOME, line1: '12 A Mill Lane' }, { ...HOME, line1: '12a Mill Lane' }],
    [
      'with a house that has a name',
      { ...HOME, line1: 'Rose Cottage, Mill Lane' },
      { line1: 'rose cottage', postcode: 'OL6 7AB' },
    ],
    ['by its property number', { uprn: '100012345678' }, { line1: 'Somewhere', uprn: '100012345678' }],
  ] as [string, SubmittedAddress, SubmittedAddress?][])(
    'are offered %s, from both ends',
    async (_, theirs, mine = HOME) => {
      const first = await refer([ben(theirs)]);
      const second = await refer([ann(mine)]);
      expect(await familyOf(second)).toEqual([['Ben', first, 'address']]);
      expect(await familyOf(first)).toEqual([['Ann', second, 'address']]);
    },
  );

  it.each([
    ['of another number', { ...HOME, line1: '13 Mill Lane' }],
    ['of another flat', { ...HOME, line1: 'Flat 2, 12 Mill Lane' }],
    ['of another street', { ...HOME, line1: '12 High Street' }],
    ['of another postcode', { ...HOME, postcode: 'OL6 7AC' }],
    ['without a postcode', { line1: '12 Mill Lane', town: 'Ashton' }],
    ['with a postcode alone', { postcode: 'OL6 7AB' }],
  ] as [string, SubmittedAddress][])('are not offered %s', async (_, theirs) => {
    await refer([ben(theirs)]);
    expect(await familyOf(await refer([ann(HOME)]))).toEqual([]);
  });

  it.each([
    ['no fixed abode', { ...HOME, noFixedAbode: true }],
    ['an address that is not known', { line1: 'Not known', postcode: 'OL6 7AB' }],
  ] as [string, SubmittedAddress][])('are not offered for %s', async (_, address) => {
    await refer([ben(address)]);
    expect(await familyOf(await refer([ann(address)]))).toEqual([]);
  });

  it('are offered by the home of an adult who is named, and not by those of two adults alone', async () => {
    const first = await refer([ben(undefined)], [mother({ address: HOME })]);
    const second = await refer([ann(HOME)]);
    expect(await familyOf(second)).toEqual([['Ben', first, 'address']]);
    expect(await familyOf(first)).toEqual([['Ann', second, 'address']]);
    await hub.reset();
    await refer([ben(undefined)], [mother({ name: 'Flo Hale', address: HOME })]);
    expect(await familyOf(await refer([ann(undefined)], [mother({ name: 'Gus Dale', address: HOME })]))).toEqual([]);
  });

  it('are not offered where more people have it than a family is', async () => {
    for (let one = 0; one < 21; one += 1)
      await refer([
        ben(HOME, { firstName: `Ben${'abcdefghijklmnopqrstu'[one]!}` }),
        ann(HOME, { firstName: `Zoe${one}` }),
      ]);
    expect(await familyOf(await refer([ann(HOME)]))).toEqual([]);
  });
});

describe('an address that must be kept from a person', () => {
  it.each([
    ['the family must not learn something', [ben(HOME)], { withholdFromFamily: 'Who rang.' }],
    [
      'the summary names a refuge',
      [ben(HOME)],
      { concern: { ...aFamilyShortOfMoney().concern, summary: 'They are in a refuge.' } },
    ],
    ['the child is in a refuge', [ben(HOME, { currentLocation: 'Refuge' })], {}],
  ] as [string, object[], object][])('is no reason, from either end, where %s', async (_, children, more) => {
    const kept = await refer(children, [], more);
    const other = await refer([ann(HOME)]);
    expect([await familyOf(other), await familyOf(kept)]).toEqual([[], []]);
  });

  it('leaves the other reasons', async () => {
    const parent = mother({ dateOfBirth: '1990-02-03' });
    const kept = await refer([ben(HOME)], [parent], { withholdFromFamily: 'Who rang.' });
    expect(await familyOf(await refer([ann(HOME)], [parent]))).toEqual([['Ben', kept, 'adult']]);
  });

  it('is not among the homes on the page of a child, which says that there is one', async () => {
    const first = await refer([ann(HOME)]);
    const second = await refer([ann({ line1: '1 Low Road', postcode: 'OL6 8CD' })], [], {
      withholdFromFamily: 'Where.',
    });
    await hub.whole.get(JudgeChildren).execute({
      ...{ one: { reference: second, position: 0 }, other: { reference: first, position: 0 } },
      ...{ isSame: true, formId: randomUUID(), by: hub.socialWorker },
    });
    const { homes } = await hub.whole.get(ReadFamily).ofChild({ reference: first, position: 0 }, hub.socialWorker);
    expect(homes.map(({ address, first: from }) => [address?.line1 ?? null, from.reference])).toEqual([
      [null, second],
      ['12 Mill Lane', first],
    ]);
  });
});

describe('children of one parent or telephone number', () => {
  it.each([
    [
      'the same name and date of birth',
      mother({ dateOfBirth: '1990-02-03' }),
      mother({ name: 'Ms EVE VALE', dateOfBirth: '1990-02-03' }),
      'adult',
    ],
    [
      'names in the other order',
      mother({ dateOfBirth: '1990-02-03' }),
      mother({ name: 'Vale, Eve', dateOfBirth: '1990-02-03' }),
      'adult',
    ],
    ['the same number', mother({ name: 'Evie', phone: '+447700900123' }), mother({ phone: '+447700900123' }), 'phone'],
  ])('are offered by %s', async (_, theirs, mine, by) => {
    const first = await refer([ben(undefined)], [theirs]);
    const second = await refer([ann(undefined)], [mine]);
    expect(await familyOf(second)).toEqual([['Ben', first, by]]);
  });

  it.each([
    ['a name alone', mother(), mother()],
    ['another date of birth', mother({ dateOfBirth: '1990-02-03' }), mother({ dateOfBirth: '1991-02-03' })],
    ['no name', mother({ name: undefined as never, dateOfBirth: '1990-02-03' }), mother({ dateOfBirth: '1990-02-03' })],
  ])('are not offered by %s', async (_, theirs, mine) => {
    await refer([ben(undefined)], [JSON.parse(JSON.stringify(theirs)) as SubmittedAdult]);
    expect(await familyOf(await refer([ann(undefined)], [mine]))).toEqual([]);
  });
});

it('offers neither the child itself nor a child twice, and one who was named together with it before', async () => {
  const first = await refer([ann(HOME), ben(undefined)]);
  const again = await refer([ben(HOME)]);
  const last = await refer([ann(HOME)]);
  expect(await familyOf(last)).toEqual([['Ben', again, 'address']]);
  expect(await familyOf(again)).toEqual([['Ann', last, 'address']]);
  const { family } = await hub.whole.get(ReadFamily).ofChild({ reference: first, position: 0 }, hub.socialWorker);
  expect(family.map(({ submitted, reasons }) => [submitted.firstName, reasons.map(({ by }) => by)])).toEqual([
    ['Ben', ['address']],
  ]);
});

it('takes two referrals of one household for reports of one incident, when a person says so', async () => {
  const [first, second] = [await refer([ben(HOME)]), await refer([ann(HOME)])];
  await same(first, second);
  expect((await hub.read(second)).reports.map(({ reference }) => reference)).toEqual([first]);
});

it('is found by an index among many', async () => {
  const reference = await refer([ann(HOME)], [mother({ phone: '+447700900123' })]);
  await hub.database.as(SERVICE).run(sql`
    INSERT INTO family_key (referral_id, kind, position, sort, key)
    SELECT id, 'child', 100 + (n % 30000), 'home', 'XX' || n || ' 12 mill' FROM referral, generate_series(1, 30000) n`);
  await hub.database.as(SERVICE).run(sql`ANALYZE family_key`);
  const plan = await hub.database.as(SERVICE).rows<{ 'QUERY PLAN': string }>(sql`
    EXPLAIN SELECT * FROM family_key other WHERE other.key = 'OL67AB 12 mill' AND other.sort = 'home' AND other.referral_id <> ALL('{}'::uuid[]) LIMIT 41`);
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('family_key_key_idx');
  expect(await familyOf(reference)).toEqual([]);
});

describe('a child who is probably the same', () => {
  const annelise = () => ann(HOME, { lastName: 'Vale-Carr' });

  it('is no brother or sister too, until a person says that they are two', async () => {
    const first = await refer([ann(HOME)]);
    const second = await refer([annelise()]);
    expect([await familyOf(first), await familyOf(second)]).toEqual([[], []]);
    const [one, other] = [first, second].map((reference) => ({ reference, position: 0 }));
    const judged = { one: one!, other: other!, isSame: false, formId: randomUUID(), by: hub.socialWorker };
    await hub.whole.get(JudgeChildren).execute(judged);
    expect(await familyOf(second)).toEqual([['Ann', first, 'address']]);
  });

  it('may be in another report of the same incident', async () => {
    const [first, second] = [
      await refer([ann(undefined, { nhsNumber: undefined })]),
      await refer([ann(HOME, { lastName: 'Vale-Carr' })]),
    ];
    await same(first, second);
  });
});

describe('a household of two referrals', () => {
  it('makes them reports of one incident from either of them, also behind a later referral of its child', async () => {
    const [first, second, third] = [await refer([ann(HOME)]), await refer([ben(HOME)]), await refer([ben(HOME)])];
    await same(first, second);
    await same(third, first);
  });

  it('makes them reports of one incident in a home of more children than a page shows', async () => {
    const [first, second] = [await refer([ann(HOME)]), await refer([ben(HOME)])];
    await refer(
      Array.from({ length: 21 }, (_, index) => ben(HOME, { firstName: `Child${String.fromCodePoint(65 + index)}` })),
    );
    await same(second, first);
  });

  it('offers of a child in several referrals the open one', async () => {
    const [open, decided] = [await refer([ben(HOME)]), await refer([ben(HOME)])];
    await hub.decides(hub.socialWorker, decided, { outcome: 'early_help', thresholdLevel: 2 });
    await hub.signsOff(hub.otherManager, decided);
    expect(await familyOf(await refer([ann(HOME)]))).toEqual([['Ben', open, 'address']]);
  });
});
