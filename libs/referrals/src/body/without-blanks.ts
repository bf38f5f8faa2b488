import { isBlank } from '#domain';

/**
 * A body without the properties that say nothing: `null`, as some programs write what they do not have, and blank text.
 * They go from a list of texts as well. A referral thus has no text that shows nothing, and what is needed is missed by name.
 */
export function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isOfTexts = value.every((item) => item === null || typeof item === 'string');
    return isOfTexts ? value.filter((item) => item !== null && !isBlankText(item)) : value.map(withoutBlanks);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) =>
      item === null || isBlankText(item) ? [] : [[name, withoutBlanks(item)]],
    ),
  );
}

const isBlankText = (value: unknown): boolean => typeof value === 'string' && isBlank(value);
