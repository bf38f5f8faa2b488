import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Database, sql } from '#store';
import type { Request } from 'express';
import { LONGEST_SESSION_MS } from './sessions.ts';

/** One place where a person is signed in. Sessions are on the machine's own clock. */
export interface OwnSession {
  readonly signedInAt: Temporal.Instant;
  /** To the minute: what is done in between is not noted. */
  readonly activeAt: Temporal.Instant;
  readonly isHere: boolean;
}

/** Where a person is signed in, so that they notice a session that is not theirs. */
@Injectable()
export class OwnSessions {
  constructor(private readonly database: Database) {}

  /** @returns the latest act first */
  async of(by: StaffActor, { sessionID: here }: Request): Promise<readonly OwnSession[]> {
    const rows = await this.database.as(by).rows<{ signedInAt: string; activeAt: string; isHere: boolean }>(sql`
      SELECT sess->>'signedInAt' AS "signedInAt", sess->>'activeAt' AS "activeAt", sid = ${here} AS "isHere" FROM session
      WHERE sess->>'staffId' = ${by.id} AND expire > now()
        AND (sess->>'signedInAt')::bigint > ${Date.now() - LONGEST_SESSION_MS}::bigint
      ORDER BY (sess->>'activeAt')::bigint DESC, sid`);
    return rows.map(({ signedInAt, activeAt, isHere }) => ({
      signedInAt: at(signedInAt),
      activeAt: at(activeAt),
      isHere,
    }));
  }
}

const at = (milliseconds: string) => Temporal.Instant.fromEpochMilliseconds(Number(milliseconds));
