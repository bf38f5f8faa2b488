import { may, type StaffActor } from '#access';
import { EDGE_OF_CARE_EVENTS, laterLooks } from '#domain';
import { submittedName, type ReferralPage } from '#referrals';
import type { EdgeOfCareOfReferral } from '#routes';
import { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import type { CheckboxesArgs } from '../../shell/govuk/args.ts';
import { summaryList } from '../../shell/govuk/summary-list.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { EDGE_OF_CARE_WORDS } from '../../shell/words/route-words.ts';
import { clockInWords, dayAndTime, dayInWords } from '../../shell/words/words.ts';

/** Which of the page's forms was sent. */
export interface SentEdgeForm {
  readonly which: 'plan' | 'event';
  readonly typed: object & { readonly children?: readonly string[] };
  readonly errors: FormErrors | null;
}

export function presentEdgeOfCare(
  page: ReferralPage,
  { route, plan, events }: EdgeOfCareOfReferral,
  by: StaffActor,
  sent: SentEdgeForm | null,
  zone: string,
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, page.now, zone);
  const names = page.children.map((child, index) => submittedName(child) || `Child ${index + 1}`);
  const mayWrite = route?.isLive === true && may(by, 'route:send');
  const looks = laterLooks(events.map(({ kind, on }) => ({ kind, on: Temporal.PlainDate.from(on) })));
  return {
    ...{ reference: page.reference, children: childrenInWords(page) },
    clock:
      route?.isLive === true && route.respondedAt === null
        ? { what: 'First response', ...clockInWords(route.dueAt, page.now, zone) }
        : null,
    plan:
      plan &&
      summaryList([
        { key: 'Who might come into care', value: plan.children.map((one) => names[one]).join('\n') },
        { key: 'Why', value: plan.why },
        { key: 'By when', value: plan.byWhen === null ? 'Not known' : dayInWords(plan.byWhen) },
        { key: 'Family network', value: plan.familyNetwork },
        { key: 'The child’s view', value: plan.childsView },
        { key: 'Said', value: `by ${plan.by}, ${when(plan.at)}` },
      ]),
    events: events.map((one) => ({
      what: EDGE_OF_CARE_WORDS[one.kind],
      on: dayInWords(one.on),
      words: one.words,
      recorded: `${one.by}, ${when(one.at)}`,
    })),
    looks: looks.map((day) => dayInWords(day.toString())),
    planning: mayWrite ? planFields(sent?.which === 'plan' ? sent : null, names, plan) : null,
    recording: mayWrite ? eventFields(sent?.which === 'event' ? sent : null) : null,
  };
}

function planFields(sent: SentEdgeForm | null, names: readonly string[], plan: EdgeOfCareOfReferral['plan']) {
  const before = plan && {
    ...{ why: plan.why, byWhen: plan.byWhen ?? '', familyNetwork: plan.familyNetwork, childsView: plan.childsView },
  };
  const fields = new FormFields(sent?.typed ?? before ?? {}, sent?.errors ?? null);
  const ticked = sent?.typed.children ?? plan?.children.map((one) => String(one + 1)) ?? [];
  const children: CheckboxesArgs = {
    ...{ name: 'children', idPrefix: 'children', classes: 'govuk-checkboxes--small' },
    fieldset: { legend: { text: 'Who might come into care?' } },
    ...(sent?.errors?.['children'] === undefined ? {} : { errorMessage: { text: sent.errors['children'] } }),
    items: names.map((text, index) => ({
      value: String(index + 1),
      text,
      checked: ticked.includes(String(index + 1)),
    })),
  };
  return {
    children,
    why: fields.textarea('why', { label: 'Why might they come into care?' }, { rows: 4 }),
    byWhen: fields.input(
      'byWhen',
      { label: 'By when?', hint: 'Leave it empty where it is not known', classes: 'govuk-input--width-10' },
      { type: 'date' },
    ),
    familyNetwork: fields.textarea(
      'familyNetwork',
      { label: 'What has the family network been asked, and what does it offer?' },
      { rows: 4 },
    ),
    childsView: fields.textarea('childsView', { label: 'What does the child want?' }, { rows: 4 }),
  };
}

function eventFields(sent: SentEdgeForm | null) {
  const fields = new FormFields(sent?.typed ?? {}, sent?.errors ?? null);
  return {
    kind: fields.select('kind', { label: 'What happened, or is planned?' }, [
      { value: '', text: 'Select one' },
      ...EDGE_OF_CARE_EVENTS.map((value) => ({ value, text: EDGE_OF_CARE_WORDS[value]! })),
    ]),
    on: fields.input(
      'on',
      { label: 'On which day?', hint: 'A panel or a review may be ahead', classes: 'govuk-input--width-10' },
      { type: 'date' },
    ),
    time: fields.input('time', {
      label: 'At what time?',
      hint: 'Needed for the first response, such as 2:30pm',
      classes: 'govuk-input--width-5',
    }),
    who: fields.input('who', { label: 'Who of the service, by name', hint: 'Needed for the first response' }),
    words: fields.textarea('words', { label: 'More about it' }, { rows: 3 }),
  };
}
