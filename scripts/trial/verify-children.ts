import { SERVICE, sql } from '#store';
import { pairOf } from './model-children.ts';
import type { Violation } from './violation.ts';
import type { World } from './world.ts';

/**
 * Referrals are linked by what people say of their children now: two about one child are linked, and no two are linked
 * by a word that does not hold. Nor is a judgement lost, or there twice.
 */
export async function verifyChildren({ database, model }: World): Promise<readonly Violation[]> {
  const references = model.referrals.map(({ reference }) => reference);
  const links = await database.as(SERVICE).rows<{ one: string; other: string; isSaid: boolean }>(sql`
    SELECT later.reference AS one, earlier.reference AS other, e.matched_on = 'confirmed' AS "isSaid"
    FROM earlier_referral e JOIN referral later ON later.id = e.referral_id JOIN referral earlier ON earlier.id = e.earlier_id
    WHERE later.reference = ANY(${references}) AND earlier.reference = ANY(${references})`);
  const { n } = (await database.as(SERVICE).row<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM child_judgement j JOIN referral r ON r.id = j.one_id
    WHERE j.ended_at IS NULL AND r.reference = ANY(${references})`))!;
  const receivedAt = new Map(model.referrals.map(({ reference, receivedAt: at }) => [reference, at.epochMilliseconds]));
  const linked = new Set(links.map(({ one, other }) => pairOf(one, other)));
  const { pairs, judgements } = model.children;
  const wrong = [
    ...[...pairs]
      .filter((pair) => {
        const [one, other] = pair.split(' ') as [string, string];
        // Two of one instant have no earlier one.
        return receivedAt.get(one) !== receivedAt.get(other) && !linked.has(pair);
      })
      .map((pair) => `${pair} are about one child and not linked`),
    ...links
      .filter(({ one, other, isSaid }) => isSaid && !pairs.has(pairOf(one, other)))
      .map(({ one, other }) => `${one} and ${other} are linked, and no person says so`),
    ...(n === judgements.length ? [] : [`${judgements.length} judgements hold, ${n} are there`]),
  ];
  return wrong.map((what) => ({ wrong: 'other', what }));
}
