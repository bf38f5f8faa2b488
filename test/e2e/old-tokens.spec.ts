import { hashOfToken, newToken } from '#access';
import { AccessToken, rowsOf, SERVICE } from '#store';
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

/** A token as the migration to client ids left it: good for 180 days from that day, and given years before. */
async function oldToken(daysLeft: number): Promise<string> {
  const token = newToken();
  await hub.database.as(SERVICE).transaction((tx) =>
    tx.insert(
      rowsOf(AccessToken, {
        ...{ tokenHash: hashOfToken(token), clientId: hub.agency.clientId, scopes: ['referrals:read-own'] },
        ...{ issuedAt: tx.now.subtract({ hours: 400 * 24 }), expiresAt: tx.now.add({ hours: daysLeft * 24 }) },
      }),
    ),
  );
  return token;
}

it('an answer to a token from before client ids says since when it ends, when, and where more is said', async () => {
  for (let count = 0; count < 2; count++) await hub.submit(aRoutineAmber());
  const { status, headers } = await api.get('/api/v1/referrals?limit=1', await oldToken(100));
  expect([status, headers.get('Deprecation'), headers.get('Sunset')]).toEqual([
    200,
    // 80 days before 23 November 2026, ten o'clock.
    `@${Date.UTC(2026, 8, 4, 10) / 1_000}`,
    'Wed, 03 Mar 2027 10:00:00 GMT',
  ]);
  expect(headers.get('Link')).toContain('rel="deprecation"');
  expect(headers.get('Link')).toContain('rel="next"');
});

it('an answer to any other token says nothing of the kind', async () => {
  const { headers } = await api.get('/api/v1/events', hub.agency.token);
  expect([headers.has('Deprecation'), headers.has('Sunset'), headers.has('Link')]).toEqual([false, false, false]);
});
