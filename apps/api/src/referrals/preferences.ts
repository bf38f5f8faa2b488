/** What an agency may prefer, and always gets: faults are refused, and the answer is shown. */
export const PREFERENCES = { handling: 'strict', return: 'representation' } as const;

/**
 * The preferences of a `Prefer` header that the answer meets, for `Preference-Applied` (RFC 7240). Of a preference that
 * is sent twice the first counts; one that is not known is passed over, as the standard asks.
 *
 * @returns undefined when there is none to name
 */
export function preferencesApplied(prefer: string | undefined): string | undefined {
  const sent = new Map<string, string>();
  for (const one of partsOf(prefer ?? '', ',')) {
    const [name = '', value = ''] = partsOf(partsOf(one, ';')[0] ?? '', '=');
    if (!sent.has(name.toLowerCase())) sent.set(name.toLowerCase(), value.replace(/^"(.*)"$/, '$1').toLowerCase());
  }
  const applied = Object.entries(PREFERENCES).filter(([name, value]) => sent.get(name) === value);
  return applied.length === 0 ? undefined : applied.map(([name, value]) => `${name}=${value}`).join(', ');
}

/** The parts of a header between separators that stand outside of quotation marks. */
function partsOf(text: string, separator: ',' | ';' | '='): readonly string[] {
  return [...text.matchAll(new RegExp(`(?:"(?:[^"\\\\]|\\\\.)*"|[^"${separator}])+`, 'g'))].map(([part]) =>
    part.trim(),
  );
}
