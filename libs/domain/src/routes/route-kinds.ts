/** Where the decision on a referral may send a family. */
export const ROUTE_KINDS = ['locality', 'edge_of_care', 'allocated_worker', 'other_authority', 'lado'] as const;
/** One code of {@link ROUTE_KINDS}. */
export type RouteKind = (typeof ROUTE_KINDS)[number];
/** The kinds whose time to answer is said by `routeDue`; those of the others are follow-ups of their own. */
export const OTHER_ROUTES = ['allocated_worker', 'other_authority', 'lado'] as const satisfies readonly RouteKind[];
