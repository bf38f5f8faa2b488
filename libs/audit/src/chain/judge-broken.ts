import { entryHash } from './link.ts';
import type { Tampering } from './tampering.ts';
import { rowOf, type Broken } from './walk-lane.ts';

/**
 * What the entries that do not follow from those before them are: two that stand in the place of each other, or edited.
 *
 * @param all few: each is compared with each
 */
export function judgeBroken(all: readonly Broken[]): readonly Tampering[] {
  const left = new Set(all);
  const found: Tampering[] = [];
  for (const one of all) {
    const other = left.has(one) ? [...left].find((each) => each !== one && areSwapped(one, each)) : undefined;
    if (other === undefined) continue;
    left.delete(one);
    left.delete(other);
    found.push({
      ...placeOf(one),
      kind: 'swapped',
      row: rowOf(one.entry),
      beside: rowOf(other.entry),
      checkpoint: null,
    });
    // What follows either of them follows from the hash that has gone with its row to the other place.
    for (const next of left) {
      if ([one, other].some(({ entry }) => entryHash(entry.hash, next.entry).equals(next.entry.hash)))
        left.delete(next);
    }
  }
  for (const one of left) {
    found.push({ ...placeOf(one), kind: 'edited', row: rowOf(one.entry), beside: rowOf(one.before), checkpoint: null });
  }
  return found;
}

/** Whether each, in the place of the other, has the hash that was written there, or that it took along. */
function areSwapped(first: Broken, second: Broken): boolean {
  const hashes = [first.entry.hash, second.entry.hash];
  const isOneOf = (computed: Buffer) => hashes.some((one) => one.equals(computed));
  const inFirst = entryHash(first.previous, second.entry, first.entry);
  if (!isOneOf(inFirst)) return false;
  const isNext = first.entry.lane === second.entry.lane && first.entry.seq + 1 === second.entry.seq;
  return isOneOf(entryHash(isNext ? inFirst : second.previous, first.entry, second.entry));
}

function placeOf({ entry: { lane, seq } }: Broken) {
  return { lane, seq, upTo: seq };
}
