import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { partReports, TellOfThirdContact } from '#children';
import { Policies } from '#deadlines';
import { Database, once } from '#store';
import { beginWhatIsMissing } from './what-follows.ts';

export interface EndSameIncidentCommand {
  /** The id of what was said. */
  readonly said: string;
  readonly reason: string;
  readonly formId: string;
  readonly by: StaffActor;
}

/**
 * A person says that two reports are of two incidents after all: each counts by itself again. A report that is decided and
 * followed another begins a discussion and a route of its own.
 */
@Injectable()
export class EndSameIncident {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly thirdContact: TellOfThirdContact,
  ) {}

  /** @throws Refused `not-found`, also when it has ended, or `form-sent-before` */
  async execute({ formId, ...command }: EndSameIncidentCommand): Promise<void> {
    const { said, reason, by } = command;
    const form = { id: formId, kind: 'end-same-incident', answers: { said, reason } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await beginWhatIsMissing(tx, this.policies, await partReports(tx, this.thirdContact, command));
        return {};
      }),
    );
  }
}
