/** `traceparent`: version, trace, parent and flags. A version that is to come may have more. */
const WRITTEN = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-[\x21-\x7e]*)?$/;
const LONGEST = 512;

/**
 * The trace that a header names (W3C Trace Context, level 1).
 *
 * @returns 32 hexadecimal digits; null for a header that is none, or that names no trace
 */
export function traceOf(traceparent: string | undefined): string | null {
  return partsOf(traceparent)?.trace ?? null;
}

/** The header in the form of version 00, without what a later version adds; null for a header that is none. */
export function traceparentOf(traceparent: string | undefined): string | null {
  const parts = partsOf(traceparent);
  return parts === null ? null : `00-${parts.trace}-${parts.parent}-01`;
}

function partsOf(traceparent: string | undefined): { readonly trace: string; readonly parent: string } | null {
  if (traceparent === undefined || traceparent.length > LONGEST) return null;
  const [, version, trace, parent, more] = WRITTEN.exec(traceparent) ?? [];
  if (version === undefined || trace === undefined || parent === undefined) return null;
  const isBad = version === 'ff' || (version === '00' && more !== undefined);
  return isBad || isNothing(trace) || isNothing(parent) ? null : { trace, parent };
}

const isNothing = (digits: string) => /^0+$/.test(digits);
