import type { RestrictedPage } from '#access';
import type { SubmittedReferral } from '#domain';
import type { FlagLine } from '#referrals';
import { flagInWords } from './flags.presenter.ts';

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

interface Warned {
  readonly submitted: Omit<SubmittedReferral, 'children' | 'adults'>;
  readonly restricted?: RestrictedPage | null;
  /** Values that were set apart; left out where the reader does not work on the referral. */
  readonly flags?: readonly FlagLine[];
}

/** All that a person has to know before they act on a referral: danger now, a risk to staff, facts kept from the family, values that cannot be right. */
export function presentWarnings({ submitted, restricted = null, flags = [] }: Warned) {
  const { immediateDanger, staffSafety, withholdFromFamily } = submitted;
  return {
    immediateDanger,
    warnings: [
      ...warning('Restricted record', restrictedInWords(restricted)),
      ...warning('Risk to staff who visit', staffSafety),
      ...warning('The family must not be told', withholdFromFamily),
      ...flags.flatMap((flag) => (flag.clearedAt === null ? warning(flagInWords(flag), flag.sent) : [])),
    ],
  };
}

/** Its names stay with those who may open it. */
function restrictedInWords(restricted: RestrictedPage | null): string | undefined {
  if (restricted === null) return undefined;
  const often = 'Speak of it only with people who may open it.';
  if (restricted.glassId === null) return often;
  return `You opened it in an emergency, and can read it for an hour from then. A manager was told. ${often}`;
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
