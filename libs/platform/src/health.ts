import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';

/** Something that an app cannot work without. */
export interface Dependency {
  readonly name: string;
  /** @throws when it does not answer */
  readonly answers: () => Promise<unknown>;
}

const ANSWER_WITHIN_MS = 3_000;

/** Asks a dependency whether it answers, without saying more of a failure than that. */
export async function checkDependency(
  indicators: HealthIndicatorService,
  { name, answers }: Dependency,
): Promise<HealthIndicatorResult> {
  const indicator = indicators.check(name);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), ANSWER_WITHIN_MS);
  });
  try {
    await Promise.race([answers(), late]);
    return indicator.up();
  } catch {
    return indicator.down();
  } finally {
    clearTimeout(timer);
  }
}
