import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadUndoable, UndoDecision } from '#decisions';
import type { Audience } from '#domain';
import { ReadChallenges } from '#oversight';
import { ReadReferral, type ReferralPage } from '#referrals';
import { ClaimReferral, NameReferrals, ReadTakenWith } from '#work';
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { AroundReferral } from '../../shell/referral/around-referral.ts';
import { justDone, type JustDone } from '../../shell/referral/just-done.ts';
import { presentChallenge } from '../oversight-challenges/challenge.presenter.ts';
import { presentAlsoHeld, pressesTakenBack } from './also-held.presenter.ts';
import { tabsOf } from './referral-tabs.ts';
import { presentReferral } from './referral.presenter.ts';
import { UndoForm } from './undo.form.ts';

/** The parts of a referral's page, each with its template. */
const PARTS = {
  summary: 'pages/referral/referral.njk',
  timeline: 'pages/referral/timeline.njk',
  decisions: 'pages/referral/decisions.njk',
  access: 'pages/referral/access.njk',
  print: 'pages/referral/print.njk',
  'for-family': 'pages/referral/for-family.njk',
} as const;

/** For whom the parts are that leave the hub. */
const AUDIENCE_OF: Partial<Record<keyof typeof PARTS, Audience>> = {
  print: 'receiving_service',
  'for-family': 'family',
};

@Controller('referrals/:reference')
export class ReferralController {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly claimReferral: ClaimReferral,
    private readonly undoDecision: UndoDecision,
    private readonly undoable: ReadUndoable,
    private readonly takenWith: ReadTakenWith,
    private readonly nameReferrals: NameReferrals,
    private readonly challenges: ReadChallenges,
    private readonly around: AroundReferral,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:read')
  async summary(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @Query('done') done?: unknown,
  ): Promise<Answer> {
    return this.show('summary', reference, by, await justDone(this.undoable, done, by));
  }

  @Get('timeline')
  @Needs('referral:read')
  async timeline(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.show('timeline', reference, by);
  }

  @Get('decisions')
  @Needs('referral:read')
  async decisions(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.show('decisions', reference, by);
  }

  @Get('access')
  @Needs('referral:read')
  async access(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.show('access', reference, by);
  }

  @Get('print')
  @Needs('referral:read')
  async print(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.show('print', reference, by);
  }

  @Get('for-family')
  @Needs('referral:read')
  async forFamily(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.show('for-family', reference, by);
  }

  @Post('claim')
  @FormOn('/referrals/:reference')
  @Needs('referral:claim')
  async claim(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    await this.claimReferral.execute({ reference, by });
    return redirect(`/referrals/${reference}`);
  }

  @Post('undo')
  @FormOn('/referrals/:reference')
  @Needs('referral:decide')
  async undo(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(UndoForm) { form }: Posted<UndoForm>,
  ): Promise<Answer> {
    await this.undoDecision.execute({ reference, undoes: form.undoes, by });
    return redirect(`/referrals/${reference}`, {
      notice: `What you did to ${reference} is taken back. No agency was told.`,
    });
  }

  private async show(
    part: keyof typeof PARTS,
    reference: string,
    by: StaffActor,
    done: JustDone | null = null,
  ): Promise<Answer> {
    const audience = AUDIENCE_OF[part] ?? 'hub';
    const isPaper = audience !== 'hub';
    const page = await this.readReferral.execute({ reference, by, how: isPaper ? 'printed' : 'read' });
    const challenges = part === 'summary' ? await this.challenges.ofReferral(reference, by) : [];
    const around = part === 'summary' || isPaper ? await this.around.of(page, by, audience) : {};
    return view(PARTS[part], {
      ...around,
      challenges: challenges.map((one) => presentChallenge(one, page.now, this.time.zone)),
      ...presentReferral(page, by, this.time.zone, isPaper),
      tabs: tabsOf(page.reference, part === 'for-family' ? 'print' : part),
      justDone: done,
      alsoHeld: part === 'summary' ? await this.alsoHeld(page, by) : [],
    });
  }

  private async alsoHeld(page: ReferralPage, by: StaffActor) {
    const presses = pressesTakenBack(page, by);
    const taken = await this.takenWith.execute({ reference: page.reference, presses, by });
    return presentAlsoHeld(taken, await this.nameReferrals.execute(taken, by), page.now, this.time.zone);
  }
}
