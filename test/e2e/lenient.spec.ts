import { randomUUID } from 'node:crypto';
import type { SubmittedReferral } from '#domain';
import { ClearFlag } from '#referrals';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';

interface Stored {
  readonly reference: string;
  readonly warnings?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}

let hub: Hub;
let api: RunningApi;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
  console = await RunningConsole.start(hub);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await console.stop();
  await api.stop();
  await hub.drop();
});

const Prefer = 'handling=lenient';
const WRONG_NUMBER = '943 476 5918';
type Changes = Record<string, unknown>;
/** A referral of one child, with what is changed at its places. */
function aReferral(changes: Changes = {}): unknown {
  const body = structuredClone(aRoutineAmber()) as unknown as Record<string, unknown>;
  body['children'] = [{ firstName: 'Maya', lastName: 'Marsden-Pyke' }];
  body['adults'] = [{ name: 'Shannon Marsden', relationship: 'Mother' }];
  for (const [pointer, value] of Object.entries(changes)) {
    const names = pointer.split('/').slice(1);
    const last = names.pop()!;
    const parent = names.reduce<unknown>((part, name) => ((part as Changes)[name] ??= {}), body);
    (parent as Changes)[last] = value;
  }
  return body;
}
const send = (body: unknown, headers: Record<string, string> = { Prefer }) => api.post(hub.agency.token, body, headers);
const check = (body: unknown, headers: Record<string, string> = { Prefer }) =>
  api.post(hub.agency.token, body, headers, '/api/v1/referrals/validate');
const faultsOf = (body: unknown) =>
  ((body as { errors?: readonly { pointer: string; code: string }[] }).errors ?? []).map(({ pointer, code }) => [
    pointer,
    code,
  ]);

