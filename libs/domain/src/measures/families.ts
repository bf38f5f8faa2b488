/** Two referrals in which the same child is. */
export type SameChild = readonly [referral: string, earlier: string];

/**
 * The families that came more than once: referrals that have a child in common, directly or through others.
 *
 * @returns how many referrals each of them made
 */
export function familiesOf(pairs: Iterable<SameChild>): readonly number[] {
  const leader = new Map<string, string>();
  const leaderOf = (one: string): string => {
    let found = one;
    for (let next = leader.get(found); next !== undefined && next !== found; next = leader.get(found)) found = next;
    // Later questions take one step: without it, a family of many referrals is walked again for each.
    leader.set(one, found);
    return found;
  };
  for (const [referral, earlier] of pairs) leader.set(leaderOf(referral), leaderOf(earlier));
  const sizes = new Map<string, number>();
  for (const one of leader.keys()) sizes.set(leaderOf(one), (sizes.get(leaderOf(one)) ?? 0) + 1);
  return [...sizes.values()];
}
