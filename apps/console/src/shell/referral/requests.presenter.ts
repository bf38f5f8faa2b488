import { ANSWER_WORDS, HANDLING_WORDS, mayBeSeen, POWER_WORDS, type Audience } from '#domain';
import type { InformationRequestView, RequestAnswer } from '#partners';
import { clockInWords, dayInWords } from '../words/words.ts';

/** How requests are shown: to whom, and how an instant is said. */
export interface ShownRequests {
  /** For the agency itself, which sees nothing of what the hub made of it. */
  readonly isForAgency?: boolean;
  readonly audience: Audience;
  readonly when: (instant: Temporal.Instant) => string;
  readonly now: Temporal.Instant;
  readonly zone: string;
}

/** What the agencies were asked, and what they answered, a request a line. What an audience may not see is left out. */
export function presentRequests(requests: readonly InformationRequestView[], shown: ShownRequests) {
  return requests.map((request) => presentRequest(request, shown));
}

export function presentRequest(request: InformationRequestView, shown: ShownRequests) {
  const { audience, when, now, zone, isForAgency = false } = shown;
  const { id, agency, isWithdrawn, isRunning, isDecidedWithout, dueAt, answers } = request;
  const isOpen = answers.length === 0 && !isWithdrawn;
  return {
    ...{ id, agency, isOpen, isWithdrawn, reference: request.reference },
    href: `/requests/${id}`,
    asked: when(request.askedAt),
    askedBy: request.askedBy,
    due: when(dueAt),
    clock: isOpen && isRunning ? { what: 'Answer', ...clockInWords(dueAt, now, zone) } : null,
    isDecidedWithout: isDecidedWithout && isOpen && !isForAgency,
    withdrawnBecause: request.withdrawnBecause,
    whatFor: request.whatFor,
    whyNow: request.whyNow,
    power: POWER_WORDS[request.power],
    children: request.children.map(({ name, position, dateOfBirth }) => ({
      name: name === '' ? `Child ${position + 1}` : name,
      born: dateOfBirth === null ? 'date of birth not known' : `born ${dayInWords(dateOfBirth)}`,
    })),
    answers: answers
      .filter(({ handling }) => audience !== 'family' || mayBeSeen(handling, audience))
      .map((answer) => presentAnswer(answer, shown)),
    chases: request.chases.map(({ by, at, note }) => ({ by, at: when(at), note })),
  };
}

/** An answer whose words this audience may not see says so, and not what they are. */
function presentAnswer(answer: RequestAnswer, { audience, when, isForAgency = false }: ShownRequests) {
  const { id, kind, handling, saidBy, by, isLate, cameAfterDecision, reading } = answer;
  const head = {
    ...{ id, isLate, cameAfterDecision: cameAfterDecision && !isForAgency },
    at: when(answer.answeredAt),
    handling: HANDLING_WORDS[handling],
    // What follows from it is the hub's own.
    reading:
      reading === null || audience !== 'hub' || isForAgency
        ? null
        : { by: reading.by, at: when(reading.at), note: reading.note },
  };
  if (!mayBeSeen(handling, audience))
    return {
      ...head,
      reading: null,
      isHidden: true,
      kind: null,
      words: '',
      by: null,
      leadWorker: null,
      lastContact: null,
    };
  return {
    ...{ ...head, isHidden: false, kind: ANSWER_WORDS[kind], words: answer.words },
    by: saidBy === null ? by : `${saidBy}, written down by ${by}`,
    leadWorker: answer.leadWorker,
    lastContact: answer.lastContactOn === null ? null : dayInWords(answer.lastContactOn),
  };
}
