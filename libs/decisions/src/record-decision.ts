import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import {
  allDecided,
  allUndoableUntil,
  isBlank,
  needsPrimaryNeed,
  othersOf,
  recordedLateness,
  repeatsRationale,
  type ChildDecision,
  type Outcome,
  type PrimaryNeed,
  type Progression,
  type Rating,
  type SignOffReason,
  type ThresholdLevel,
} from '#domain';
import { decideWithout } from '#partners';
import { Refused } from '#platform';
import { awaitSignOff, confirmInDeciding, linkEarlierReferrals, lockReferral, type LockedReferral } from '#referrals';
import { keepRouteChoice, type ChosenRoute } from '#routes';
import { Database, Decision, once, rowsOf, sql, type Transaction } from '#store';
import { claim } from '#work';
import { needsOfDecision } from './needs-of-decision.ts';
import { countsOfChildren, mustSayOfEachChild, rowsOfChildren } from './decided-children.ts';
import { lockTogether, mustReportTheSame } from './reports-of-incident.ts';
import { takeEffect } from './take-effect.ts';

/** The analysis under the headings of Signs of Safety; empty where nothing was said. */
export interface DecisionAnalysis {
  readonly worries: string;
  readonly workingWell: string;
  readonly needsToHappen: string;
  /** 0 = things could not be worse, 10 = safe enough to close; null when not said. */
  readonly safetyScale: number | null;
  readonly childsVoice: string;
}

export interface RecordDecisionCommand {
  readonly reference: string;
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly rationale: string;
  /** The rating that the decider confirms with the decision; null where a person has confirmed it before. */
  readonly confirmsRating: Rating | null;
  /** Why outcome and level are both right although they contradict each other; empty where they do not. */
  readonly contradictionReason: string;
  /** Why no strategy discussion follows although the level is 4; empty where none has to. */
  readonly noDiscussionReason: string;
  /** Why it goes to another than the allocated worker of a child with an open case; empty or left out where none has one. */
  readonly openCaseReason?: string;
  /** What it counts as in the census. */
  readonly progression: Progression;
  /** May be left null where it counts as a contact only. */
  readonly primaryNeed: PrimaryNeed | null;
  /** Why it is late, a code of the policy's list; null where no reason is given. Not kept for a decision in time. */
  readonly lateReason: string | null;
  /** More about that reason; empty where nothing was said. */
  readonly lateWords: string;
  readonly analysis?: DecisionAnalysis;
  /** What it means for each child; the same for all when left out. */
  readonly children?: readonly ChildDecision[];
  /** Other reports of the same incident that are decided with it, to the same outcome; none when left out. */
  readonly together?: readonly OtherReport[];
  /** Where it goes, as the decider chose; left out for where the address says. */
  readonly route?: ChosenRoute;
  /** Why, in brief, as the referrer is told it: never the rationale. Empty or left out for the hub's own words. */
  readonly reasonToReferrer?: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  /** The version that the person had on the page. */
  readonly version: number;
  readonly by: StaffActor;
}

/** Another report of the incident, as the person saw it. */
export type OtherReport = Pick<RecordDecisionCommand, 'reference' | 'version' | 'confirmsRating'>;

/** Records the outcome of a referral. It takes effect at once, or when another person signs it off. */
@Injectable()
export class RecordDecision {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns why it needs sign-off; empty when it has taken effect
   * @throws Refused `not-found`, `already-decided`, `held-by-someone-else`, `rating-not-confirmed`,
   * `contradiction-without-reason`, `level-4-without-reason`, `case-system-not-checked`, `open-case-without-reason`,
   * `primary-need-missing`, `no-such-team`, `other-team-without-reason`, `rationale-to-referrer`, `children-not-said`,
   * `other-report-changed`, `together-is-the-same-for-all`, `form-sent-before`, or
   * `changed-meanwhile`, also when the same form was sent before and its decision has been taken back or returned: it decides nothing again
   */
  async execute(command: RecordDecisionCommand): Promise<readonly SignOffReason[]> {
    const answer = await this.database.as(command.by).transaction((tx) => recordOnce(tx, this.policies, command));
    return answer.signOff;
  }
}

/** Records the decision of a form once, in the transaction of the act. @throws Refused as {@link RecordDecision} */
export async function recordOnce(tx: Transaction, policies: Policies, command: RecordDecisionCommand) {
  const { version: _, formId, by: __, ...answers } = command;
  const form = { id: formId, kind: 'decision', answers };
  const { answer, isRepeat } = await once(tx, form, () => recordAll(tx, policies, command));
  if (isRepeat && !(await isInForce(tx, formId))) throw new Refused('changed-meanwhile');
  return answer;
}

/** Why another report is not as the person saw it. */
const OF_ANOTHER_STATE: readonly Refused['code'][] = [
  'not-found',
  'changed-meanwhile',
  'already-decided',
  'rating-not-confirmed',
  'held-by-someone-else',
];

/** Whether the decision means something else for a child than for the others. */
const isOfItsOwn = ({ leftOutBecause, other }: ChildDecision) => leftOutBecause !== null || other !== null;

