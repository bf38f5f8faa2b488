/** Who acts: an agency through its credential, a person of the hub or of an agency, or the service itself. */
export type Actor =
  | { readonly kind: 'agency'; readonly id: string }
  | {
      readonly kind: 'staff';
      readonly id: string;
      /** The agency of a partner, behind whose wall they act; a person of the hub has none. */
      readonly agencyId?: string | null;
    }
  | { readonly kind: 'service' };

/** The service acts by itself: a worker, the watchdog, an operator's command. */
export const SERVICE: Actor = { kind: 'service' };
