/** So many words in a row that are the rationale's make a text the rationale's. */
const RUN = 12;
/** Fewer words than this may stand in any rationale by chance. */
const FEWEST = 5;

/**
 * Whether what is to be told to a referrer was taken from the rationale, which stays in the hub: one is in the other as a
 * whole, or they share twelve words in a row. Case, punctuation and line breaks make no difference.
 */
export function repeatsRationale(toReferrer: string, rationale: string): boolean {
  const [told, kept] = [wordsOf(toReferrer), wordsOf(rationale)];
  const length = Math.min(RUN, told.length, kept.length);
  if (length < FEWEST) return told.length > 0 && told.join(' ') === kept.join(' ');
  const runs = new Set(runsOf(kept, length));
  return runsOf(told, length).some((run) => runs.has(run));
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

function runsOf(words: readonly string[], length: number): readonly string[] {
  return words.slice(0, words.length - length + 1).map((_, start) => words.slice(start, start + length).join(' '));
}
