import { POWER_WORDS, POWERS } from '#domain';
import type { AgencyToAsk } from '#partners';
import { submittedName, type ReferralPage } from '#referrals';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import type { CheckboxesArgs } from '../../shell/govuk/args.ts';
import type { presentAdditions } from '../../shell/referral/additions.presenter.ts';
import type { presentAttachments } from '../../shell/referral/attachments.presenter.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import type { presentRequests } from '../../shell/referral/requests.presenter.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { ratingTag } from '../../shell/words/words.ts';
import type { AskForm, LateAdditionForm } from './agencies.form.ts';

interface Shown {
  readonly requests: ReturnType<typeof presentRequests>;
  readonly additions: ReturnType<typeof presentAdditions>;
  readonly files: ReturnType<typeof presentAttachments>;
  /** How long an agency has, in words. */
  readonly within: string;
  readonly mayAsk: boolean;
  readonly toAsk: readonly AgencyToAsk[];
}

/** The page of the agencies of a referral: what they were asked, and the form that asks more of them. */
export function presentAgencies(
  page: ReferralPage,
  { requests, additions, files, within, mayAsk, toAsk }: Shown,
  form: AskForm & Partial<LateAdditionForm>,
  errors: FormErrors | null,
  zone: string,
) {
  const fields = new FormFields({ follows: '', ...form }, errors);
  // The one that came first: the page shows the next one when that is read.
  const unread = additions.findLast(({ isUnread }) => isUnread);
  const askedNow = new Set(requests.filter(({ isOpen }) => isOpen).map(({ agency }) => agency));
  const ticks = (name: 'agencies' | 'children', label: string, hint: string, items: CheckboxesArgs['items']) => ({
    ...{ name, idPrefix: name, items, hint: { text: hint } },
    fieldset: { legend: { text: label, classes: 'govuk-fieldset__legend--s' } },
    ...(errors?.[name] === undefined ? {} : { errorMessage: { text: errors[name] } }),
  });
  return {
    reference: page.reference,
    childrenInWords: childrenInWords(page),
    rating: ratingTag(page.rating),
    clocks: runningClocks(page, page.now, zone),
    ...{ requests, additions, files, within, mayAsk },
    unread: unread === undefined ? null : { ...unread, begins: unread.rightValue ?? unread.words },
    follows: fields.textarea(
      'follows',
      { label: 'What follows from it?', hint: 'Such as: the decision stands' },
      { rows: 2 },
    ),
    agencies: ticks(
      'agencies',
      'Which agencies do you ask?',
      'Ask only those that may know the children or their family.',
      toAsk
        .filter(({ name }) => !askedNow.has(name))
        .map(({ id, name, hasPeople }) => ({
          ...{ value: id, text: name, checked: form.agencies.includes(id) },
          ...(hasPeople
            ? {}
            : { hint: { text: 'No person of it signs in here: call them and write their answer down' } }),
        })),
    ),
    children: ticks(
      'children',
      'About which children?',
      'The agency sees their names and dates of birth, and nothing else of the referral.',
      page.children.map((child, position) => ({
        value: String(position),
        text: submittedName(child) || `Child ${position + 1}`,
        checked: form.children.includes(String(position)) || page.children.length === 1,
      })),
    ),
    whatFor: fields.textarea(
      'whatFor',
      { label: 'What do you need to know?', hint: 'The agency reads this' },
      { rows: 3 },
    ),
    whyNow: fields.textarea('whyNow', { label: 'Why do you need it now?', hint: 'The agency reads this' }, { rows: 2 }),
    power: fields.radios(
      'power',
      { label: 'Under which power?' },
      POWERS.map((value) => ({ value, text: POWER_WORDS[value] })),
    ),
    errorSummary: errorSummary(errors),
  };
}