describe('a concern whose faults are soft', () => {
  it.each<[string, string, unknown, string]>([
    ['M1', '/children/0/nhsNumber', WRONG_NUMBER, 'nhs_number_check_digit'],
    ['M2', '/children/0/nhsNumber', '94347659', 'nhs_number_check_digit'],
    ['M3', '/children/0/nhsNumber', '4444444444', 'number_of_nobody'],
    ['M4', '/children/0/dateOfBirth', '2026-11-24', 'in_the_future'],
    ['M5', '/children/0/dateOfBirth', '1900-01-01', 'too_long_ago'],
    ['M5', '/children/0/dateOfBirth', '2023-02-29', 'date'],
    ['M5', '/children/0/dateOfBirth', '01/02/2019', 'date'],
    ['M5', '/children/0/estimatedAge', 31, 'whole_number'],
    ['M6', '/concern/occurredAt', '2030-01-01', 'in_the_future'],
    ['M6', '/reportedAt', '1970-01-01T00:00:00Z', 'too_long_ago'],
    ['UPN', '/children/0/upn', 'A950000178302', 'upn_check_letter'],
    ['UPRN', '/children/0/address/uprn', 'none', 'uprn'],
    ['Expected', '/children/0/expectedDateOfBirth', '2029-01-01', 'too_far_ahead'],
    ['Telephone', '/referrer/phone', 'ask at the desk', 'telephone'],
    ['Telephone', '/adults/0/phone', '0123', 'telephone'],
    ['E-mail', '/referrer/email', 'b.owusu-lacey at tameway', 'email'],
    ['Adult', '/adults/0/dateOfBirth', '1066-10-14', 'too_long_ago'],
  ])(
    'M1, M5, M6: %s: is stored without %s %j where its agency prefers that, and refused otherwise',
    async (_, pointer, value, code) => {
      const body = aReferral({ [pointer]: value });
      const strict = await send(body, {});
      expect([strict.status, faultsOf(strict.body)]).toEqual([422, [[pointer, code]]]);
      expect(await hub.receivedCount()).toBe(0);
      const sent = await send(body);
      const { warnings } = sent.body as Stored;
      expect([sent.status, sent.headers.get('Preference-Applied'), warnings]).toEqual([
        201,
        Prefer,
        [{ pointer, code, detail: expect.any(String) }],
      ]);
      expect(JSON.stringify(warnings)).not.toContain(String(value));
      expect(((await check(body)).body as Stored).warnings).toEqual(warnings);
      const page = await hub.read((sent.body as Stored).reference);
      expect(page.flags).toMatchObject([{ pointer, code, sent: String(value), clearedBy: null }]);
      expect(JSON.stringify([page.submitted, page.children, page.adults])).not.toContain(JSON.stringify(value));
    },
  );

  it('has no warnings where it has no fault, and the preference is met all the same', async () => {
    const sent = await send(aReferral());
    expect([sent.status, sent.headers.get('Preference-Applied')]).toEqual([201, Prefer]);
    expect(sent.body).not.toHaveProperty('warnings');
    expect(sent.headers.get('ETag')).toBe(
      (await api.get(sent.headers.get('Location')!, hub.agency.token)).headers.get('ETag'),
    );
  });

  it.each<[string, Changes, string[][]]>([
    ['a code of no list', { '/concern/source': 'gossip' }, [['/concern/source', 'not_in_list']]],
    ['no child', { '/children': [] }, [['/children', 'too_few']]],
    [
      'a number of another kind',
      { '/children/0/nhsNumber': 9434765918 },
      [['/children/0/nhsNumber', 'nhs_number_check_digit']],
    ],
    [
      'a long number',
      { '/children/0/nhsNumber': '9'.repeat(201) },
      [['/children/0/nhsNumber', 'nhs_number_check_digit']],
    ],
    ['NUL in a number', { '/children/0/nhsNumber': '1\u0000' }, [['/children/0/nhsNumber', 'invalid_text']]],
    ['an unknown property', { '/restricted': false }, [['/restricted', 'unknown_property']]],
    ['an age that is text', { '/children/0/estimatedAge': '31' }, [['/children/0/estimatedAge', 'whole_number']]],
  ])('is refused with every fault when %s is wrong as well', async (name, changes, faults) => {
    const soft = name.includes('number') ? {} : { '/referrer/phone': 'x' };
    const sent = await send(aReferral({ ...soft, ...changes }));
    const all = name.includes('number') ? faults : [...faults, ['/referrer/phone', 'telephone']];
    expect([sent.status, faultsOf(sent.body).toSorted()]).toEqual([422, all.toSorted()]);
    expect(await hub.receivedCount()).toBe(0);
  });

  it('M10, M11: is stored once for its key, with the same warnings, and another value is another body', async () => {
    const headers = { Prefer, 'Idempotency-Key': 'k' };
    const body = aReferral({ '/children/0/nhsNumber': WRONG_NUMBER, '/referrer/phone': 'x' });
    const first = await send(body, headers);
    const again = await send(body, headers);
    expect([again.status, JSON.stringify(again.body)]).toEqual([201, JSON.stringify(first.body)]);
    expect((await send(aReferral({ '/referrer/phone': 'y' }), headers)).status).toBe(422);
    expect((await send(aReferral(), headers)).status).toBe(422);
    expect(await hub.receivedCount()).toBe(1);
  });

  it('is no less urgent for a date of birth that was set apart: the child may be under one', async () => {
    const suggested = async (child: object) => {
      const hit = { '/concern/types': ['physical_abuse'], '/concern/indicators': [] };
      const sent = await send(aReferral({ ...hit, '/children/0': { firstName: 'Maya', ...child } }));
      return (await hub.read((sent.body as Stored).reference)).ratings[0]!;
    };
    const baby = await suggested({ dateOfBirth: '2026-09-01' });
    const child = await suggested({ dateOfBirth: '2019-09-01' });
    expect([baby.rating, child.rating]).toEqual(['red', 'amber']);
    for (const dateOfBirth of ['2026-13-01', '1926-09-01', '2027-09-01'])
      expect([dateOfBirth, await suggested({ dateOfBirth })]).toEqual([
        dateOfBirth,
        expect.objectContaining({ rating: 'red', matched: baby.matched }),
      ]);
    expect((await suggested({ expectedDateOfBirth: '2029-01-01' })).rating).toBe('red');
    expect((await suggested({ nhsNumber: WRONG_NUMBER, estimatedAge: 7 })).rating).toBe('amber');
  });

  it('links no child by a number that was set apart', async () => {
    const [one, other] = await Promise.all(
      ['A', 'B'].map((name) =>
        send(aReferral({ '/children/0/firstName': `Ma${name}`, '/children/0/nhsNumber': '4444444444' })),
      ),
    );
    expect([one!.status, other!.status]).toEqual([201, 201]);
    expect((await hub.firstChildOf((one!.body as Stored).reference)).nhsNumber).toBeNull();
  });
});

