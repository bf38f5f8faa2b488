/**
 * Which of some referrals belong together, directly or by way of others: reports of one incident, or referrals of one child.
 *
 * @param pairs ids of referrals, two that belong together
 * @returns by the id of each referral the smallest id of those that it belongs together with
 */
export function connected(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const leads = new Map<string, string>();
  const firstOf = (id: string): string => {
    const next = leads.get(id) ?? id;
    if (next === id) return id;
    const first = firstOf(next);
    leads.set(id, first);
    return first;
  };
  for (const [one, other] of pairs) {
    const [mine, theirs] = [firstOf(one), firstOf(other)];
    const smallest = mine < theirs ? mine : theirs;
    leads.set(mine, smallest).set(theirs, smallest);
  }
  return new Map([...pairs.flat()].map((id) => [id, firstOf(id)]));
}
