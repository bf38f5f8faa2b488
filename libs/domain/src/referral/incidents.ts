/**
 * The incident of each referral of which a person said that it reports the same one as another, directly or by way of
 * others.
 *
 * @param pairs ids of referrals, two that report one incident
 * @returns by the id of each referral the smallest id of those that report its incident
 */
export function incidentsOf(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const incident = new Map<string, string>();
  for (const [one, other] of pairs) {
    const [mine, theirs] = [incident.get(one) ?? one, incident.get(other) ?? other];
    const smallest = mine < theirs ? mine : theirs;
    incident.set(one, mine).set(other, theirs);
    for (const [id, of] of incident) if (of === mine || of === theirs) incident.set(id, smallest);
  }
  return incident;
}
