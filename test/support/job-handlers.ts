import { JOBS, type JobHandlers, type JobName } from '#jobs';

/** A handler for every job of the catalogue: the test's own, and for the others one that is told their name. */
export function handlersOf(
  own: Partial<JobHandlers>,
  other: (name: JobName, payload: object) => Promise<void> = async () => undefined,
): JobHandlers {
  const names = Object.keys(JOBS) as JobName[];
  const others = names.map((name) => [name, (payload: object) => other(name, payload)] as const);
  return { ...(Object.fromEntries(others) as unknown as JobHandlers), ...own };
}
