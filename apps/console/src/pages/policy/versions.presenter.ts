import type { VersionsPage } from '#deadlines';
import { dayAndTime } from '../../shell/words/words.ts';

/** The versions of policy or calendar as a table shows them, the latest first. */
export function presentVersions({ versions, now }: VersionsPage<unknown>, zone: string) {
  return versions.map(({ version, madeBy, madeAt, reason, effectiveFrom, isInForce, isAhead }) => ({
    version,
    state: isInForce ? 'In force' : isAhead ? 'Takes effect later' : 'Replaced',
    from: madeAt === null ? 'the start' : dayAndTime(effectiveFrom, now, zone),
    madeBy: madeBy ?? 'Came with the service',
    madeAt: madeAt === null ? '' : dayAndTime(madeAt, now, zone),
    reason: reason ?? '',
  }));
}
