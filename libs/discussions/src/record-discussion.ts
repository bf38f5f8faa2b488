import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { followUpRows, followUpSubject, Policies } from '#deadlines';
import {
  after,
  armFollowUp,
  beginsEnquiries,
  followUpSpan,
  isBlank,
  missingFromQuorum,
  type DiscussionAgency,
  type DiscussionOutcome,
} from '#domain';
import { Refused } from '#platform';
import { lockReferral, noteChange } from '#referrals';
import {
  Conference,
  Database,
  DiscussionAttendance,
  DiscussionParticipant,
  DiscussionRecord,
  once,
  rowsOf,
  sql,
  type Transaction,
} from '#store';
import { endDiscussionClock, openDiscussion, type Discussed } from './discussion-state.ts';

/** An agency that came to a discussion, or could not. */
export interface AttendingAgency {
  readonly agency: DiscussionAgency;
  /** Who came for it; none where it could not come. */
  readonly people: readonly { readonly name: string; readonly role: string }[];
  /** Whether it agreed with the outcome; null where it could not come. */
  readonly agrees: boolean | null;
  /** Why it did not agree, or could not come; empty where it came and agreed. */
  readonly why: string;
}

/** A discussion that was held. */
export interface HeldDiscussion {
  readonly heldAt: Temporal.Instant;
  readonly outcome: DiscussionOutcome;
  /** A short record of what was said. */
  readonly minutes: string;
  readonly agencies: readonly AttendingAgency[];
}

export interface RecordDiscussionCommand {
  readonly reference: string;
  /** The number of the discussion that the person had on the page. */
  readonly number: number;
  /** Null where it is not held. */
  readonly held: HeldDiscussion | null;
  /** A manager's reason why it is not held, or was held without an agency that it needs; empty where it needs none. */
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/**
 * A person records how a strategy discussion went, which ends its clock. Where it began enquiries, the clock of a
 * conference begins, unless one runs already: another discussion gives no more time (Working Together).
 */
@Injectable()
export class RecordDiscussion {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @throws Refused `not-found`, `discussion-recorded` also when there is none, `discussion-time`, `discussion-without-people`,
   * `discussion-view-missing`, `discussion-not-quorate`, `discussion-not-held`, or `form-sent-before`
   */
  async execute({ formId, by, ...answers }: RecordDiscussionCommand): Promise<void> {
    const asJson = { ...answers, held: answers.held && { ...answers.held, heldAt: answers.held.heldAt.toString() } };
    const form = { id: formId, kind: 'record-discussion', answers: asJson };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await this.record(tx, { ...answers, by });
        return {};
      }),
    );
  }

  private async record(tx: Transaction, command: Omit<RecordDiscussionCommand, 'formId'>): Promise<void> {
    const { number, held, by } = command;
    const referral = await lockReferral(tx, command.reference);
    const open = await openDiscussion(tx, referral.id);
    if (open?.number !== number) throw new Refused('discussion-recorded');
    const reason = reasonOf(command);
    if (held !== null) check(held, { from: (await lastDiscussed(tx, referral.id)) ?? referral.receivedAt, to: tx.now });
    const { id: discussionId } = open;
    const { heldAt = null, outcome = null, minutes = null, agencies = [] } = held ?? {};
    await tx.insert(
      rowsOf(DiscussionRecord, {
        ...{ discussionId, heldAt, outcome, minutes, reason, recordedBy: by.id, recordedAt: tx.now },
      }),
      auditEntry(tx, 'discussion.recorded', referral.id, {
        ...{ discussionId, number, outcome: outcome ?? 'not_held' },
        ...{ missing: held && missingFromQuorum(cameTo(held)), dissent: dissentIn(agencies) },
      }),
    );
    await insertAgencies(tx, discussionId, agencies);
    await endDiscussionClock(tx, referral, discussionId);
    if (held !== null && beginsEnquiries(held.outcome)) await this.expectConference(tx, referral, discussionId, held);
    await noteChange(tx, referral.id);
  }

  private async expectConference(tx: Transaction, referral: Discussed, id: string, held: HeldDiscussion) {
    const runs = await tx.row(sql`
      SELECT 1 FROM conference c JOIN strategy_discussion d ON d.id = c.discussion_id
      WHERE d.referral_id = ${referral.id} AND d.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM conference_record WHERE discussion_id = d.id)`);
    if (runs !== null) return;
    const inForce = await this.policies.inForce(tx);
    const { calendar, policy } = inForce;
    const dueAt = after(calendar, held.heldAt, followUpSpan(policy, 'conference', 'amber'));
    const armed = armFollowUp(calendar, 'conference', { rating: 'amber', startedAt: held.heldAt, dueAt });
    const about = { kind: 'conference', subject: followUpSubject(referral.reference, id) } as const;
    await tx.insert(rowsOf(Conference, { discussionId: id, dueAt }), ...followUpRows(tx, about, armed, inForce));
  }
}

