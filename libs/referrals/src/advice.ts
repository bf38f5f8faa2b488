import type { SubmittedReferral } from '#domain';

/** What the referrer should do meanwhile. */
export function adviceFor({ immediateDanger }: Pick<SubmittedReferral, 'immediateDanger'>): string {
  return immediateDanger
    ? 'You told us that a child is in danger now. If you have not already dialled 999, do it now. Keep this reference.'
    : 'If a child is in immediate danger, dial 999. If you learn anything new, tell us and give this reference. If you have heard nothing by the time shown, ring the hub.';
}
