import { Injectable } from '@nestjs/common';
import { isHiddenFrom, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import {
  isRouteOpen,
  parseReferralReference,
  routeStateOf,
  type Rating,
  type RouteFacts,
  type RouteState,
  type SubmittedReferral,
  type TeamOfFamily,
} from '#domain';
import { Database, sql, type Route, type Transaction } from '#store';
import { localitiesInForce, type LocalitiesInForce } from './localities/localities-in-force.ts';
import { STATE } from './route-in-sql.ts';
import { teamByAddress } from './team-by-address.ts';

/** A route as pages show it. */
export interface RouteLine extends Pick<
  Route,
  | 'id'
  | 'kind'
  | 'team'
  | 'recipient'
  | 'chosenBy'
  | 'reason'
  | 'sentAt'
  | 'dueAt'
  | 'answer'
  | 'answeredBy'
  | 'answeredAt'
  | 'answerReason'
  | 'endedAt'
  | 'endReason'
> {
  readonly state: RouteState;
  /** The name of the team when it was sent; null for none. */
  readonly teamName: string | null;
  readonly sentBy: string;
  readonly recordedBy: string | null;
}

/** A route of the list, with its referral. */
export interface ListedRoute extends RouteLine {
  readonly reference: string;
  readonly rating: Rating;
  /** The person may not open it: its line says that there is work, and no word. */
  readonly isHidden: boolean;
}

/** What a route says of a family: words of people, and the place where the family lives. */
type WordsOfRoute = Pick<
  RouteLine,
  'team' | 'recipient' | 'chosenBy' | 'reason' | 'answeredBy' | 'answerReason' | 'endReason' | 'teamName'
>;

const WITHOUT_WORDS: WordsOfRoute = {
  ...{ team: null, recipient: null, chosenBy: null, reason: null, answeredBy: null, answerReason: null },
  ...{ endReason: null, teamName: null },
};

/** What the list of routes is asked for. */
export interface RoutesFilter {
  /** `all`: every route that has not ended. */
  readonly state: Exclude<RouteState, 'ended'> | 'all';
  /** The code of a team; empty for all. */
  readonly team: string;
}

export interface ListOfRoutes {
  /** The first due first; of those that are accepted the latest first. */
  readonly routes: readonly ListedRoute[];
  readonly counts: Readonly<Record<Exclude<RouteState, 'ended'>, number>>;
  readonly localities: LocalitiesInForce['localities'];
  /** How many families were sent to each team, by month and the code of the team, the latest month first. */
  readonly volume: readonly { readonly month: string; readonly team: string; readonly sent: number }[];
  readonly now: Temporal.Instant;
}

export interface RoutesOfReferral {
  /** The latest first; without those that were taken back. */
  readonly routes: readonly RouteLine[];
  readonly localities: LocalitiesInForce['localities'];
  readonly byAddress: TeamOfFamily;
  /** What the referrer wrote of the family's agreement. */
  readonly agreement: SubmittedReferral['agreement']['status'];
}

/** As many are listed. */
export const ROUTES_LISTED = 200;

/** The work on a route `t`, which shows of every route. */
const WORK = sql`t.id, t.kind, t.sent_at AS "sentAt", t.due_at AS "dueAt", t.answer, t.answered_at AS "answeredAt",
  t.ended_at AS "endedAt", (SELECT name FROM staff_member WHERE id = t.sent_by) AS "sentBy",
  (SELECT name FROM staff_member WHERE id = t.recorded_by) AS "recordedBy"`;

const WORDS = sql`t.team, t.recipient, t.chosen_by AS "chosenBy", t.reason, t.answered_by AS "answeredBy",
  t.answer_reason AS "answerReason", t.end_reason AS "endReason",
  (SELECT listed->>'name' FROM locality_version v, jsonb_array_elements(v.localities->'teams') listed
   WHERE v.version = t.locality_version AND listed->>'code' = t.team) AS "teamName"`;

/** Where families were sent, and what came of it. */
@Injectable()
export class ReadRoutes {
  constructor(private readonly database: Database) {}

  /** The routes that have not ended. The reading is on the record. */
  async list({ state, team }: RoutesFilter, timeZone: string, by: StaffActor): Promise<ListOfRoutes> {
    return this.database.as(by).transaction(async (tx) => {
      // A family that no team has taken waits also where the person may not open the referral. The list of one team is a list of places.
      const ofTeam = sql`(${team} = '' OR (t.team = ${team} AND NOT ${isHiddenFrom(by.id)}))`;
      const rows = await tx.overAll((all) =>
        all.rows<Omit<ListedRoute, keyof WordsOfRoute | 'isHidden'>>(sql`
        SELECT r.reference, r.rating, ${STATE} AS state, ${WORK} FROM route t JOIN referral r ON r.id = t.referral_id
        WHERE t.ended_at IS NULL AND (${state} = 'all' OR ${STATE} = ${state}) AND ${ofTeam}
        ORDER BY t.answer = 'accepted' NULLS FIRST, CASE WHEN t.answer = 'accepted' THEN NULL ELSE t.due_at END,
          t.sent_at DESC, t.id LIMIT ${ROUTES_LISTED}`),
      );
      const words = new Map(
        (
          await tx.rows<WordsOfRoute & { id: string }>(sql`
            SELECT t.id, ${WORDS} FROM route t WHERE t.id = ANY(${rows.map(({ id }) => id)}::uuid[])`)
        ).map(({ id, ...said }) => [id, said]),
      );
      const counted = await tx.overAll((all) =>
        all.rows<{ state: RouteState; count: number }>(sql`
        SELECT ${STATE} AS state, count(*)::int AS count FROM route t JOIN referral r ON r.id = t.referral_id
        WHERE t.ended_at IS NULL AND ${ofTeam} GROUP BY 1`),
      );
      const count = (one: RouteState) => counted.find((row) => row.state === one)?.count ?? 0;
      await tx.insert(auditEntry(tx, 'routes.read', null, { state, count: rows.length }));
      return {
        routes: rows.map((row) => ({
          ...row,
          ...(words.get(row.id) ?? WITHOUT_WORDS),
          isHidden: !words.has(row.id),
        })),
        counts: {
          ...{ no_recipient: count('no_recipient'), awaiting: count('awaiting') },
          ...{ returned: count('returned'), accepted: count('accepted') },
        },
        ...{
          localities: (await localitiesInForce(tx)).localities,
          volume: await tx.overAll((all) => volumeOf(all, timeZone)),
        },
        now: tx.now,
      };
    });
  }

  /** The routes of a referral that the person has opened: the opening is on the record. Null where it was sent nowhere. */
  async ofReferral(reference: string, by: StaffActor): Promise<RoutesOfReferral | null> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.row<{ id: string; agreement: RoutesOfReferral['agreement'] }>(sql`
        SELECT id, mash.submitted(id)->'agreement'->>'status' AS agreement FROM referral
        WHERE reference = ${parseReferralReference(reference) ?? ''}`);
      if (found === null) return null;
      const rows = await tx.rows<Omit<RouteLine, 'state'>>(sql`
        SELECT ${WORK}, ${WORDS} FROM route t WHERE t.referral_id = ${found.id} AND t.end_reason IS DISTINCT FROM 'undone'
        ORDER BY t.sent_at DESC, t.id DESC`);
      if (rows.length === 0) return null;
      const { localities } = await localitiesInForce(tx);
      const byAddress = await teamByAddress(tx, found.id, localities);
      const routes = rows.map((row) => ({ ...row, state: stateOf(row) }));
      return { routes, localities, byAddress, agreement: found.agreement };
    });
  }
}

/** The route of a referral with which the hub has something to do; null when there is none. */
export function openRouteOf({ routes }: Pick<RoutesOfReferral, 'routes'>): RouteLine | null {
  return routes.find(({ state }) => isRouteOpen(state)) ?? null;
}

function stateOf(row: Omit<RouteFacts, 'hasEnded'> & Pick<Route, 'endedAt'>): RouteState {
  return routeStateOf({ ...row, hasEnded: row.endedAt !== null });
}

/** Every family counts once a team in a month, also one that was sent on to it. */
async function volumeOf(tx: Transaction, timeZone: string): Promise<ListOfRoutes['volume']> {
  return tx.rows<ListOfRoutes['volume'][number]>(sql`
    SELECT to_char(sent_at AT TIME ZONE ${timeZone}, 'YYYY-MM') AS month, team,
      count(DISTINCT referral_id)::int AS sent
    FROM route
    WHERE kind = 'locality' AND team IS NOT NULL AND end_reason IS DISTINCT FROM 'undone'
      AND sent_at >= date_trunc('month', ${tx.now}::timestamptz AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}
        - interval '6 months'
    GROUP BY 1, 2 ORDER BY 1 DESC, 2`);
}
