import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { withTimeout } from './with-timeout.ts';

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
  try {
    await withTimeout(answers(), ANSWER_WITHIN_MS);
    return indicator.up();
  } catch {
    return indicator.down();
  }
}
