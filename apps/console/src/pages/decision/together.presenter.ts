import type { StaffActor } from '#access';
import type { OtherReport, PreviewedDecision } from '#decisions';
import type { Rating } from '#domain';
import type { ReferralPage, ReportOfIncident } from '#referrals';
import type { Typed } from '#work';
import type { CheckboxesArgs } from '../../shell/govuk/args.ts';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';
import { isHeldByAnother } from '../referral/referral-state.ts';

/** Begins the names of the boxes, one for each other report: `with.MASH-7K3F-9QXT`. */
export const WITH = 'with';
/** What a box says: the report, the version that was seen and the rating that is confirmed by it, if any. */
export const OTHER_REPORT = /^(?<reference>MASH-\S{4}-\S{4}) (?<version>\d{1,9})(?: (?<rating>red|amber|green))?$/;

/** The other open reports of the incident, to be decided by the same press; null where there is none. No box is ticked. */
export function presentTogether(
  fields: FormFields,
  page: ReferralPage,
  by: StaffActor,
  zone: string,
): CheckboxesArgs | null {
  const open = page.reports.filter((one) => one.status === 'awaiting_decision' && !isHeldByAnother(one, by));
  if (open.length === 0) return null;
  return {
    idPrefix: WITH,
    name: WITH,
    classes: 'govuk-checkboxes--small',
    fieldset: {
      legend: { text: 'Decide other reports of the incident with it?', classes: 'govuk-fieldset__legend--m' },
    },
    hint: { text: 'Each gets this outcome and level of need, and its own rules of sign-off' },
    items: open.map((one) => {
      const name = `${WITH}.${one.reference}`;
      const value = boxOf(one);
      const received = dayAndTime(one.receivedAt, page.now, zone);
      const confirms = one.isRatingConfirmed ? '' : `. You confirm ${one.rating}`;
      const text = `${one.reference}, ${ratingTag(one.rating, one.isRatingConfirmed).text.toLowerCase()}, received ${received}${confirms}`;
      return { name, id: name, value, text, checked: fields.valueOf(name) === value };
    }),
  };
}

function boxOf({ reference, version, rating, isRatingConfirmed }: ReportOfIncident): string {
  return [reference, version, ...(isRatingConfirmed ? [] : [rating])].join(' ');
}

/** The reports that were ticked. */
export function reportsIn(boxes: readonly string[]): readonly OtherReport[] {
  return boxes.map((box) => {
    const { reference, version, rating } = OTHER_REPORT.exec(box)!.groups!;
    return { reference: reference!, version: Number(version), confirmsRating: (rating as Rating | undefined) ?? null };
  });
}

/** What was typed without the reports that were ticked. */
export function withoutReports(typed: Typed): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !name.startsWith(`${WITH}.`)));
}

/** What the decision means for each report that was ticked. */
export function presentNeedsOfOthers(others: readonly (OtherReport & { readonly preview: PreviewedDecision })[]) {
  return others.map(({ reference, confirmsRating, preview }) => ({
    reference,
    confirms: confirmsRating,
    signOffReasons: preview.signOffReasons.map(codeInWords),
    readFirst: preview.pauseFor.filter((reason) => !preview.signOffReasons.includes(reason)).map(codeInWords),
    canBeTakenBack: preview.canBeTakenBack,
  }));
}
