/** How the faults of a referral are handled: refused, or set apart where they are soft. */
export type Handling = 'strict' | 'lenient';

/**
 * The preferences of a `Prefer` header that the answer meets, for `Preference-Applied` (RFC 7240). Of a preference that
 * is sent twice the first counts; one that is not known is passed over, as the standard asks.
 *
 * @param handling how faults were handled
 * @returns undefined when there is none to name
 */
export function preferencesApplied(prefer: string | undefined, handling: Handling = 'strict'): string | undefined {
  const sent = preferred(prefer);
  const applied = Object.entries({ handling, return: 'representation' }).filter(
    ([name, value]) => sent.get(name) === value,
  );
  return applied.length === 0 ? undefined : applied.map(([name, value]) => `${name}=${value}`).join(', ');
}

/** Whether an agency would rather have a value set apart than a concern refused. */
export function handlingOf(prefer: string | undefined): Handling {
  return preferred(prefer).get('handling') === 'lenient' ? 'lenient' : 'strict';
}

function preferred(prefer: string | undefined): ReadonlyMap<string, string> {
  const sent = new Map<string, string>();
  for (const one of partsOf(prefer ?? '', ',')) {
    const [name = '', value = ''] = partsOf(partsOf(one, ';')[0] ?? '', '=');
    if (!sent.has(name.toLowerCase())) sent.set(name.toLowerCase(), value.replace(/^"(.*)"$/, '$1').toLowerCase());
  }
  return sent;
}

/** The parts of a header between separators that stand outside of quotation marks. */
function partsOf(text: string, separator: ',' | ';' | '='): readonly string[] {
  return [...text.matchAll(new RegExp(`(?:"(?:[^"\\\\]|\\\\.)*"|[^"${separator}])+`, 'g'))].map(([part]) =>
    part.trim(),
  );
}
