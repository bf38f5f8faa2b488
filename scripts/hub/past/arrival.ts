import type { StaffActor } from '#access';
import type { SubmittedReferral } from '#domain';
import type { TakenDownBy } from '#store';

/** A referral as it came to the hub. */
export interface Arrival {
  readonly at: Temporal.Instant;
  readonly agencyId: string;
  /** DfE's source of this referral itself, which need not be that of the agency. */
  readonly sourceCode: string;
  readonly referral: SubmittedReferral;
  /** Who of the hub took it down, and how it came; null when the agency sent it itself. */
  readonly taken: { readonly by: StaffActor; readonly receivedBy: TakenDownBy } | null;
}
