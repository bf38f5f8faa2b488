/** Who acts: an agency through its credential, a person of the hub, or the service itself. */
export type Actor =
  | { readonly kind: 'agency'; readonly id: string }
  | { readonly kind: 'staff'; readonly id: string }
  | { readonly kind: 'service' };

/** The service acts by itself: a worker, the watchdog, an operator's command. */
export const SERVICE: Actor = { kind: 'service' };
