import type { StaffActor } from '#access';
import { SearchReferrals } from '#referrals';
import { SERVICE, sql, type Database } from '#store';
import { composeHub } from '../scripts/hub/whole-hub.ts';
import { fillHub } from './filled-hub.ts';
import type { FreshDatabase } from './fresh-database.ts';
import { percentiles, percentilesInWords, whole } from './in-words.ts';

const SIZE = { open: 1_000, closed: 999_000 };
const ROUNDS = 3;
const NAMES_SOUGHT = 100;

/** How a name is typed, and whether what the service did before finds its referral among the fifty shown. */
const WAYS: Readonly<Record<string, (words: readonly string[]) => string>> = {
  'a letter missing': (words) => misspelt(words.join(' '), (letters) => letters.toSpliced(3, 1)),
  'two letters changed about': (words) =>
    misspelt(words.join(' '), (letters) => letters.toSpliced(-4, 2, letters.at(-3)!, letters.at(-4)!)),
  'the first name left out, a letter missing': (words) =>
    misspelt(words.slice(1).join(' '), (letters) => letters.toSpliced(3, 1)),
  'written together': (words) => words.join(''),
};

function misspelt(name: string, misspell: (letters: string[]) => string[]): string {
  return misspell([...name]).join('');
}

/** The search by a misspelt name among names of which practically every one is another, before and after in turns. */
export async function benchSearch(fresh: (name: string) => Promise<FreshDatabase>): Promise<string> {
  const hub = await fresh('search');
  await fillHub(hub, SIZE, 'distinct');
  const { database } = hub;
  const person = (await database.as(SERVICE).row<{ id: string }>(sql`SELECT id FROM staff_member`))!;
  const by: StaffActor = { kind: 'staff', id: person.id, name: 'Bench', role: 'manager' };
  const cases = await composeHub(database);
  const search = cases.get(SearchReferrals);
  const sought = await database.as(SERVICE).rows<{ name: string; reference: string }>(sql`
    SELECT p.name, r.reference FROM person_name p JOIN referral r ON r.id = p.referral_id
    WHERE p.position = 0 ORDER BY md5(r.reference) LIMIT ${NAMES_SOUGHT}`);
  const nothing = { dateOfBirth: '', nhsNumber: '', upn: '', reference: '', postcode: '', agency: '' };
  const now = async (name: string) =>
    (await search.execute({ ...nothing, name }, by)).found.map(({ reference }) => reference);
  const lines: string[] = [];
  for (const [way, type] of Object.entries(WAYS)) {
    const [before, after] = [new Tried(), new Tried()];
    for (let round = 0; round < ROUNDS; round++) {
      for (const { name, reference } of sought) {
        const typed = type(name.split(' '));
        // Once would do to know what was found before, and it takes the longest.
        if (round === 0) await before.look(() => asBefore(database, typed), reference);
        await after.look(() => now(typed), reference);
      }
    }
    lines.push(`${way}: ${after.inWords()}; before: ${before.inWords()}`);
  }
  await cases.close();
  await hub.close();
  return [`Search by a name among ${whole(SIZE.open + SIZE.closed)}, practically all distinct`, ...lines].join('\n');
}

class Tried {
  private readonly times: number[] = [];
  private found = 0;
  private shown = 0;

  async look(search: () => Promise<readonly string[]>, reference: string): Promise<void> {
    const begun = performance.now();
    const references = await search();
    this.times.push(performance.now() - begun);
    if (references.includes(reference)) this.found++;
    this.shown += references.length;
  }

  inWords(): string {
    const { length } = this.times;
    const shown = Math.round(this.shown / length);
    return `${percentilesInWords(percentiles(this.times))}, found ${this.found} of ${length}, ${shown} shown`;
  }
}

/** The statement of the search before it had a dictionary of words (commit dad6955), for a name alone. */
async function asBefore(database: Database, name: string): Promise<readonly string[]> {
  const rows = await database.as(SERVICE).transaction((tx) =>
    tx.rows<{ reference: string }>(sql`
      WITH sought AS (SELECT folded AS name, mash.sounds(folded) AS sounds, mash.name_key(folded) AS name_key
        FROM mash.fold(${name}) folded),
      fits AS (
        SELECT DISTINCT ON (p.referral_id) p.referral_id, p.kind, p.position,
          CASE WHEN p.name_key = sought.name_key THEN 1
            ELSE greatest(similarity(p.name, sought.name), word_similarity(sought.name, p.name)) END AS score
        FROM sought, person_name p JOIN referral r ON r.id = p.referral_id LEFT JOIN referral_child c
          ON p.kind = 'child' AND c.referral_id = p.referral_id AND c.position = p.position
        WHERE p.name % sought.name OR sought.name <% p.name OR p.name_key = sought.name_key
          OR (sought.sounds <> '{}' AND p.sounds @> sought.sounds)
        ORDER BY p.referral_id, score DESC, p.kind DESC, p.position)
      SELECT r.reference FROM fits JOIN referral r ON r.id = fits.referral_id JOIN agency ON agency.id = r.agency_id
      ORDER BY fits.score DESC, r.received_at DESC, r.id LIMIT 51`),
  );
  return rows.slice(0, 50).map(({ reference }) => reference);
}
