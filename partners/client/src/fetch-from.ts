import type { components } from './contract.ts';
import { RefusedByHub, TokenRefused, Unreachable, type Problem } from './errors.ts';

const ANSWER_WITHIN_MS = 30_000;

/** The address of a hub, as its paths follow it. */
export const addressOf = (hub: string) => hub.replace(/\/+$/, '');

/**
 * One request to a hub, and its answer.
 *
 * @throws RefusedByHub, TokenRefused or Unreachable
 */
export async function fetchFrom<T>(hub: string, path: string, init: RequestInit): Promise<T> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(hub + path, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    text = await response.text();
  } catch (cause) {
    throw new Unreachable(`${hub} gives no answer`, { cause });
  }
  // Of 204 there is nothing to read.
  const answer = response.status === 204 ? null : parsed(text);
  if (response.ok && answer !== undefined) return answer as T;
  if (isTokenError(answer)) throw new TokenRefused(answer.error, answer.error_description);
  const after = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  const problem = isProblem(answer) ? answer : strange(response.status);
  throw new RefusedByHub(response.status, problem, Number.isNaN(after) ? undefined : after);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const has = (value: unknown, name: string) =>
  typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[name] === 'string';
const isTokenError = (answer: unknown): answer is components['schemas']['TokenErrorAnswer'] =>
  has(answer, 'error') && has(answer, 'error_description');
const isProblem = (answer: unknown): answer is Problem => has(answer, 'type') && has(answer, 'title');

/** What stands between you and the hub answers in its stead. */
function strange(status: number): Problem {
  return { type: 'about:blank', title: `The answer ${status} does not come from the hub`, status, instance: '' };
}
