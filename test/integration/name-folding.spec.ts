import { foldName, nameKey } from '#domain';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
afterAll(() => hub.drop());

/** As one text, because 150,000 parameters are too many: no letter is a line's end. */
async function foldedByTheDatabase(names: readonly string[]): Promise<readonly string[]> {
  const rows = await hub.database.as(SERVICE).transaction((tx) =>
    tx.rows<{ folded: string }>(sql`
      SELECT mash.fold(name) AS folded FROM unnest(${names}::text[]) WITH ORDINALITY AS one (name, place) ORDER BY place`),
  );
  return rows.map(({ folded }) => folded);
}

it('folds every code point in the database as in the domain (when this fails: npm run name-folding, a new migration)', async () => {
  const points = Array.from({ length: 0x10_ff_ff }, (_, index) => index + 1).filter(
    (point) => point < 0xd8_00 || point > 0xdf_ff,
  );
  const letters = points
    .map((point) => String.fromCodePoint(point))
    .filter((one) => /[\p{L}\p{M}\p{N}\p{P}]/u.test(one));
  // Between two letters: what separates words, and a mark that joins the letter before it, are seen there.
  const names = letters.map((letter) => `a${letter}b`);
  const folded = await foldedByTheDatabase(names);
  const others = names.flatMap((name, index) =>
    folded[index] === foldName(name) ? [] : [[name, folded[index], foldName(name)]],
  );
  expect(others).toEqual([]);
}, 60_000);

it.each([
  ['Đorđe', 'Þór-Æsir'],
  ['Ὀδυσσεύς', 'ΣΊΣΥΦΟΣ'],
  ['Zoe\u0308', 'O\u02bcNeil'],
  ['नीता', 'শর্মা'],
  ['小明', '王'],
  ['مُحَمَّد', 'أحمد'],
  ['한글', 'ㄱㅏ'],
  ['𝒜my', '𐐷'],
])('makes the key of %s %s in the database as in the domain', async (firstName, lastName) => {
  const row = await hub.database
    .as(SERVICE)
    .row<{ key: string }>(sql`SELECT mash.name_key(mash.fold(${`${firstName} ${lastName}`})) AS key`);
  expect(row!.key).toBe(nameKey({ firstName, lastName }));
});
