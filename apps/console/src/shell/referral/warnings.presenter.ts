import type { SubmittedReferral } from '#domain';

/** More than about two lines of a wide page. */
const LONG = 240;

export interface Warning {
  readonly key: string;
  readonly value: string;
  /** Folded, so that it does not push the concern off the screen. */
  readonly isLong: boolean;
  /** The beginning of a long one, with an ellipsis. */
  readonly begins: string;
}

/** All that a person has to know before they act on a referral: danger now, a risk to staff, facts kept from the family. */
export function presentWarnings({ submitted }: { readonly submitted: Omit<SubmittedReferral, 'children' | 'adults'> }) {
  const { immediateDanger, staffSafety, withholdFromFamily } = submitted;
  return {
    immediateDanger,
    warnings: [
      ...warning('Risk to staff who visit', staffSafety),
      ...warning('The family must not be told', withholdFromFamily),
    ],
  };
}

function warning(key: string, value: string | undefined): readonly Warning[] {
  if (value === undefined) return [];
  const isLong = value.length > LONG;
  const begins = `${value
    .slice(0, LONG)
    .replace(/\s+\S*$/, '')
    .trimEnd()}…`;
  return [{ key, value, isLong, begins }];
}
