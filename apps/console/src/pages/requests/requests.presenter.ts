import { may, type StaffActor } from '#access';
import { ANSWER_KINDS, ANSWER_WORDS, HANDLING_WORDS, HANDLINGS, minutesInWords } from '#domain';
import type { InformationRequestView, OwnRequests } from '#partners';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { presentRequest, type ShownRequests } from '../../shell/referral/requests.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';

/** The requests to an agency, and how promptly it answered those of the last year. */
export function presentOwnRequests({ agency, open, settled, answers, now }: OwnRequests, zone: string) {
  const shown = { ...shownAt(now, zone), isForAgency: true };
  const { asked, answered, inTime, late, awaited, overdue, decidedWithout, withdrawn, medianMinutes } = answers;
  return {
    agency,
    open: open.map((request) => presentRequest(request, shown)),
    settled: settled.map((request) => presentRequest(request, shown)),
    figures:
      asked === 0
        ? null
        : {
            rows: [
              ...[row('Asked', asked), row('Answered in time', inTime), row('Answered late', late)],
              ...[row('Not answered, and not yet due', awaited), row('Not answered, and overdue', overdue)],
              row('Not answered, and the hub decided without it', decidedWithout),
              row('Withdrawn by the hub', withdrawn),
              row(
                'Time to the first answer, median',
                medianMinutes === null ? 'none yet' : minutesInWords(medianMinutes),
              ),
            ],
            share: answered === 0 ? null : `${inTime} of ${answered} answers came in time.`,
          },
  };
}

/** What a person sees of one request, and the forms that they may send. */
export interface PageOfRequest {
  readonly request: InformationRequestView;
  readonly now: Temporal.Instant;
  readonly form: object;
  readonly errors: FormErrors | null;
}

export function presentRequestPage({ request, now, form, errors }: PageOfRequest, by: StaffActor, zone: string) {
  const fields = new FormFields(form, errors);
  const isHub = may(by, 'information:ask');
  const shown = presentRequest(request, { ...shownAt(now, zone), isForAgency: !isHub });
  const unread = request.answers.find(({ cameAfterDecision, reading }) => cameAfterDecision && reading === null);
  return {
    ...{ request: shown, isHub, errorSummary: errorSummary(errors) },
    adds: request.answers.length > 0,
    kind: fields.radios(
      'kind',
      { label: 'What is known?' },
      ANSWER_KINDS.map((value) => ({ value, text: ANSWER_WORDS[value] })),
    ),
    words: fields.textarea(
      'words',
      { label: 'What is known, or why it is refused', hint: 'Not needed where nothing is known' },
      { rows: 6 },
    ),
    leadWorker: fields.input('leadWorker', {
      label: 'Lead worker at the agency',
      hint: 'Leave empty if there is none',
    }),
    lastContactOn: fields.input(
      'lastContactOn',
      {
        label: 'Last contact with the children',
        hint: 'Leave empty if it is not known',
        classes: 'govuk-input--width-10',
      },
      { type: 'date' },
    ),
    handling: fields.radios(
      'handling',
      { label: 'How may the answer be handled?' },
      HANDLINGS.map((value) => ({ value, text: HANDLING_WORDS[value] })),
    ),
    saidBy: fields.input('saidBy', {
      label: 'Who at the agency said it, and how',
      hint: 'Such as: PC Amos, by telephone',
    }),
    chased: fields.textarea('chased', { label: 'Whom did you remind, and what did they say?' }, { rows: 2 }),
    because: fields.textarea('because', { label: 'Why is the answer not needed any more?' }, { rows: 2 }),
    late: isHub && unread !== undefined ? unread.id : null,
    follows: fields.textarea(
      'follows',
      { label: 'What follows from the late answer?', hint: 'Such as: the decision stands' },
      { rows: 2 },
    ),
  };
}

const row = (text: string, value: number | string) => ({ key: { text }, value: { text: String(value) } });

function shownAt(now: Temporal.Instant, zone: string): ShownRequests {
  return { audience: 'hub', when: (instant) => dayAndTime(instant, now, zone), now, zone };
}
