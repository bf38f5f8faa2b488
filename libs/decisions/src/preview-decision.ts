import { Injectable } from '@nestjs/common';
import { mustNotBeHidden, type StaffActor } from '#access';
import { Policies } from '#deadlines';
import {
  allDecided,
  allUndoableUntil,
  parseReferralReference,
  ROUTES,
  type Decided,
  type LateReason,
  type LocalityTeam,
  type Outcome,
  type Progression,
  type Rating,
  type SignOffReason,
  type SubmittedChild,
  type TeamOfFamily,
  type ThresholdLevel,
} from '#domain';
import { Refused } from '#platform';
import { allocatedWorkerBy, caseChecksOf, submittedName } from '#referrals';
import { localitiesInForce, teamByAddress } from '#routes';
import { Database, Referral, sql, type ReferralChild, type Transaction } from '#store';
import { needsOfDecision } from './needs-of-decision.ts';

export interface PreviewedDecision {
  /** The rating that the decider has to confirm, because no person has yet; null when one has. */
  readonly unconfirmedRating: Rating | null;
  /** Why another person would have to sign it off. */
  readonly signOffReasons: readonly SignOffReason[];
  /** Why the decider should stop and read first. */
  readonly pauseFor: readonly SignOffReason[];
  /** The outcome and the level contradict each other, so that the decision has to say why. */
  readonly contradicts: boolean;
  /** It is at level 4 and no strategy discussion follows, so that the decision has to say why. */
  readonly lacksDiscussion: boolean;
  /** A child has to be looked for in the case system first. */
  readonly caseCheckIsMissing: boolean;
  /** A child has an open case, so that the decision has to say why it goes to another than its worker. */
  readonly asksWhyNotWorker: boolean;
  /** What the policy proposes that it counts as. */
  readonly proposedProgression: Progression;
  /** One of its limits has passed, so that the decider is asked why. */
  readonly isLate: boolean;
  /** The policy's reasons for that. */
  readonly lateReasons: readonly LateReason[];
  /** It can be taken back for a while: not where a child is in danger now, or is to be protected at once. */
  readonly canBeTakenBack: boolean;
  /** The names of the children, in their order: of several, it says for which it is. */
  readonly children: readonly string[];
  /** Whom the case system names as the allocated worker of a child; null where it names none. */
  readonly allocatedWorker: string | null;
  /** The locality teams, and that of the family's address, of a decision that sends it to one; null for another. */
  readonly locality: { readonly byAddress: TeamOfFamily; readonly teams: readonly LocalityTeam[] } | null;
}

/** The needs of a decision before it is recorded. A question: it locks nothing and writes nothing. */
@Injectable()
export class PreviewDecision {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found` */
  async execute(decision: {
    readonly reference: string;
    readonly outcome: Outcome;
    readonly thresholdLevel: ThresholdLevel;
    /** The outcomes of single children that differ; none when left out. */
    readonly others?: readonly Decided[];
    readonly by: StaffActor;
  }): Promise<PreviewedDecision> {
    const { by } = decision;
    const decided = allDecided(decision, decision.others ?? []);
    const reference = parseReferralReference(decision.reference) ?? '';
    return this.database.as(by).transaction(async (tx) => {
      const referral = await tx.one(Referral, { reference }, [
        'id',
        'receivedAt',
        'immediateDanger',
        'decisionDueAt',
        'statutoryDueAt',
        'rating',
        'firstRatedAt',
      ]);
      if (referral === null) throw new Refused('not-found');
      await mustNotBeHidden(tx, referral.id);
      const needs = await needsOfDecision(tx, this.policies, referral, decided);
      const { immediateDanger } = referral;
      const outcomes = decided.map(({ outcome }) => outcome);
      const isRouted = ROUTES[decision.outcome]?.goesTo === 'team';
      return {
        unconfirmedRating: referral.firstRatedAt === null ? referral.rating : null,
        signOffReasons: needs.signOff,
        pauseFor: needs.pauseFor,
        contradicts: needs.contradicts,
        lacksDiscussion: needs.lacksDiscussion,
        caseCheckIsMissing: needs.caseCheckIsMissing,
        asksWhyNotWorker: needs.asksWhyNotWorker,
        proposedProgression: needs.proposedProgression,
        isLate: needs.isLate,
        lateReasons: needs.lateReasons,
        canBeTakenBack: allUndoableUntil(tx.now, immediateDanger, outcomes) !== null,
        children: await namesOfChildren(tx, referral.id),
        allocatedWorker: allocatedWorkerBy(await caseChecksOf(tx, referral.id)),
        locality: isRouted ? await localityOf(tx, referral.id) : null,
      };
    });
  }
}

async function namesOfChildren(tx: Transaction, referralId: string): Promise<readonly string[]> {
  const children = await tx.rows<Pick<ReferralChild, 'submitted'>>(
    sql`SELECT submitted FROM referral_child WHERE referral_id = ${referralId} ORDER BY position`,
  );
  return children.map(({ submitted }, index) => submittedName(submitted as SubmittedChild) || `Child ${index + 1}`);
}

async function localityOf(tx: Transaction, referralId: string): Promise<PreviewedDecision['locality']> {
  const { localities } = await localitiesInForce(tx);
  return { byAddress: await teamByAddress(tx, referralId, localities), teams: localities.teams };
}
