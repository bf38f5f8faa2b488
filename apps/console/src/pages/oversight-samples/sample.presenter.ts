import { may, type StaffActor } from '#access';
import { instantInWords, SAMPLE_CRITERIA, SAMPLE_GRADES, type SampleCriterion } from '#domain';
import { submittedName } from '#referrals';
import type { ReferralAsReceived, SampledDecision, SampleItemPage } from '#oversight';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import { summaryList, summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { codeInWords, monthInWords } from '../../shell/words/words.ts';
import { LEVEL_CHOICES, LEVELS, OUTCOME_CHOICES } from '../decision/decision.presenter.ts';
import { householdOf } from '../referral/identity.presenter.ts';
import { presentWarnings } from '../../shell/referral/warnings.presenter.ts';
import { sectionsOf, submittedRows } from '../referral/submitted.presenter.ts';

/** A drawn decision as far as its reader may see it. */
export function presentItem(item: SampleItemPage, by: StaffActor, zone: string) {
  const when = (instant: Temporal.Instant) => instantInWords(instant, zone);
  const head = {
    ...{ id: item.id, month: item.month, stage: item.stage },
    title: `Decision ${item.position} of the sample of ${monthInWords(item.month)}`,
    ...presentReferral(item.referral, zone, when),
  };
  if (item.stage === 'blind') return head;
  const { own, decision } = item;
  const judged = {
    ...head,
    reference: decision.reference,
    hadOpened: own.hadOpened,
    compared: [
      { what: 'Outcome', reader: codeInWords(own.outcome), decision: codeInWords(decision.outcome) },
      { what: 'Level of need', reader: LEVELS[own.thresholdLevel], decision: LEVELS[decision.thresholdLevel] },
    ],
    decision: presentDecision(decision, when),
  };
  if (item.stage === 'to-grade') return judged;
  const { graded, drawnFor } = item;
  return {
    ...judged,
    drawnFor: drawnFor.map(codeInWords),
    mayWriteNote: may(by, 'supervision:write') && decision.byId !== by.id,
    graded: {
      ...{ grade: codeInWords(graded.grade), by: graded.by, at: when(graded.at), words: graded.words },
      ...{ unsafeReason: graded.unsafeReason, hasReopened: graded.hasReopened },
      criteria: summaryList(
        SAMPLE_CRITERIA.map((one) => ({ key: codeInWords(one), value: codeInWords(graded.criteria[one]) })),
      ),
    },
  };
}

function presentReferral(referral: ReferralAsReceived, zone: string, when: (instant: Temporal.Instant) => string) {
  const { submitted, children, adults } = referral;
  const written = (part: object | undefined) => summaryListOrNone(submittedRows(part, zone));
  return {
    agency: referral.agency,
    ...presentWarnings(referral),
    received: when(referral.receivedAt),
    about: children.map((child, index) => submittedName(child) || `Child ${index + 1}`).join(', '),
    suggestedRating: referral.suggestedRating,
    suggested: referral.matched,
    earlier: referral.earlier.map((at) => when(Temporal.Instant.from(at))),
    childsVoice: written(submitted.childsVoice),
    summary: submitted.concern.summary,
    sections: sectionsOf(referral, zone),
    children: children.map((child, index) => ({ title: `Child ${index + 1}`, list: written(child) })),
    household: summaryListOrNone(householdOf({ children, adults })),
    adults: adults.map((adult, index) => ({ title: `Adult ${index + 1}`, list: written(adult) })),
  };
}

function presentDecision(decision: SampledDecision, when: (instant: Temporal.Instant) => string) {
  const rows = [
    { key: 'Outcome', value: codeInWords(decision.outcome) },
    { key: 'Level of need', value: LEVELS[decision.thresholdLevel] },
    { key: 'Decided by', value: `${decision.by}, ${when(decision.at)}` },
    { key: 'Signed off by', value: decision.signedBy },
    { key: 'In effect', value: `${when(decision.effectiveAt)}: ${decision.onTime ? 'on time' : 'late'}` },
    { key: 'Was due', value: when(decision.dueAt) },
    { key: 'Rationale', value: decision.rationale },
    { key: 'Why outcome and level are both right', value: decision.contradictionReason },
    { key: 'Why there is no strategy discussion', value: decision.noDiscussionReason },
    { key: 'What are we worried about?', value: decision.worries },
    { key: 'What is working well?', value: decision.workingWell },
    { key: 'What needs to happen?', value: decision.needsToHappen },
    { key: 'How safe is it, from 0 to 10?', value: decision.safetyScale },
    { key: 'The child’s voice', value: decision.childsVoice },
  ];
  return summaryList(rows.flatMap(({ key, value }) => (value === null ? [] : [{ key, value }])));
}

export function blindFields(fields: FormFields) {
  return {
    outcome: fields.radios('outcome', { label: 'What should have happened?', isLarge: true }, OUTCOME_CHOICES),
    thresholdLevel: fields.radios('thresholdLevel', { label: 'Which level of need?', isLarge: true }, LEVEL_CHOICES),
  };
}

const GRADES = SAMPLE_GRADES.map((value) => ({ value, text: codeInWords(value) }));

/** What a reader asks of each criterion. */
const HINTS: Readonly<Record<SampleCriterion, string>> = {
  referral_detail: 'Was enough known, and what was missing asked for?',
  response: 'Did what was done fit what was referred?',
  ongoing_risk_assessment: 'Was risk looked at again as more became known?',
  thorough_analysis: 'Does the record say why? “See referral” does not',
  child_centred_practice: 'Are the child’s words and life in the decision?',
  management_oversight: 'Did a manager look, and say something that helped?',
  timeliness: 'Was it quick enough for this child?',
  multi_agency_working: 'Did the right agencies say what they know?',
};

export function gradeFields(fields: FormFields) {
  const classes = 'govuk-radios--inline govuk-radios--small';
  return {
    criteria: SAMPLE_CRITERIA.map((criterion) =>
      fields.radios(criterion, { label: codeInWords(criterion), hint: HINTS[criterion], classes }, GRADES),
    ),
    grade: fields.radios('grade', { label: 'The decision as a whole', isLarge: true }, GRADES),
    words: fields.textarea(
      'words',
      { label: 'What did you find?', isLarge: true, hint: 'What was good, and what to learn from it' },
      { rows: 6 },
    ),
    unsafe: fields.tick(
      'unsafe',
      {
        label: 'Is a child safe with this decision?',
        isLarge: true,
        hint: 'The referral is open again at once, and managers are alerted',
      },
      { value: 'yes', text: 'A child may be unsafe' },
    ),
    unsafeReason: fields.textarea(
      'unsafeReason',
      { label: 'Why may a child be unsafe?', hint: 'All who work on the referral read it' },
      { rows: 4 },
    ),
  };
}
