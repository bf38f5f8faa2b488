import { saysOfEachChild, type ChildDecision } from '#domain';
import { Refused } from '#platform';
import { DecisionChild, rowsOf, sql, type RowsOf, type Transaction } from '#store';

/** @throws Refused `children-not-said` when a decision says something of a child, and not of each what it has to */
export async function mustSayOfEachChild(
  tx: Transaction,
  referralId: string,
  children: readonly ChildDecision[],
): Promise<void> {
  if (children.length === 0) return;
  const { count } = (await tx.row<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM referral_child WHERE referral_id = ${referralId}`,
  ))!;
  if (!saysOfEachChild(children, count)) throw new Refused('children-not-said');
}

/** What a decision says of each child. */
export function rowsOfChildren(decisionId: string, children: readonly ChildDecision[]): readonly RowsOf[] {
  if (children.length === 0) return [];
  return [
    rowsOf(
      DecisionChild,
      ...children.map(({ position, leftOutBecause, other }) => ({
        ...{ decisionId, position, included: leftOutBecause === null, reason: leftOutBecause },
        ...{ outcome: other?.outcome ?? null, thresholdLevel: other?.thresholdLevel ?? null },
      })),
    ),
  ];
}

/** For the record: how many children it is about otherwise than about the first. */
export function countsOfChildren(children: readonly ChildDecision[]): {
  childrenLeftOut?: number;
  childrenOtherwise?: number;
} {
  const [leftOut, otherwise] = [
    children.filter(({ leftOutBecause }) => leftOutBecause !== null).length,
    children.filter(({ other }) => other !== null).length,
  ];
  return {
    ...(leftOut === 0 ? {} : { childrenLeftOut: leftOut }),
    ...(otherwise === 0 ? {} : { childrenOtherwise: otherwise }),
  };
}
