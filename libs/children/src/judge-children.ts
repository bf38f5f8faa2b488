import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry, type AuditedAct } from '#audit';
import { isUuid, Refused } from '#platform';
import { noteChange } from '#referrals';
import { releaseHidden } from '#restrictions';
import { ChildJudgement, Database, once, rowsOf, sql, type Transaction } from '#store';
import { keptApartFrom, keyOf, knownChildren, placeOf, type ChildOfReferral, type ChildPlace } from './child-place.ts';
import { TellOfThirdContact } from './incidents/tell-of-third-contact.ts';
import { relinkReferrals } from './links-of-children.ts';

export interface JudgeChildrenCommand {
  readonly one: ChildOfReferral;
  readonly other: ChildOfReferral;
  /** Whether the person says that they are one child, or that they are two. */
  readonly isSame: boolean;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person says of two children of two referrals that they are one, or that they are not. No machine ever does. */
@Injectable()
export class JudgeChildren {
  constructor(
    private readonly database: Database,
    private readonly thirdContact: TellOfThirdContact,
  ) {}

  /**
   * @throws Refused `not-found`, `form-sent-before`, `one-referral` for two children of one, also by way of others, `children-joined` when they
   * are one already, or `children-kept-apart` when a person has said before that they are not
   */
  async execute({ one, other, isSame, formId, by }: JudgeChildrenCommand): Promise<void> {
    const form = { id: formId, kind: 'judge-children', answers: { one, other, isSame } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const [mine, theirs] = [await placeOf(tx, one), await placeOf(tx, other)];
        // By way of a child whom this person may not see, the two may be one already or kept apart.
        await tx.overAll(async (all) => {
          await this.thirdContact.execute(all, await judge(all, mine, theirs, isSame, by));
          // A restriction of one covers the referrals of the other now.
          await releaseHidden(all);
        });
        return {};
      }),
    );
  }
}

async function judge(tx: Transaction, one: ChildPlace, other: ChildPlace, isSame: boolean, by: StaffActor) {
  if (one.referralId === other.referralId) throw new Refused('one-referral');
  // One judgement at a time: two at once could join by a circle, or join those whom the other keeps apart.
  await tx.lock('judgingChildren', '');
  const known = await knownChildren(tx, [one, other]);
  const [mine, theirs] = [known.get(keyOf(one))!, known.get(keyOf(other))!];
  if (mine.some((place) => keyOf(place) === keyOf(other))) throw new Refused('children-joined');
  // Nor by way of a third: a referral names no child twice.
  const referrals = new Set(mine.map(({ referralId }) => referralId));
  if (isSame && theirs.some(({ referralId }) => referrals.has(referralId))) throw new Refused('one-referral');
  const apart = new Set((await keptApartFrom(tx, mine)).map(keyOf));
  if (theirs.some((place) => apart.has(keyOf(place)))) throw new Refused('children-kept-apart');
  const [first, second] = keyOf(one) < keyOf(other) ? [one, other] : [other, one];
  await tx.insert(
    rowsOf(ChildJudgement, {
      ...{ id: randomUUIDv7(), isSame, judgedBy: by.id, judgedAt: tx.now },
      ...{ oneId: first.referralId, onePosition: first.position },
      ...{ otherId: second.referralId, otherPosition: second.position },
      ...{ endedBy: null, endedAt: null, endReason: null },
    }),
  );
  return settle(tx, isSame ? 'child.joined' : 'child.kept-apart', one, other, [...mine, ...theirs]);
}

export interface EndJudgementCommand {
  /** The judgement's id. */
  readonly judgement: string;
  readonly reason: string;
  readonly formId: string;
  readonly by: StaffActor;
}

/**
 * A person says that a judgement was wrong. Joined children are parted exactly as they were before, each with its whole
 * history; children who were kept apart may be joined again.
 */
@Injectable()
export class EndJudgement {
  constructor(
    private readonly database: Database,
    private readonly thirdContact: TellOfThirdContact,
  ) {}

  /** @throws Refused `not-found`, also when it has ended, or `form-sent-before` */
  async execute({ judgement, reason, formId, by }: EndJudgementCommand): Promise<void> {
    const form = { id: formId, kind: 'end-judgement', answers: { judgement, reason } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await tx.lock('judgingChildren', '');
        const found = isUuid(judgement)
          ? await tx.one(ChildJudgement, { id: judgement }, [
              ...(['isSame', 'oneId', 'onePosition', 'otherId', 'otherPosition', 'endedAt'] as const),
            ])
          : null;
        if (found?.endedAt !== null) throw new Refused('not-found');
        const one = { referralId: found.oneId, position: found.onePosition };
        const other = { referralId: found.otherId, position: found.otherPosition };
        const act = found.isSame ? 'child.parted' : 'child.apart-withdrawn';
        await tx.overAll(async (all) => {
          const before = await knownChildren(all, [one, other]);
          await all.change(ChildJudgement, judgement, { endedBy: by.id, endedAt: tx.now, endReason: reason });
          const known = [...before.get(keyOf(one))!, ...before.get(keyOf(other))!];
          await this.thirdContact.execute(all, await settle(all, act, one, other, known));
        });
        return {};
      }),
    );
  }
}

/** Links, versions and record follow: a person who has one of these referrals open is told that it changed. @returns their ids */
async function settle(
  tx: Transaction,
  act: AuditedAct,
  one: ChildPlace,
  other: ChildPlace,
  places: readonly ChildPlace[],
): Promise<readonly string[]> {
  const ids = [...new Set(places.map(({ referralId }) => referralId))].sort();
  await tx.rows(sql`SELECT id FROM referral WHERE id = ANY(${ids}) ORDER BY id FOR NO KEY UPDATE`);
  await relinkReferrals(tx, ids);
  for (const id of ids) await noteChange(tx, id);
  const entry = (from: ChildPlace, to: ChildPlace) =>
    auditEntry(tx, act, from.referralId, {
      ...{ child: from.position + 1, otherReferralId: to.referralId, otherChild: to.position + 1 },
    });
  await tx.insert(entry(one, other), entry(other, one));
  return ids;
}
