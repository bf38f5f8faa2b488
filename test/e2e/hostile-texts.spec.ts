import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';
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

/** Longer than any field, and not so long that it is refused unread. */
const MOST = 58_000;
const filled = (part: string) => `x${part.repeat(MOST / part.length)}!`;

const FIELDS: Readonly<Record<string, (text: string) => object>> = {
  'a telephone number': (phone) => ({ adults: Array.from({ length: 4 }, () => ({ relationship: 'aunt', phone })) }),
  'an e-mail address': (email) => ({ referrer: { ...aBruisedBaby().referrer, email } }),
  'a name': (name) => ({ adults: Array.from({ length: 4 }, () => ({ relationship: 'aunt', name })) }),
  'a summary': (summary) => ({ concern: { ...aBruisedBaby().concern, summary } }),
  'a date': (reportedAt) => ({ reportedAt }),
  'a number': (nhsNumber) => ({ children: [{ firstName: 'Kit', nhsNumber }] }),
  'a postcode': (postcode) => ({ children: [{ firstName: 'Kit', address: { postcode } }] }),
  'a code': (sex) => ({ children: [{ firstName: 'Kit', sex }] }),
  'the name of two children': (text) => {
    const name = text.slice(0, MOST / 2);
    const child = { firstName: name, lastName: name, dateOfBirth: '2019-01-01' };
    return {
      children: [
        { ...child, lastName: 'Marlow' },
        { ...child, firstName: 'Marlow' },
      ],
    };
  },
};
/** Processor time: an expression with two ways took minutes, and beside other work half a second tells nothing. */
const COSTLY_MS = 3_000;

/** What an expression with two ways to read it, or one that begins anew at each letter, takes longest over. */
const PARTS = ['a', '9', ' ', '.', ';', '(', '-', 'a@', 'a.', '<', '\u200b', '\u2013', '\u0301'];

it.each(Object.keys(FIELDS))('X8: reads no text of %s that costs much', async (field) => {
  const slow: unknown[] = [];
  for (const part of PARTS.filter((one) => Buffer.byteLength(one) === 1)) {
    const body = { ...aBruisedBaby(), ...FIELDS[field]!(filled(part)) };
    const begun = process.cpuUsage();
    const { status } = await api.post(hub.agency.token, body, {}, '/api/v1/referrals/validate');
    const { user, system } = process.cpuUsage(begun);
    const ms = Math.round((user + system) / 1_000);
    if (![200, 422].includes(status) || ms > COSTLY_MS) slow.push([part, status, ms]);
  }
  expect(slow).toEqual([]);
});
