import { HubTime } from '#deadlines';
import type { SubmittedReferral } from '#domain';
import { ReferralReader, type InvalidReferral } from '#referrals';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
let reader: ReferralReader;
beforeAll(async () => {
  hub = await createHub();
  reader = new ReferralReader(hub.database, new HubTime('Europe/London'));
});
afterAll(() => hub.drop());

type Changed = Record<string, unknown> & {
  children: Record<string, unknown>[];
  referrer: Record<string, unknown>;
  concern: Record<string, unknown>;
};
/** A referral that is as it should be but for one change. */
function changed(change: (body: Changed) => void): unknown {
  const body = structuredClone(aRoutineAmber()) as unknown as Changed;
  change(body);
  return body;
}
const read = (change: (body: Changed) => void): Promise<SubmittedReferral> => reader.check(changed(change));
const faultsOf = (change: (body: Changed) => void) =>
  read(change).then(
    () => [],
    (error: InvalidReferral) => error.faults.map(({ pointer, code }) => `${pointer} ${code}`),
  );

const BLANKS = ['', ' ', '\t\n', '\u00a0\u2003', '\u00ad', '\u200b\u200e\ufeff', '\u3164', null] as const;

describe('a text that says nothing', () => {
  it.each(BLANKS.map((blank) => [blank] as const))('counts as absent where it is optional: %j', async (blank) => {
    const { children, referrer, otherAgencies } = await read((body) => {
      Object.assign(body.children[0]!, {
        gp: blank,
        address: { line1: blank, town: 'Hyde' },
        nhsNumber: blank,
        dateOfBirth: blank,
        sex: blank,
        otherNames: ['Bea', blank ?? ''],
      });
      Object.assign(body.referrer, { phone: blank, email: blank });
      body['otherAgencies'] = null;
    });
    expect(children[0]).not.toHaveProperty('gp');
    expect(children[0]).not.toHaveProperty('nhsNumber');
    expect(children[0]!.address).toEqual({ town: 'Hyde' });
    expect(children[0]!.otherNames).toEqual(['Bea']);
    expect([referrer.phone, referrer.email, otherAgencies]).toEqual([undefined, undefined, undefined]);
  });

  it.each(BLANKS.map((blank) => [blank] as const))('is missed where it is needed: %j', async (blank) => {
    expect(
      await faultsOf((body) => {
        body.concern['summary'] = blank;
        body.referrer['name'] = blank;
      }),
    ).toEqual(['/referrer/name required', '/concern/summary required']);
  });

  it('names no child', async () => {
    expect(
      await faultsOf((body) => (body.children = [{ firstName: '\u00ad', lastName: '\u200b', description: ' ' }])),
    ).toEqual(['/children/0 who_is_it']);
  });
});

describe('what people paste', () => {
  it.each([
    ['nhsNumber', '\u202a943‑476–5919.\u202c', '9434765919'],
    ['upn', ' a950000178301.', 'A950000178301'],
    ['address', { postcode: 'sk14\u00a02ab.' }, { postcode: 'SK14 2AB' }],
    ['address', { postcode: '75008', town: 'Paris' }, { postcode: '75008', town: 'Paris' }],
    ['address', { line1: ' 1 High Street\u000bFlat 2 ' }, { line1: '1 High Street Flat 2' }],
    ['firstName', 'Amy\r\n', 'Amy'],
    ['firstName', '\u200b Amy\tJane \u200b', 'Amy Jane'],
    ['dateOfBirth', ' 2019‑02‑01 ', '2019-02-01'],
    ['sex', ' F ', 'F'],
    ['otherNames', [null, 'Bea', ' '], ['Bea']],
  ])('X7: is kept once, as %s: %j', async (field, written, kept) => {
    const { children } = await read((body) => (body.children[0]![field] = written));
    expect(children[0]).toHaveProperty(field, kept);
  });

  it('keeps a telephone number in E.164 and lines of one LF', async () => {
    const { referrer, concern } = await read((body) => {
      body.referrer['phone'] = '(0161) 496–0122';
      body.concern['summary'] = 'The first line of it.\r\nThe second.\u000bThe third.\u000cThe fourth.';
    });
    expect(referrer.phone).toBe('+441614960122');
    expect(concern.summary).toBe('The first line of it.\nThe second.\nThe third.\nThe fourth.');
  });

  it('counts a line and an emoji once against a limit', async () => {
    const most = '👩\r\n'.repeat(10_000);
    expect(await faultsOf((body) => (body.concern['summary'] = most))).toEqual([]);
    expect(await faultsOf((body) => (body.concern['summary'] = `${most}x`))).toEqual(['/concern/summary too_long']);
  });

  it.each([
    ['phone', '101', 'telephone'],
    ['phone', 'ask the office', 'telephone'],
    ['email', 'dsl@school.local', 'email'],
    ['email', 'dsl@localhost', 'email'],
  ])('is refused as %s where it leads nowhere: %s', async (field, written, code) => {
    expect(await faultsOf((body) => (body.referrer[field] = written))).toEqual([`/referrer/${field} ${code}`]);
  });
});

