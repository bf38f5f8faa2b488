import type { FeedbackLine, FeedbackList, FeedbackOfReferral, FeedbackView } from '#feedback';
import { COUNTED_DAYS, FEEDBACK_SHOWN } from '#feedback';
import type { ReferralPage } from '#referrals';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { summaryList } from '../../shell/govuk/summary-list.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import {
  feedbackState,
  isFeedbackLate,
  presentFeedback,
  presentFeedbackAct,
} from '../../shell/referral/feedback.presenter.ts';
import { clockInWords, dayAndTime } from '../../shell/words/words.ts';

/** The page of the answer to one referrer. @param as.mayAllow whether the reader is a manager */
export function presentFeedbackPage(
  page: ReferralPage,
  feedback: readonly FeedbackOfReferral[],
  as: { readonly typed: object; readonly errors: FormErrors | null; readonly mayAllow: boolean; readonly zone: string },
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, page.now, as.zone);
  const [latest] = page.status === 'decided' ? feedback : [];
  const { name, role, phone, email } = page.submitted.referrer;
  const fields = new FormFields(as.typed, as.errors);
  const isOwed = latest?.state === 'owed';
  return {
    reference: page.reference,
    children: childrenInWords(page),
    isDecided: page.status === 'decided',
    feedbackId: latest?.id ?? '',
    latest: latest === undefined ? null : presentFeedback(latest, page.now, when),
    earlier: feedback.filter((one) => one !== latest).map((one) => presentFeedback(one, page.now, when)),
    referrer: summaryList([
      { key: 'Name', value: name },
      { key: 'Role', value: role },
      { key: 'From', value: page.agency },
      { key: 'Telephone', value: phone ?? 'Not given' },
      { key: 'E-mail', value: email ?? 'Not given' },
    ]),
    tell: isOwed
      ? {
          how: fields.radios('how', { label: 'How did you tell them?' }, [
            { value: 'by_telephone', text: 'By telephone' },
            { value: 'in_person', text: 'In person' },
            { value: 'in_writing', text: 'In writing' },
            { value: 'tried', text: 'I tried and did not reach them' },
          ]),
          words: fields.textarea('words', { label: 'Whom you told, and what was said', isLarge: true }, { rows: 4 }),
        }
      : null,
    untold:
      isOwed && as.mayAllow
        ? {
            isOpen: fields.has('untoldReason'),
            reason: fields.textarea('untoldReason', { label: 'Why are they not told?' }, { rows: 3 }),
          }
        : null,
    leave:
      latest?.state === 'awaiting_leave' && as.mayAllow
        ? {
            allowed: fields.radios('allowed', { label: 'May this person be told?' }, [
              { value: 'yes', text: 'Yes' },
              { value: 'no', text: 'No' },
            ]),
            reason: fields.textarea(
              'leaveReason',
              {
                label: 'Why?',
                isLarge: true,
                hint: 'Weigh the family’s privacy and the safety of the person who told us',
              },
              { rows: 3 },
            ),
          }
        : null,
    errorSummary: errorSummary(as.errors),
  };
}

const VIEWS: Readonly<Record<FeedbackView, { readonly text: string; readonly query: string }>> = {
  owed: { text: 'Not told', query: '' },
  awaiting_leave: { text: 'Waits for leave', query: '?view=awaiting_leave' },
  settled: { text: 'Told', query: '?view=settled' },
};

/** The list of who has not been told, and who has. */
export function presentFeedbackList(list: FeedbackList, shown: FeedbackView, zone: string) {
  const { lines, counts, promptness, now } = list;
  const views = Object.entries(VIEWS) as [FeedbackView, (typeof VIEWS)[FeedbackView]][];
  return {
    isSettled: shown === 'settled',
    title: VIEWS[shown].text,
    lines: lines.map((line) => presentLine(line, now, zone)),
    isCut: lines.length === FEEDBACK_SHOWN,
    days: COUNTED_DAYS,
    promptness,
    tabs: {
      label: 'Who has been told',
      items: views.map(([view, { text, query }]) => ({
        text: `${text} (${counts[view]})`,
        href: `/feedback${query}`,
        active: view === shown,
      })),
    },
  };
}

function presentLine(line: FeedbackLine, now: Temporal.Instant, zone: string) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  const { reference, agency, decidedBy, owedAt, dueAt, settledAt, last } = line;
  return {
    ...{ reference, agency, decidedBy },
    ...feedbackState(line),
    decided: when(owedAt),
    isLate: isFeedbackLate(line, now),
    clock: dueAt === null || settledAt !== null ? null : clockInWords(dueAt, now, zone),
    settled: settledAt === null ? null : when(settledAt),
    last: last === null ? null : presentFeedbackAct(last, when),
  };
}
