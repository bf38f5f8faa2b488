import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { withTimeout } from './with-timeout.ts';

/** A part that an app cannot work without, such as the database. */
export interface Dependency {
  /** The name under which `/health/ready` reports it. */
  readonly name: string;
  /** Asks the dependency for any answer. @throws when it does not answer */
  readonly answers: () => Promise<unknown>;
}

/** So that the load balancer, or the operator, has the answer within two seconds. */
const ANSWER_WITHIN_MS = 1_500;

/**
 * Checks that a dependency answers in time. The result says up or down and never why, because
 * `/health/ready` is open to all.
 */
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
