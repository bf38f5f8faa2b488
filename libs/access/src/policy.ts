/** What a person of the hub may be. */
export const STAFF_ROLES = ['screener', 'social_worker', 'manager'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Who asks: an agency through its credential, or a person of the hub. */
export interface AgencyActor {
  readonly kind: 'agency';
  readonly id: string;
}
export interface StaffActor {
  readonly kind: 'staff';
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
}
export type AccessActor = AgencyActor | StaffActor;

type Holder = 'agency' | StaffRole;

/** The one table of who may do what. What is not in it is refused. */
const POLICY = {
  'referral:submit': ['agency'],
  'referral:read-own': ['agency'],
  /** Taking a referral down for an agency or a member of the public that rings or comes in. */
  'referral:take-down': ['screener', 'social_worker', 'manager'],
  'consultation:record': ['screener', 'social_worker', 'manager'],
  'preferences:change': ['screener', 'social_worker', 'manager'],
  'queue:read': ['screener', 'social_worker', 'manager'],
  /** Saving a view of the queue for all staff. */
  'filter:share': ['manager'],
  'referral:read': ['screener', 'social_worker', 'manager'],
  'referral:search': ['screener', 'social_worker', 'manager'],
  'referral:claim': ['screener', 'social_worker', 'manager'],
  'referral:rate': ['screener', 'social_worker', 'manager'],
  'rating:lower': ['manager'],
  'draft:save': ['screener', 'social_worker', 'manager'],
  'referral:decide': ['social_worker', 'manager'],
  /** Deciding or giving back what another person holds. Any person may rate: a rise in urgency must not wait. */
  'claim:override': ['manager'],
  /** Giving a referral to a person, whether it is held or not. Passing on what one holds oneself needs no more than a claim. */
  'claim:assign': ['manager'],
  'decision:sign-off': ['manager'],
  'workload:read': ['manager'],
  'alert:read': ['screener', 'social_worker', 'manager'],
  'alert:acknowledge': ['screener', 'social_worker', 'manager'],
  'policy:read': ['screener', 'social_worker', 'manager'],
  'policy:change': ['manager'],
  'rota:read': ['screener', 'social_worker', 'manager'],
  'rota:change': ['manager'],
  'handover:read': ['screener', 'social_worker', 'manager'],
  'handover:accept': ['screener', 'social_worker', 'manager'],
  'service:read': ['screener', 'social_worker', 'manager'],
} as const satisfies Readonly<Record<string, readonly Holder[]>>;

export type Action = keyof typeof POLICY;
export const ACTIONS = Object.keys(POLICY) as readonly Action[];

export function may(actor: AccessActor, action: Action): boolean {
  const holders: readonly Holder[] = POLICY[action];
  return holders.includes(actor.kind === 'agency' ? 'agency' : actor.role);
}