/** The decision, and one on each other report of the incident: all are recorded, or none. */
async function recordAll(tx: Transaction, policies: Policies, command: RecordDecisionCommand) {
  const { reference, together = [] } = command;
  await lockTogether(tx, [reference, ...together.map((other) => other.reference)]);
  const { id, signOff } = await record(tx, policies, command, null);
  const { analysis: _, children = [], route: __, reasonToReferrer: ___, ...alike } = command;
  if (together.length > 0 && children.some(isOfItsOwn)) throw new Refused('together-is-the-same-for-all');
  for (const other of together) {
    await mustReportTheSame(tx, reference, other.reference);
    const rationale = `Decided with ${reference}.`;
    await record(tx, policies, { ...alike, ...other, rationale }, id).catch((error: unknown) => {
      throw error instanceof Refused && OF_ANOTHER_STATE.includes(error.code)
        ? new Refused('other-report-changed')
        : error;
    });
  }
  return { signOff };
}

/** @param decidedWith the decision on another report that it follows; null for a person's own words */
async function record(
  tx: Transaction,
  policies: Policies,
  command: Omit<RecordDecisionCommand, 'together'>,
  decidedWith: string | null,
) {
  const {
    reference,
    outcome,
    thresholdLevel,
    rationale,
    analysis,
    confirmsRating,
    contradictionReason,
    noDiscussionReason,
    openCaseReason = '',
    progression,
    primaryNeed,
    formId,
    version,
    by,
  } = command;
  const found = await lockReferral(tx, reference, version);
  const { id: referralId, immediateDanger, claimedBy, status } = found;
  if (status !== 'awaiting_decision') throw new Refused('already-decided');
  if (claimedBy !== null && claimedBy !== by.id && !may(by, 'claim:override')) {
    throw new Refused('held-by-someone-else');
  }
  const referral = await confirmInDeciding(tx, found, confirmsRating, by);
  if (claimedBy === null) await claim(tx, referral, by.id, 'deciding');
  await linkEarlierReferrals(tx, referralId);
  const { children = [] } = command;
  await mustSayOfEachChild(tx, referralId, children);
  const decided = allDecided(command, othersOf(children));
  const needs = await needsOfDecision(tx, policies, referral, decided);
  const { signOff, isLate, lateReasons } = needs;
  if (needs.contradicts && isBlank(contradictionReason)) throw new Refused('contradiction-without-reason');
  if (needs.lacksDiscussion && isBlank(noDiscussionReason)) throw new Refused('level-4-without-reason');
  if (needs.caseCheckIsMissing) throw new Refused('case-system-not-checked');
  if (needs.asksWhyNotWorker && isBlank(openCaseReason)) throw new Refused('open-case-without-reason');
  if (needsPrimaryNeed(progression) && primaryNeed === null) throw new Refused('primary-need-missing');
  const { reasonToReferrer: written = '' } = command;
  const reasonToReferrer = isBlank(written) ? null : written;
  if (repeatsRationale(reasonToReferrer ?? '', rationale)) throw new Refused('rationale-to-referrer');
  const late = recordedLateness(lateReasons, isLate, { reason: command.lateReason, words: command.lateWords });
  const outcomes = decided.map((one) => one.outcome);
  const until = allUndoableUntil(tx.now, immediateDanger, outcomes);
  const id = randomUUIDv7();
  await tx.insert(
    rowsOf(Decision, {
      ...{ id, referralId, outcome, thresholdLevel, rationale, formId },
      contradictionReason: orNull(contradictionReason),
      openCaseReason: orNull(openCaseReason),
      ...{ progression, primaryNeed, reasonToReferrer },
      noDiscussionReason: needs.lacksDiscussion ? noDiscussionReason : null,
      ...late,
      ...analysisColumns(analysis),
      decidedWith,
      decidedBy: by.id,
      decidedAt: tx.now,
      signOffReasons: signOff,
    }),
    ...rowsOfChildren(id, children),
    auditEntry(tx, 'referral.decided', referralId, {
      ...{ decisionId: id, outcome, thresholdLevel, signOff, progression, primaryNeed },
      ...{ isLate, lateReason: late.lateReason },
      ...countsOfChildren(children),
    }),
  );
  await decideWithout(tx, referral, id);
  if (command.route !== undefined) await keepRouteChoice(tx, { id, referralId, outcome }, command.route);
  if (signOff.length > 0) await awaitSignOff(tx, referralId, until);
  else
    await takeEffect(tx, policies, withClaim(tx, referral), { id, outcome, decidedAt: tx.now, undoableUntil: until });
  return { id, signOff };
}

/** The referral as it is after the decider has claimed it. */
function withClaim({ now }: Transaction, referral: LockedReferral): LockedReferral {
  return { ...referral, firstClaimedAt: referral.firstClaimedAt ?? now };
}

/** Whether the decision that came of a form was neither taken back nor returned. */
async function isInForce(tx: Transaction, formId: string): Promise<boolean> {
  const decision = await tx.row(sql`
    SELECT 1 FROM decision d WHERE d.form_id = ${formId} AND d.decided_with IS NULL
      AND NOT EXISTS (SELECT 1 FROM undoing WHERE decision_id = d.id AND sign_off_id IS NULL)
      AND NOT EXISTS (SELECT 1 FROM sign_off WHERE decision_id = d.id AND result = 'returned')`);
  return decision !== null;
}

const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text);

function analysisColumns(analysis: DecisionAnalysis | undefined) {
  return {
    worries: orNull(analysis?.worries),
    workingWell: orNull(analysis?.workingWell),
    needsToHappen: orNull(analysis?.needsToHappen),
    safetyScale: analysis?.safetyScale ?? null,
    childsVoice: orNull(analysis?.childsVoice),
  };
}