/** The minute in which the latest recorded discussion of a referral was held, or was said not to be; null where there is none. */
async function lastDiscussed(tx: Transaction, referralId: string): Promise<Temporal.Instant | null> {
  const found = await tx.row<{ at: Temporal.Instant | null }>(sql`
    SELECT date_trunc('minute', max(coalesce(x.held_at, x.recorded_at))) AS at FROM strategy_discussion s
    JOIN discussion_record x ON x.discussion_id = s.id WHERE s.referral_id = ${referralId} AND s.withdrawn_at IS NULL`);
  return found!.at;
}

const cameTo = ({ agencies }: HeldDiscussion) =>
  agencies.filter(({ people }) => people.length > 0).map(({ agency }) => agency);

const dissentIn = (agencies: readonly AttendingAgency[]) =>
  agencies.filter(({ agrees }) => agrees === false).map(({ agency }) => agency);

/**
 * The reason that is kept; null where it needs none.
 *
 * @throws Refused `discussion-not-held` or `discussion-not-quorate` without a manager's reason where it needs one
 */
function reasonOf({ held, reason, by }: Pick<RecordDiscussionCommand, 'held' | 'reason' | 'by'>): string | null {
  if (held !== null && missingFromQuorum(cameTo(held)).length === 0) return null;
  if (isBlank(reason) || !may(by, 'discussion:except'))
    throw new Refused(held === null ? 'discussion-not-held' : 'discussion-not-quorate');
  return reason;
}

function check({ heldAt, agencies }: HeldDiscussion, known: { from: Temporal.Instant; to: Temporal.Instant }): void {
  const isKnown = Temporal.Instant.compare(known.from, heldAt) <= 0 && Temporal.Instant.compare(heldAt, known.to) <= 0;
  if (!isKnown) throw new Refused('discussion-time');
  if (agencies.every(({ people }) => people.length === 0)) throw new Refused('discussion-without-people');
  const isWhole = ({ people, agrees, why }: AttendingAgency) =>
    people.length > 0 ? agrees === true || (agrees === false && !isBlank(why)) : agrees === null && !isBlank(why);
  if (!agencies.every(isWhole)) throw new Refused('discussion-view-missing');
}

async function insertAgencies(tx: Transaction, discussionId: string, agencies: readonly AttendingAgency[]) {
  const attendances = agencies.map(({ agency, agrees, why }) => ({
    ...{ discussionId, agency, agrees, why: agrees === true || isBlank(why) ? null : why },
  }));
  const people = agencies.flatMap(({ agency, people: came }) =>
    came.map(({ name, role }, position) => ({ discussionId, agency, position, name, role })),
  );
  if (attendances.length > 0) await tx.insert(rowsOf(DiscussionAttendance, ...attendances));
  if (people.length > 0) await tx.insert(rowsOf(DiscussionParticipant, ...people));
}
