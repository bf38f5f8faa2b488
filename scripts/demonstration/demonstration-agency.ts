import { Agencies, AgencyClients, hashOfToken, newToken, SCOPES, type NewAgency } from '#access';
import { AccessToken, rowsOf, SERVICE, type Database } from '#store';

/** Longer than any demonstration, test or measurement, also where its clock is moved on by years. */
const FOR_YEARS = 100;

/**
 * An agency with a client whose token needs no key and does not run out: for a demonstration, a test or a measurement. No
 * other hub has such a token.
 */
export async function addDemonstrationAgency(
  database: Database,
  agency: NewAgency,
): Promise<{ readonly agencyId: string; readonly clientId: string; readonly token: string }> {
  const agencyId = await new Agencies(database).add(agency, SERVICE);
  return { agencyId, ...(await addDemonstrationClient(database, agencyId)) };
}

/** One more client of that kind, of an agency that is there. */
export async function addDemonstrationClient(
  database: Database,
  agencyId: string,
): Promise<{ readonly clientId: string; readonly token: string }> {
  const client = { agencyId, name: 'Demonstration', scopes: SCOPES };
  const clientId = await new AgencyClients(database).add(client, SERVICE);
  const token = newToken();
  await database.as(SERVICE).transaction(async (tx) => {
    const expiresAt = tx.now.add({ hours: FOR_YEARS * 365 * 24 });
    const row = { tokenHash: hashOfToken(token), clientId, scopes: SCOPES, issuedAt: tx.now, expiresAt };
    await tx.insert(rowsOf(AccessToken, row));
  });
  return { clientId, token };
}
