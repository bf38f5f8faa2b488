import { foldName } from '../text/fold-name.ts';
import type { SubmittedAdult, SubmittedChild, SubmittedReferral } from './submitted-referral.ts';

/** Words that say of a home that it is not told, in folded text. */
const HIDDEN_HOME =
  /\b(refuges?|womens aid|safe ?houses?|safe accommodation|witness protection|(undisclosed|confidential|secret|protected|withheld) (home )?(address(es)?|location|whereabouts)|(address(es)?|location|whereabouts) (is |are |to be |must be |be )?(kept |undisclosed|confidential|secret|protected|withheld|not (to be )?(shared|disclosed|told|given)))\b/;
/** The same of a line of an address. */
const HIDDEN_LINE = /^(undisclosed|confidential|secret|protected|withheld)\b/;

/**
 * Whether the addresses of a referral must be kept from a person: it names facts that the family must not learn, or it
 * says of a home that it is a refuge or is not told. Then no page of another referral says where its people live.
 */
export function keepsAddress({
  submitted,
  children,
  adults,
}: {
  readonly submitted: Omit<SubmittedReferral, 'children' | 'adults'>;
  readonly children: readonly SubmittedChild[];
  readonly adults: readonly SubmittedAdult[];
}): boolean {
  if (submitted.withholdFromFamily !== undefined) return true;
  const { staffSafety = '', concern, parentsInformed, agreement, otherAgencies = [] } = submitted;
  const texts = [
    ...[staffSafety, concern.summary, concern.location ?? '', agreement.notSoughtReason ?? ''],
    ...[parentsInformed.notInformedDetail ?? '', parentsInformed.views ?? ''],
    ...otherAgencies.map(({ name, role = '' }) => `${name} ${role}`),
    ...children.flatMap(({ currentLocation = '', description = '' }) => [currentLocation, description]),
  ];
  const lines = [...children, ...adults].flatMap(({ address: { line1 = '', line2 = '', town = '' } = {} }) => [
    ...[line1, line2, town],
  ]);
  return (
    [...texts, ...lines].some((text) => HIDDEN_HOME.test(foldName(text))) ||
    lines.some((line) => HIDDEN_LINE.test(foldName(line)))
  );
}
