import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Policies } from '#deadlines';
import { capOf } from '#domain';
import { Database } from '#store';
import { readLoads } from './read-loads.ts';

/** The points of what a person has, and those that the person may have (policy key `workload`). */
export interface Caseload {
  readonly points: number;
  readonly cap: number;
}

/** How full a person's own hands are. */
@Injectable()
export class ReadCaseload {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async execute(by: StaffActor): Promise<Caseload> {
    return this.database.as(by).transaction(async (tx) => {
      const { policy } = await this.policies.inForce(tx);
      const load = (await readLoads(tx, policy)).find(({ id }) => id === by.id);
      return { points: load?.points ?? 0, cap: load?.cap ?? capOf(policy, 100) };
    });
  }
}
