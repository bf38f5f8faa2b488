import { may, Needs, type StaffActor } from '#access';
import { HubTime, PreviewVersion, PublishVersion, ReadVersions } from '#deadlines';
import { ALERT_GROUPS, CHANNELS, RATINGS, type TriagePolicy } from '#domain';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { CHANNEL_WORDS, spanInWords, stepInWords } from '../../shell/words/policy-words.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { codeInWords, ratingTag } from '../../shell/words/words.ts';
import { fieldOf, fromFields, rowsOf, toFields, type Fields } from './policy.form.ts';
import { presentVersions } from './versions.presenter.ts';
import { VersionForm } from './version-form.ts';

@Controller('policy')
export class PolicyController {
  private readonly form: VersionForm<TriagePolicy>;

  constructor(
    private readonly read: ReadVersions,
    private readonly time: HubTime,
    preview: PreviewVersion,
    publish: PublishVersion,
  ) {
    const shape = {
      view: 'pages/policy/policy-change.njk',
      readAt: '/policy',
      toFields,
      fromFields,
      fieldOf,
      asVersion: (policy: TriagePolicy) => ({ kind: 'policy', policy }) as const,
      more: formChoices,
    };
    this.form = new VersionForm(shape, preview, publish, time.zone);
  }

  @Get()
  @Needs('policy:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    const page = await this.read.policy();
    const inForce = page.versions.find(({ isInForce }) => isInForce)!;
    return view('pages/policy/policy.njk', {
      mayChange: may(by, 'policy:change'),
      version: inForce.version,
      ratings: presentRatings(inForce.data),
      statutoryDays: inForce.data.statutoryDecisionDue.workingDays,
      versions: presentVersions(page, this.time.zone),
    });
  }

  @Get('change')
  @Needs('policy:change')
  async change(@Query('base') base: unknown): Promise<Answer> {
    return this.form.show(await this.read.policy(), base);
  }

  @Post('change')
  @Needs('policy:change')
  async changed(@SignedIn() by: StaffActor, @Body() body: unknown): Promise<Answer> {
    return this.form.receive(await this.read.policy(), body, by);
  }
}

function presentRatings(policy: TriagePolicy) {
  return RATINGS.map((rating) => {
    const { decisionDue, claimDue, acknowledgementPauses, escalation } = policy.ratings[rating];
    return {
      tag: ratingTag(rating),
      decisionDue: spanInWords(decisionDue),
      claimDue: claimDue === null ? 'no limit' : spanInWords(claimDue),
      pause: spanInWords(acknowledgementPauses),
      steps: escalation.map((step) => stepInWords(step, rating)),
    };
  });
}

function formChoices(fields: Fields) {
  return {
    ratings: RATINGS.map((rating) => ({
      code: rating,
      name: codeInWords(rating),
      rows: Array.from({ length: rowsOf(fields, rating) }, (_, row) => `${rating}.${row}`),
    })),
    groups: ALERT_GROUPS.map((code) => ({ code, name: codeInWords(code) })),
    channels: CHANNELS.map((code) => ({ code, name: CHANNEL_WORDS[code] })),
  };
}
