import { OUTBOUND_FAULTS, OutboundFault, type FetchOutbound } from '#platform';
import { Webhook } from 'standardwebhooks';

/** Why a call counts as failed, in words. What the receiver says beyond its status is neither kept nor shown. */
const FAULTS = {
  ...OUTBOUND_FAULTS,
  refused: 'The receiver answers with another status than 2xx',
  gone: 'The receiver answers that it is gone (410)',
} as const;
export type CallFault = keyof typeof FAULTS;
export const CALL_FAULTS = Object.keys(FAULTS) as readonly CallFault[];

/** @param code of {@link CallFault}, as it was stored */
export function callFaultInWords(code: string): string {
  return FAULTS[code as CallFault] ?? 'It failed';
}

/** How a call ended. */
export interface CallOutcome {
  /** Of HTTP; null where no answer came. */
  readonly status: number | null;
  /** Null where the receiver has it. */
  readonly fault: CallFault | null;
  /** Seconds that the receiver asks us to wait; 0 where it does not. */
  readonly waitSeconds: number;
}

export interface Call {
  readonly address: string;
  /** The secrets that sign, the latest at the front. */
  readonly secrets: readonly string[];
  /** The same at each try. */
  readonly messageId: string;
  readonly message: object;
  readonly at: Temporal.Instant;
}

/** Calls a receiver once, signed as Standard Webhooks says. It throws nothing for what the receiver does. */
export async function call(
  outbound: FetchOutbound,
  { address, secrets, messageId, message, at }: Call,
): Promise<CallOutcome> {
  const body = JSON.stringify(message);
  const sentAt = new Date(at.epochMilliseconds);
  const headers = {
    'Content-Type': 'application/json',
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(at.epochMilliseconds / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(messageId, sentAt, body)).join(' '),
  };
  try {
    const { status, retryAfter } = await outbound.post(address, { headers, body });
    if (status >= 200 && status < 300) return { status, fault: null, waitSeconds: 0 };
    return { status, fault: status === 410 ? 'gone' : 'refused', waitSeconds: secondsOf(retryAfter, at) };
  } catch (error) {
    if (!(error instanceof OutboundFault)) throw error;
    return { status: null, fault: error.code, waitSeconds: 0 };
  }
}

/** The seconds of a header `Retry-After` (RFC 9110, 10.2.3); 0 for none, for one in the past and for one that is none. */
function secondsOf(retryAfter: string | null, now: Temporal.Instant): number {
  const text = retryAfter?.trim() ?? '';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const until = Date.parse(text);
  return Number.isNaN(until) ? 0 : Math.max((until - now.epochMilliseconds) / 1_000, 0);
}
