import { roleInWords, type StaffActor } from '#access';
import type { RestrictionCategory } from '#domain';
import { submittedName, type ReferralPage } from '#referrals';
import type { RestrictionInForce } from '#restrictions';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { dayAndTime } from '../../shell/words/words.ts';

/** What was sent, where it could not be recorded. */
export interface Sent {
  readonly typed: Readonly<Record<string, unknown>>;
  readonly errors: FormErrors | null;
}

type Person = Pick<StaffActor, 'id' | 'name' | 'role'>;

/** Why a record is restricted, as managers say it. */
export const CATEGORY_WORDS: Readonly<Record<RestrictionCategory, string>> = {
  staff_connection: 'A person of the council is, or knows, one of the people',
  adoption: 'A child is being adopted, or was',
  high_profile: 'The family is in the public eye',
  high_risk: 'A person would be in danger if it were known',
};

const CATEGORIES = Object.entries(CATEGORY_WORDS).map(([value, text]) => ({ value, text }));

/** The form that restricts a referral. */
export function presentRestricting(page: ReferralPage, people: readonly Person[], by: StaffActor, sent: Sent) {
  const fields = new FormFields(sent.typed, sent.errors);
  const others = people.filter(({ id }) => id !== by.id);
  const many = checkboxesOf(sent);
  return {
    reference: page.reference,
    whom: childrenInWords(page),
    category: fields.radios('category', { label: 'Why is it restricted?', isLarge: true }, CATEGORIES),
    reason: fields.textarea('reason', {
      label: 'The reason, in your own words',
      hint: 'Only people who can open the record read it',
      isLarge: true,
    }),
    children: many(
      'children',
      'Whose other referrals are restricted too, those that come later among them?',
      page.children.map((child, position) => ({
        value: String(position),
        text: submittedName(child) || `Child ${position + 1}`,
      })),
      'Choose no child to restrict this referral alone',
    ),
    people: many(
      'people',
      'Who else goes on to work with it?',
      others.map(personItem),
      'You can open it yourself. On the next page you say who must never open it',
    ),
    errorSummary: errorSummary(sent.errors),
  };
}

/** A referral that is restricted: who may open it, and what can be changed. */
export function presentRestriction(
  page: ReferralPage,
  restrictions: readonly RestrictionInForce[],
  people: readonly Person[],
  sent: Sent,
  { now, zone }: { readonly now: Temporal.Instant; readonly zone: string },
) {
  const when = (instant: Temporal.Instant | string) => dayAndTime(Temporal.Instant.from(instant), now, zone);
  const isSent = (id: string) => sent.typed['restriction'] === id;
  return {
    reference: page.reference,
    whom: childrenInWords(page),
    restrictions: restrictions.map((one) => {
      const own = isSent(one.id) ? sent : { typed: {}, errors: null };
      const fields = new FormFields(own.typed, own.errors);
      const suffix = one.id;
      return {
        id: one.id,
        category: CATEGORY_WORDS[one.category],
        reason: one.reason,
        set: `${one.setBy}, ${when(one.setAt)}`,
        review: when(one.reviewAt),
        isReviewDue: Temporal.Instant.compare(one.reviewAt, now) <= 0,
        covers: one.covers,
        maybe: one.maybe,
        isManaged: one.isManaged,
        letIn: one.letIn.map(({ name, until, isByGlass }) => ({
          name,
          until: until === null ? '' : when(until),
          isByGlass,
        })),
        barred: one.barred.map(({ name }) => name),
        person: {
          ...fields.select('person', { id: `person-${suffix}`, label: 'Person' }, [
            { value: '', text: 'Select a person' },
            ...people.map(personItem),
          ]),
        },
        access: fields.radios('access', { id: `access-${suffix}`, label: 'May they open it?' }, [
          { value: 'task', text: 'Yes, for 2 weeks', hint: { text: 'For one task' } },
          { value: 'involved', text: 'Yes, for 6 months', hint: { text: 'They work with the family' } },
          { value: 'out', text: 'No' },
          {
            value: 'barred',
            text: 'No, in an emergency neither',
            hint: { text: 'They are, or know, one of the people' },
          },
        ]),
        endReason: fields.textarea('endReason', {
          id: `endReason-${suffix}`,
          label: 'Why is it not needed any more?',
        }),
      };
    }),
    errorSummary: errorSummary(sent.errors, (name) => `#${name}-${String(sent.typed['restriction'])}`),
  };
}

function personItem({ id, name, role }: Person) {
  return { value: id, text: `${name} (${roleInWords(role)})` };
}

/** Checkboxes of a question, with what was ticked before. */
function checkboxesOf({ typed, errors }: Sent) {
  return (name: string, label: string, items: readonly { value: string; text: string }[], hint: string) => {
    const ticked = (typed[name] ?? []) as readonly string[];
    const error = errors?.[name];
    return {
      ...{ name, idPrefix: name, classes: 'govuk-checkboxes--small', hint: { text: hint } },
      fieldset: { legend: { text: label, classes: 'govuk-fieldset__legend--m' } },
      ...(error === undefined ? {} : { errorMessage: { text: error } }),
      items: items.map((item) => ({ ...item, checked: ticked.includes(item.value) })),
    };
  };
}
