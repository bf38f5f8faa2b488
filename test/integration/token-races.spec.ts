import { AgencyClients, IssueToken, KeySets, VerifyAssertion } from '#access';
import { FetchOutbound } from '#platform';
import { SERVICE, sql, type Database } from '#store';
import { AgencyClient, TOKEN_URL } from '../support/agency-client.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { until } from '../support/until.ts';

let hub: Hub;
let client: AgencyClient;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  client = await AgencyClient.of(hub.database, hub.agency.agencyId);
});
afterAll(() => hub.drop());

const verify = async (signer = client) =>
  new VerifyAssertion(hub.database, new KeySets(hub.database, new FetchOutbound())).execute(
    await signer.assertion(),
    TOKEN_URL,
  );
const tokens = async () =>
  (await hub.database
    .as(SERVICE)
    .row<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM access_token WHERE client_id = ${client.id} AND expires_at > mash.now()`,
    ))!.n;
const isWaiting = async () =>
  (await hub.database.as(SERVICE).row(sql`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)) !== null;
const keyOf = async () =>
  (await new AgencyClients(hub.database).list(hub.agency.agencyId, SERVICE)).find(({ id }) => id === client.id)!
    .keys[0]!;

/** An act whose transaction does not end before a token is asked for. @returns how asking for the token ended */
async function whileTokenIsAsked(act: (database: Database) => Promise<void>) {
  const verified = await verify();
  const asking: Promise<unknown>[] = [];
  await hub.database.as(SERVICE).transaction(async (tx) => {
    await act(tx.inside());
    asking.push(new IssueToken(hub.database).execute(verified, undefined).catch((error: unknown) => error));
    await until(isWaiting);
  });
  return asking[0];
}

it('a client that is suspended while its token is being made gets none', async () => {
  const answer = await whileTokenIsAsked((database) => new AgencyClients(database).suspend(client.id, true, SERVICE));
  expect(answer).toMatchObject({ name: 'BadAssertion', description: 'The client is suspended: ask the hub' });
  expect(await tokens()).toBe(0);
});

it('a client whose key is removed while its token is being made gets none', async () => {
  const { id } = await keyOf();
  const answer = await whileTokenIsAsked((database) => new AgencyClients(database).removeKey(client.id, id, SERVICE));
  expect(answer).toMatchObject({
    name: 'BadAssertion',
    description: 'The assertion is not signed with a key of the client that iss names',
  });
  expect(await tokens()).toBe(0);
});

it('a client that was suspended, or whose key was removed, after its assertion was read gets no token', async () => {
  const [first, second] = [await verify(), await verify()];
  const clients = new AgencyClients(hub.database);
  await clients.suspend(client.id, true, SERVICE);
  await expect(new IssueToken(hub.database).execute(first, undefined)).rejects.toThrow('suspended');
  await clients.suspend(client.id, false, SERVICE);
  await clients.removeKey(client.id, (await keyOf()).id, SERVICE);
  await expect(new IssueToken(hub.database).execute(second, undefined)).rejects.toThrow('not signed');
});

it('a suspension that waits for a token which is being made ends that token', async () => {
  const verified = await verify();
  const suspending: Promise<void>[] = [];
  await hub.database.as(SERVICE).transaction(async (tx) => {
    await new IssueToken(tx.inside()).execute(verified, undefined);
    suspending.push(new AgencyClients(hub.database).suspend(client.id, true, SERVICE));
    await until(isWaiting);
  });
  await suspending[0];
  expect(await tokens()).toBe(0);
});
