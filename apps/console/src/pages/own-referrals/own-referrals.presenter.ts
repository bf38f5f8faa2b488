import type { StaffActor } from '#access';
import type { OwnFiles } from '#attachments';
import { instantInWords } from '#domain';
import { fieldAt, type OwnAddition } from '#partners';
import type { OwnInFull, OwnLine, OwnLines, OwnStatus } from '#referrals';
import type { SavedDraft, Typed } from '#work';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import type { SelectItem } from '../../shell/govuk/args.ts';
import { summaryList, summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { placeInWords } from '../../shell/referral/additions.presenter.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { sectionsOf, submittedRows } from '../referral/submitted.presenter.ts';
import { placesOf } from '../telephone/telephone.presenter.ts';
import { askedOfAgency } from './asked-of-agency.ts';
import { presentOwnFiles } from './own-files.presenter.ts';

/** Where a referral stands, as its agency is told. */
const STATES: Readonly<Record<OwnStatus, string>> = {
  received: 'Received: the hub has not opened it yet',
  in_triage: 'The hub is working on it',
  decided: 'Decided',
};

/** What stands on the first page beside the referrals. */
interface Beside {
  readonly begun: readonly (SavedDraft & { readonly subject: string })[];
  /** How many requests of the hub wait for the agency's answer. */
  readonly requests: number;
  readonly zone: string;
}

export function presentList({ lines, hasMore, now }: OwnLines, { begun, requests, zone }: Beside) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  const last = lines.at(-1);
  return {
    lines: lines.map(({ reference, status, receivedAt, decisionExpectedBy, children, sentBy }) => ({
      ...{ href: `/own-referrals/${reference}`, reference },
      sentBy: sentBy ?? (children.length > 0 ? 'A program' : ''),
      children: namesOf(children),
      received: when(receivedAt),
      state: STATES[status],
      expected: status === 'decided' ? null : when(decisionExpectedBy),
    })),
    next: hasMore && last ? `/own-referrals?after=${last.receivedAt.toString()}~${last.reference}` : null,
    begun: begun.map(({ subject, typed, savedAt }) => ({
      href: `/own-referrals/forms/${subject}`,
      name: [typed['/children/0/firstName'], typed['/children/0/lastName']].filter(Boolean).join(' ') || 'No name yet',
      saved: when(savedAt),
    })),
    waiting:
      requests === 0
        ? null
        : requests === 1
          ? 'One request of the hub waits for your answer'
          : `${requests} requests of the hub wait for your answer`,
  };
}

function namesOf(children: OwnLine['children']): string {
  return children.map((name) => name || 'A child whose name is not known').join(', ');
}

export interface OwnPage extends OwnInFull {
  readonly additions: readonly OwnAddition[];
  readonly files: OwnFiles;
}

/** The page of an own referral: what was sent, what became of it, and what is added. */
export function presentOwn(
  { own, isOnlyForItsSender, sent, advice, agency, additions, files, now }: OwnPage,
  { typed, errors }: { readonly typed: object; readonly errors: FormErrors | null },
  by: StaffActor,
  zone: string,
) {
  const at = (instant: string) => instantInWords(Temporal.Instant.from(instant), zone);
  const isDecided = own.status === 'decided';
  const fields = new FormFields(typed, errors);
  const written = (part: object | undefined, leaveOut?: readonly string[]) =>
    summaryListOrNone(submittedRows(part, zone, leaveOut));
  return {
    ...{ reference: own.reference, at: `/own-referrals/${own.reference}`, agency, isDecided },
    isOnlyForItsSender,
    title: isOnlyForItsSender
      ? 'A referral of your agency'
      : sent === null
        ? 'A referral that the hub took down'
        : childrenInWords(sent),
    advice: isDecided ? null : advice,
    receipt: summaryList([
      { key: 'Reference', value: own.reference },
      { key: 'How it stands', value: STATES[own.status] },
      { key: 'Received', value: at(own.receivedAt) },
      ...(isDecided ? [] : [{ key: 'Decision expected by', value: at(own.decisionExpectedBy) }]),
      ...(sent === null ? [] : [{ key: 'Sent by', value: sent.sentBy ?? `A program of ${agency}` }]),
    ]),
    told: own.feedback ?? null,
    sent: sent && {
      isInDanger: sent.submitted.immediateDanger,
      summary: sent.submitted.concern.summary,
      childsVoice: written(sent.submitted.childsVoice),
      children: sent.children.map((child, index) => ({ title: `Child ${index + 1}`, list: written(child) })),
      adults: sent.adults.map((adult, index) => ({ title: `Adult ${index + 1}`, list: written(adult) })),
      sections: sectionsOf({ submitted: sent.submitted, agency, sourceCode: sent.sourceCode }, zone),
      warnings: warningsOf(sent.submitted),
    },
    // A file is an addition as well, and stands with the files.
    additions: additions
      .filter(({ kind }) => kind !== 'attachment')
      .map(({ kind, words, saidBy, pointer, rightValue, addedAt }) => ({
        ...{ words, saidBy, rightValue, isWithdrawal: kind === 'withdrawal' },
        place: pointer === null ? null : placeInWords(pointer),
        at: dayAndTime(addedAt, now, zone),
      })),
    files: presentOwnFiles(files, fields, (instant) => dayAndTime(instant, now, zone)),
    words: fields.textarea('words', { label: 'What does the hub have to know?' }, { rows: 5 }),
    pointer:
      sent === null
        ? null
        : fields.select('pointer', { label: 'What is wrong, or was left out?' }, [
            { value: '', text: 'Select one' },
            ...correctable(sent),
          ]),
    value: fields.textarea('value', { label: 'What is right?' }, { rows: 2 }),
    reason: fields.textarea('reason', { label: 'Why do you withdraw it?' }, { rows: 3 }),
    open: errors === null ? null : 'pointer' in typed ? 'correction' : 'reason' in typed ? 'withdrawal' : null,
    printed: `${own.reference}, printed by ${by.name}, ${agency}, ${instantInWords(now, zone)}. For those who need to know only.`,
    errorSummary: errorSummary(errors),
  };
}

/** What the hub must heed, as it was sent. */
function warningsOf({ staffSafety, withholdFromFamily }: NonNullable<OwnPage['sent']>['submitted']) {
  return [
    { key: 'Risk to staff who visit', value: staffSafety },
    { key: 'What the family must not be told', value: withholdFromFamily },
  ].filter(({ value }) => value !== undefined);
}

/** The fields that a correction may name: of the referral, and of each child and adult that was sent. */
function correctable({ submitted, children, adults }: NonNullable<OwnPage['sent']>): readonly SelectItem[] {
  const sent: Readonly<Record<string, number>> = {
    children: children.length,
    adults: adults.length,
    otherAgencies: submitted.otherAgencies?.length ?? 0,
  };
  const counts = Object.entries(sent).map(([list, count]) => [`count:/${list}`, String(count)]);
  return placesOf(Object.fromEntries(counts) as Typed, askedOfAgency)
    .filter(({ at }) => {
      const field = fieldAt(at);
      return field !== null && (field.within === null || field.within.index < sent[field.within.list]!);
    })
    .map(({ at: value, label }) => ({ value, text: label }));
}