describe('a number of no person', () => {
  it.each([
    ['nhsNumber', '1111111111'],
    ['nhsNumber', '000 000 0000'],
    ['nhsNumber', '0123456789'],
    ['nhsNumber', '9876543210'],
    ['upn', 'A000000000000'],
  ])('M3: is refused as %s: %s', async (field, number) => {
    expect(await faultsOf((body) => (body.children[0]![field] = number))).toEqual([
      `/children/0/${field} number_of_nobody`,
    ]);
  });
});

describe('children of one referral', () => {
  const [amy, ben] = [
    { firstName: 'Amy', lastName: 'Hale', dateOfBirth: '2019-02-01', nhsNumber: '9434765919', upn: 'A950000178301' },
    { firstName: 'Ben', lastName: 'Hale', dateOfBirth: '2021-05-03' },
  ];
  it.each([
    ['the NHS number of another', { nhsNumber: '943 476 5919' }, '/children/1/nhsNumber'],
    ['the UPN of another', { upn: 'a950000178301' }, '/children/1/upn'],
    ['the name and birth of another', { firstName: 'HALE', lastName: 'Amy', dateOfBirth: '2019-02-01' }, '/children/1'],
  ])('are refused when one has %s', async (_, more, pointer) => {
    expect(await faultsOf((body) => (body.children = [amy, { ...ben, ...more }]))).toEqual([
      `${pointer} same_child_twice`,
    ]);
  });

  it.each([
    ['numbers that differ', { ...amy, nhsNumber: '9434765870', upn: 'H243278544154' }],
    ['no first name, as the other', { lastName: 'Hale', dateOfBirth: '2019-02-01' }],
  ])('are two when they have %s', async (_, other) => {
    const first = 'firstName' in other ? amy : { lastName: 'Hale', dateOfBirth: '2019-02-01' };
    expect(await faultsOf((body) => (body.children = [first, other]))).toEqual([]);
  });

  it('may be twins, and two of whom no name is known', async () => {
    const twins = [amy, { firstName: 'Ben', lastName: 'Hale', dateOfBirth: '2019-02-01' }];
    expect(await faultsOf((body) => (body.children = twins))).toEqual([]);
    const unknown = { firstName: 'Not known', lastName: 'Hale', dateOfBirth: '2019-02-01' };
    expect(await faultsOf((body) => (body.children = [unknown, unknown]))).toEqual([]);
  });
});

describe('answers that contradict each other', () => {
  const unborn = { lastName: 'Hale', expectedDateOfBirth: '2027-01-04' };
  it.each<[string, object, string]>([
    ['no disability beside one', { firstName: 'Amy', disabilities: ['NONE', 'AUT'] }, 'disabilities'],
    ['a disability before birth', { ...unborn, disabilities: ['NONE'] }, 'disabilities'],
    ['a sex before birth', { ...unborn, sex: 'F' }, 'sex'],
    ['an NHS number before birth', { ...unborn, nhsNumber: '9434765919' }, 'nhsNumber'],
    ['a UPN before birth', { ...unborn, upn: 'A950000178301' }, 'upn'],
  ])('are refused: %s', async (_, child, field) => {
    expect(await faultsOf((body) => (body.children = [child as Record<string, unknown>]))).toEqual([
      `/children/0/${field} contradiction`,
    ]);
  });

  it('are not an unborn child of unknown sex', async () => {
    expect(await faultsOf((body) => (body.children = [{ ...unborn, sex: 'U' }]))).toEqual([]);
  });
});

it('judges the dates of a referral at the instant of its receipt, in the transaction that stores it', async () => {
  const referral = { ...aRoutineAmber(), reportedAt: '2026-11-23T12:00:00Z' };
  await hub.moveTo('2026-11-21T10:00');
  await expect(hub.submit(referral)).rejects.toMatchObject({
    faults: [{ pointer: '/reportedAt', code: 'in_the_future' }],
  });
  await hub.moveTo('2026-11-23T10:00');
  await expect(hub.submit(referral)).resolves.toMatch(/^MASH-/);
});
