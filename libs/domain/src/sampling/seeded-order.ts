/**
 * The place of an id in the order that a seed makes: a number that looks random, and is the same each time. Two lanes
 * of 32 bits mix the characters, and each lane ends by mixing its own bits, so that ids which differ in one character
 * stand far apart.
 *
 * @returns a whole number from 0 up to 2^53
 */
export function placeUnder(seed: string, id: string): number {
  const text = `${seed} ${id}`;
  let low = 0x9e3779b9;
  let high = 0x7f4a7c15;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + index), 0x5bd1e995);
    high = (high << 13) | (high >>> 19);
  }
  const [a, b] = [scattered(low ^ Math.imul(high, 0x27d4eb2d)), scattered(high ^ Math.imul(low, 0x165667b1))];
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
}

/** Each bit of the result depends on every bit. */
function scattered(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b | 0);
  return mixed ^ (mixed >>> 16);
}

/** Things in the order that a seed makes of their ids, whatever their order was. */
export function inSeededOrder<T>(things: readonly T[], idOf: (thing: T) => string, seed: string): readonly T[] {
  return things
    .map((thing) => ({ thing, id: idOf(thing), place: placeUnder(seed, idOf(thing)) }))
    .sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : Number(a.id > b.id)))
    .map(({ thing }) => thing);
}
