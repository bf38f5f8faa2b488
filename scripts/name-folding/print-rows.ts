import { foldLetter } from '#domain';

/**
 * Prints the rows of `name_folding` for a migration: each text that code points fold to, with their ranges as an
 * int4multirange. Code points that stay as they are have no row, nor has NUL, which PostgreSQL cannot hold.
 */
const ranges = new Map<string, [number, number][]>();
for (let point = 1; point <= 0x10_ff_ff; point++) {
  // Halves of surrogate pairs are no letters.
  if (point === 0xd8_00) point = 0xe0_00;
  const letter = String.fromCodePoint(point);
  const folded = foldLetter(letter);
  if (folded === letter) continue;
  const own = ranges.get(folded) ?? [];
  ranges.set(folded, own);
  if (own.at(-1)?.[1] === point) own.at(-1)![1] = point + 1;
  else own.push([point, point + 1]);
}
const rows = [...ranges].map(
  ([folded, own]) => `  ('${folded.replaceAll("'", "''")}', '{${own.map(([from, to]) => `[${from},${to})`).join()}}')`,
);
process.stdout.write(`${rows.join(',\n')}\n`);