describe('a value that was set apart', () => {
  const flagged = async (value = WRONG_NUMBER) =>
    ((await send(aReferral({ '/children/0/nhsNumber': value }))).body as Stored).reference;

  it('stands on each page of the referral until a person has looked into it, and stays after that', async () => {
    const reference = await flagged();
    const says = `The NHS number of child 1 that the agency sent is not valid: ${WRONG_NUMBER}`;
    const worker = await console.visitedBy(hub.socialWorker);
    for (const path of ['', '/timeline', '/decision', '/rating'])
      expect([path, (await worker.open(`/referrals/${reference}${path}`)).text]).toEqual([
        path,
        expect.stringContaining(says),
      ]);
    const list = await worker.open('/flags');
    expect(list.text).toContain('The NHS number of child 1 that the agency sent is not valid');
    const cleared = await worker.press(`I have looked into it: ${says.split(': ')[0]}, ${reference}`);
    expect([cleared.path, cleared.notices()]).toEqual(['/flags', ['It is looked into. The referral says by whom.']]);
    expect(cleared.text).toContain('No value waits for a person to look into it.');
    expect((await worker.open(`/referrals/${reference}/decision`)).text).not.toContain(says);
    expect((await worker.open(`/referrals/${reference}`)).text).toContain(
      `${says} Looked into by Sol Worker, 10am today`,
    );
    expect((await worker.open(`/referrals/${reference}/timeline`)).text).toContain(
      'Looked into a value that was set apart',
    );
    const again = await worker.press(`I have looked into it: ${says.split(': ')[0]}, ${reference}`, {}, list);
    expect(again.path).toBe('/flags');
    expect(await hub.recordOf('referral.flag-cleared')).toHaveLength(1);
  });

  it('X1: is shown as it was sent', async () => {
    const hostile = '<script>alert(1)</script>';
    const reference = await flagged(hostile);
    const worker = await console.visitedBy(hub.socialWorker, '/flags');
    expect(worker.page.text).toContain(hostile);
    expect((await worker.open(`/referrals/${reference}`)).text).toContain(hostile);
  });

  it('Z5: is not cleared by an auditor', async () => {
    await flagged();
    const auditor = await console.visitedBy(hub.auditor, '/oversight');
    expect((await auditor.open('/flags')).status).toBe(404);
  });

  it('that is not there cannot be cleared', async () => {
    const clear = (flag: string) => hub.whole.get(ClearFlag).execute({ flag, formId: randomUUID(), by: hub.screener });
    for (const flag of [randomUUID(), 'x', '']) await expect(clear(flag)).rejects.toThrow('not-found');
  });

  it('leaves the answer of the status as it is', async () => {
    const { body } = await api.get(`/api/v1/referrals/${await flagged()}`, hub.agency.token);
    expect(Object.keys(body as SubmittedReferral & object).toSorted()).toEqual([
      'decisionExpectedBy',
      'receivedAt',
      'reference',
      'status',
    ]);
  });
});
