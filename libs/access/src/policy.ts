import type { Scope } from './clients/scopes.ts';

/**
 * What a person may be. A `manager` is a practice manager, a `partner` works for an agency and not for the hub, and sees
 * only that agency's own referrals and requests. An
 * `administrator` looks after agencies, programs and people, and sees no child.
 */
export const STAFF_ROLES = [
  'screener',
  'social_worker',
  'manager',
  'service_manager',
  'head_of_service',
  'auditor',
  'partner',
  'administrator',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Who asks: an agency through its credential, or a person of the hub. */
export interface AgencyActor {
  readonly kind: 'agency';
  readonly id: string;
  /** The program that sends. */
  readonly clientId: string;
  /** What its token is good for. */
  readonly scopes: readonly Scope[];
}
export interface StaffActor {
  readonly kind: 'staff';
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  /** The agency of a partner, and its name; a person of the hub has none. */
  readonly agencyId?: string | null;
  readonly agency?: string | null;
}
export type AccessActor = AgencyActor | StaffActor;

type Holder = 'agency' | StaffRole;

const SENIOR_MANAGERS = ['service_manager', 'head_of_service'] as const;
const MANAGERS = ['manager', ...SENIOR_MANAGERS] as const;
/** They work on referrals: they take, rate and hand over. */
const DESK = ['screener', 'social_worker', ...MANAGERS] as const;
const EVERY_ROLE = [...DESK, 'auditor'] as const;
const OVERSEERS = [...MANAGERS, 'auditor'] as const;

const ALL_WHO_SIGN_IN = [...EVERY_ROLE, 'partner', 'administrator'] as const;

/** The one table of who may do what. What is not in it is refused. */
const POLICY = {
  'referral:submit': ['agency', 'partner'],
  'referral:read-own': ['agency', 'partner'],
  /** Adding to an own referral, putting it right, withdrawing it. */
  'referral:add': ['agency', 'partner'],
  /** Adding files to an own referral. */
  'referral:attach': ['agency', 'partner'],
  /** The codes of what agencies send, with their words. */
  'code-lists:read': ['agency'],
  /** What happened to own referrals; what the hub asks needs the scope of answering as well. */
  'events:read': ['agency'],
  /** The addresses at which an agency's programs are told of the same. */
  'webhooks:manage': ['agency'],
  /** Taking a referral down for an agency or a member of the public that rings or comes in. */
  'referral:take-down': DESK,
  'consultation:record': DESK,
  /** Coming to the console, and staying signed in. */
  'console:use': ALL_WHO_SIGN_IN,
  /** Seeing where one is signed in oneself, and ending that. */
  'own-sessions:end': ALL_WHO_SIGN_IN,
  'preferences:change': EVERY_ROLE,
  'queue:read': DESK,
  /** Saving a view of the queue for all staff. */
  'filter:share': MANAGERS,
  'referral:read': EVERY_ROLE,
  /** Saying first why a referral is opened. Who may do this opens none without it, and for an hour. */
  'referral:open-for-audit': ['auditor'],
  'referral:search': DESK,
  /** The page of a known child, and saying who is one child. */
  'child:read': DESK,
  'child:judge': DESK,
  /** Saying that two referrals report one incident. */
  'incident:say': DESK,
  /** Being told of a third contact: who opens it has seen it. */
  'contacts:watch': MANAGERS,
  'referral:claim': DESK,
  'referral:rate': DESK,
  /** Saying that only some people may open a referral, whom, and until when; looking at who broke the glass. */
  'restriction:manage': MANAGERS,
  /** Opening a restricted record without being named, in an emergency. */
  'glass:break': DESK,
  /** Looking into a value that its agency asked to be set apart. */
  'flag:clear': DESK,
  /** A note or a call on a referral, which any person of the desk may learn something about. */
  'referral:note': DESK,
  /** Asking an agency for information, chasing, withdrawing, and recording its answer. */
  'information:ask': DESK,
  'information:read': EVERY_ROLE,
  /** The requests to one's own agency. */
  'own-requests:read': ['agency', 'partner'],
  /** One request: an agency's own, or any for the hub, which may write down what an agency says. */
  'request:read': [...DESK, 'agency', 'partner'],
  'request:answer': [...DESK, 'agency', 'partner'],
  /** Where families were sent, and recording what those answered whom they were sent to. */
  'route:read': DESK,
  'route:answer': DESK,
  /** Sending a family on to others, deciding again, and what is said for the edge of care service. */
  'route:send': ['social_worker', ...MANAGERS],
  /** Who has not been told of a decision, and telling them. */
  'feedback:tell': DESK,
  /** Saying whether a person of the public may be told, and why a referrer is not. */
  'feedback:allow': MANAGERS,
  /** Calling a strategy discussion, and recording how it went and that the conference after it was held. */
  'discussion:record': ['social_worker', ...MANAGERS],
  'discussion:read': EVERY_ROLE,
  /** Saying why a discussion is not held or not quorate, or a conference not needed. */
  'discussion:except': MANAGERS,
  /** What the case system says of a child, and what the child's views are. */
  'child:check': DESK,
  'child:hear': DESK,
  'rating:lower': MANAGERS,
  /** What a draft is for says who may have one. */
  'draft:save': [...EVERY_ROLE, 'partner'],
  'referral:decide': ['social_worker', ...MANAGERS],
  /** Deciding or giving back what another person holds. Any person may rate: a rise in urgency must not wait. */
  'claim:override': MANAGERS,
  /** Giving a referral to a person, whether it is held or not. Passing on what one holds oneself needs no more than a claim. */
  'claim:assign': MANAGERS,
  'decision:sign-off': MANAGERS,
  'workload:read': MANAGERS,
  'alert:read': DESK,
  'alert:acknowledge': DESK,
  'policy:read': EVERY_ROLE,
  'policy:change': MANAGERS,
  /** The teams that take families on, and the areas of each. */
  'teams:read': [...EVERY_ROLE, 'administrator'],
  'teams:change': [...MANAGERS, 'administrator'],
  'rota:read': EVERY_ROLE,
  'rota:change': MANAGERS,
  'handover:read': DESK,
  'handover:accept': DESK,
  /** Accepting a hand-over that passes to a team to which the person does not belong. */
  'handover:accept-for-others': MANAGERS,
  'service:read': [...EVERY_ROLE, 'administrator'],
  /** Having background work that failed tried again at once. */
  'service:operate': [...MANAGERS, 'administrator'],
  /** The agencies with their programs and keys, and the people who sign in. */
  'agencies:administer': ['administrator'],
  'people:administer': ['administrator'],
  /** Figures, charts, decided referrals and definitions: how promptly the hub works. */
  'oversight:read': OVERSEERS,
  /** Saying from when a chart has new limits, with a reason. */
  'baseline:begin': MANAGERS,
  /** The rows behind a figure, and exports without suppression. */
  'oversight:rows': OVERSEERS,
  /** Who opened, searched and decided. An auditor's work; a manager looks after their own people. */
  'record:read': OVERSEERS,
  /** A person's own figures. */
  'own-figures:read': DESK,
  /** Questioning pace or quality of one referral. */
  'challenge:make': SENIOR_MANAGERS,
  'challenge:answer': MANAGERS,
  /** Reading a sampled decision blind, and grading it. */
  'sample:read': OVERSEERS,
  'supervision:write': MANAGERS,
  'supervision:read': DESK,
  'evidence:make': OVERSEERS,
  /** Which records are due for destruction, and the certificates. */
  'retention:read': OVERSEERS,
  /** Stopping the destruction of a record, or of all. */
  'retention:hold': MANAGERS,
  /** Approving destruction, agreeing to it, keeping a record longer, ending a hold, publishing the schedule. */
  'retention:decide': SENIOR_MANAGERS,
} as const satisfies Readonly<Record<string, readonly Holder[]>>;

export type Action = keyof typeof POLICY;
export const ACTIONS = Object.keys(POLICY) as readonly Action[];

export function may(actor: AccessActor, action: Action): boolean {
  const holders: readonly Holder[] = POLICY[action];
  return holders.includes(actor.kind === 'agency' ? 'agency' : actor.role) && scopeMissing(actor, action) === null;
}

/** What a token of an agency has to be good for, for each thing that an agency may do. */
const SCOPE_OF: Readonly<Partial<Record<Action, Scope>>> = {
  'referral:submit': 'referrals:submit',
  'referral:read-own': 'referrals:read-own',
  'referral:add': 'referrals:submit',
  'referral:attach': 'referrals:submit',
  'code-lists:read': 'referrals:submit',
  'events:read': 'referrals:read-own',
  'webhooks:manage': 'webhooks:manage',
  'own-requests:read': 'information:answer',
  'request:read': 'information:answer',
  'request:answer': 'information:answer',
};

/** The scope that a token of an agency lacks for an action that agencies may do; null where it lacks none. */
export function scopeMissing(actor: AccessActor, action: Action): Scope | null {
  if (actor.kind !== 'agency') return null;
  const scope = SCOPE_OF[action];
  return scope === undefined || actor.scopes.includes(scope) ? null : scope;
}

/** Whether a person can hold referrals. */
export function mayHold(person: Omit<StaffActor, 'kind'>): boolean {
  return may({ kind: 'staff', ...person }, 'referral:claim');
}
