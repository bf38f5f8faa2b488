/** As many letters at the beginning count for more (Winkler 1990). */
const PREFIX = 4;
const PREFIX_WEIGHT = 0.1;

/**
 * How alike two texts are by the letters that they share and their order (Jaro 1989, Winkler 1990).
 *
 * @returns from 0, nothing alike, to 1, equal
 */
export function jaroWinkler(one: string, other: string): number {
  // The letters of the first are shared out in turn, so that the order of the two could change how many are.
  const [a, b] = one < other ? [[...one], [...other]] : [[...other], [...one]];
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const isTaken = b.map(() => false);
  const shared: string[] = [];
  for (const [at, letter] of a.entries()) {
    const last = Math.min(b.length - 1, at + reach);
    for (let place = Math.max(0, at - reach); place <= last; place += 1) {
      if (isTaken[place] || b[place] !== letter) continue;
      isTaken[place] = true;
      shared.push(letter);
      break;
    }
  }
  if (shared.length === 0) return 0;
  const inOther = b.filter((_, place) => isTaken[place]);
  const outOfOrder = shared.filter((letter, place) => letter !== inOther[place]).length;
  const { length } = shared;
  const jaro = (length / a.length + length / b.length + (length - outOfOrder / 2) / length) / 3;
  const firstDifference = a.findIndex((letter, place) => letter !== b[place]);
  const prefix = Math.min(PREFIX, firstDifference === -1 ? a.length : firstDifference);
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}
