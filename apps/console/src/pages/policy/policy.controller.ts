import { may, Needs, type StaffActor } from '#access';
import { HubTime, ReadVersions } from '#deadlines';
import { Controller, Get, Post, Query } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { presentRules } from './decision-rules.presenter.ts';
import { presentFollowUps } from './follow-up-rules.presenter.ts';
import { POLICY, presentRatings } from './policy.presenter.ts';
import { presentWorkloadRules } from './workload-rules.form.ts';
import { VersionForms } from './version-forms.ts';
import { VersionForm } from './version.form.ts';
import { presentVersions } from './versions.presenter.ts';

@Controller('policy')
export class PolicyController {
  constructor(
    private readonly forms: VersionForms,
    private readonly read: ReadVersions,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('policy:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    const page = await this.read.policy(by);
    const inForce = page.versions.find(({ isInForce }) => isInForce)!;
    return view('pages/policy/policy.njk', {
      mayChange: may(by, 'policy:change'),
      version: inForce.version,
      ratings: presentRatings(inForce.data),
      rules: presentRules(inForce.data),
      followUps: presentFollowUps(inForce.data),
      workload: presentWorkloadRules(inForce.data),
      statutoryDays: inForce.data.statutoryDecisionDue.workingDays,
      versions: presentVersions(page, this.time.zone),
    });
  }

  @Get('change')
  @Needs('policy:change')
  async change(@Query('base') base: unknown, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.forms.show(POLICY, await this.read.policy(by), base);
  }

  @Post('change')
  @Needs('policy:change')
  async changed(
    @SignedIn() by: StaffActor,
    @PostedForm(VersionForm) posted: Posted<VersionForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    return this.forms.receive(POLICY, await this.read.policy(by), posted, { formId, by });
  }
}
