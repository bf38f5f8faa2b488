import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import {
  armSteps,
  caseCheckChange,
  dueTimesUnder,
  followUpChanges,
  ruleChanges,
  workingCalendar,
  type CaseCheckChange,
  type FollowUpChange,
  type PolicyFault,
  type Rating,
  type RuleChanges,
  type TriagePolicy,
} from '#domain';
import { Database, sql } from '#store';
import { Policies } from '../policies.ts';
import { faultsOf, type NewVersion } from './publish-version.ts';

/** What a new version would do to one referral that is open now. */
export interface PreviewLine {
  readonly reference: string;
  readonly rating: Rating;
  readonly dueNow: Temporal.Instant;
  readonly dueThen: Temporal.Instant;
  /** Whether a step of its chain would already be past, and fire as soon as the version holds. */
  readonly alertsAtOnce: boolean;
}

export interface Preview {
  readonly faults: readonly PolicyFault[];
  readonly now: Temporal.Instant;
  /** Referrals open now. */
  readonly open: number;
  /** Those that have alerted and are therefore never moved. */
  readonly alerted: number;
  readonly earlier: number;
  readonly later: number;
  readonly alertAtOnce: number;
  /** Those that would change, the most urgent first, up to {@link LINES}. */
  readonly lines: readonly PreviewLine[];
  /** Referrals that wait for a decision: the rules about decisions hold for the next decision on each. */
  readonly awaitingDecision: number;
  /** How the rules about decisions change from the version in force. */
  readonly rules: RuleChanges;
  /** How the times of follow-ups change; they hold for those that begin after it. */
  readonly followUps: readonly FollowUpChange[];
  /** The policy in force and that of the version, for what changes without a rule of its own. */
  readonly policies: { readonly inForce: TriagePolicy; readonly then: TriagePolicy };
  /** How the outcomes before which the case system is asked change. */
  readonly caseCheck: CaseCheckChange;
}

const LINES = 100;

interface OpenReferral {
  readonly reference: string;
  readonly rating: Rating;
  readonly receivedAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  readonly hasAlerted: boolean;
  readonly isAwaitingDecision: boolean;
  readonly ratings: readonly [Rating, ...Rating[]];
}

/** What would change for the referrals open now if a version held from this moment. */
@Injectable()
export class PreviewVersion {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @param from the instant at which it is to take effect; null for now */
  async execute(version: NewVersion, from: Temporal.Instant | null, by: StaffActor): Promise<Preview> {
    const now = await this.database.now();
    const faults = faultsOf(version);
    const inForce = await this.policies.inForce();
    const none = {
      ...{ faults, now, open: 0, alerted: 0, earlier: 0, later: 0, alertAtOnce: 0, lines: [], awaitingDecision: 0 },
      rules: ruleChanges(inForce.policy, inForce.policy),
      followUps: [],
      policies: { inForce: inForce.policy, then: inForce.policy },
      caseCheck: caseCheckChange(inForce.policy, inForce.policy),
    };
    if (faults.length > 0) return none;
    const policy = version.kind === 'policy' ? version.policy : inForce.policy;
    const calendar = version.kind === 'calendar' ? workingCalendar(version.calendar) : inForce.calendar;
    const open = await this.openReferrals(by);
    const lines = open
      .filter(({ hasAlerted }) => !hasAlerted)
      .map(({ reference, rating, receivedAt, ratings, dueAt }) => {
        const dueThen = dueTimesUnder(policy, calendar, ratings, receivedAt).decisionDueAt;
        const steps = armSteps(policy, calendar, rating, { receivedAt, dueAt: dueThen });
        const isPast = steps.some((step) => Temporal.Instant.compare(step.at, from ?? now) <= 0);
        return { reference, rating, dueNow: dueAt, dueThen, alertsAtOnce: isPast };
      });
    const moved = (way: number) => lines.filter((line) => Temporal.Instant.compare(line.dueThen, line.dueNow) === way);
    return {
      ...none,
      open: open.length,
      alerted: open.length - lines.length,
      earlier: moved(-1).length,
      later: moved(1).length,
      alertAtOnce: lines.filter(({ alertsAtOnce }) => alertsAtOnce).length,
      awaitingDecision: open.filter(({ isAwaitingDecision }) => isAwaitingDecision).length,
      rules: ruleChanges(inForce.policy, policy),
      followUps: followUpChanges(inForce.policy, policy),
      policies: { inForce: inForce.policy, then: policy },
      caseCheck: caseCheckChange(inForce.policy, policy),
      lines: lines.filter((line) => line.alertsAtOnce || !line.dueNow.equals(line.dueThen)).slice(0, LINES),
    };
  }

  private openReferrals(by: StaffActor): Promise<readonly OpenReferral[]> {
    return this.database.as(by).transaction((tx) =>
      tx.overAll((all) =>
        all.rows<OpenReferral>(sql`SELECT r.reference, r.rating, r.received_at AS "receivedAt", d.due_at AS "dueAt",
         EXISTS (SELECT 1 FROM alert WHERE deadline_id = d.id) AS "hasAlerted",
         r.status = 'awaiting_decision' AS "isAwaitingDecision",
         (SELECT jsonb_agg(rating ORDER BY at, id) FROM rating
          WHERE referral_id = r.id AND rating IS DISTINCT FROM previous) AS ratings
       FROM referral r JOIN deadline d ON d.referral_id = r.id AND d.kind = 'decision' AND d.state = 'open'
       WHERE r.status <> 'decided' ORDER BY r.urgency, r.decision_due_at, r.id`),
      ),
    );
  }
}
