import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { IsIn, Matches, MaxLength } from 'class-validator';
import { Needs } from '#access';
import { OUTCOMES, type Outcome, type ThresholdLevel } from '#domain';
import { ReadReferral, RecordDecision } from '#triage';
import type { Response } from 'express';
import { HubTime } from '../../layout/hub-time.ts';
import type { StaffRequest } from '../../layout/staff-request.ts';
import { REOPEN } from '../../layout/read-form.ts';
import { codeInWords } from '../../layout/words.ts';
import { ReferralForm, type SeenFields } from '../referral-form.ts';

class DecisionForm implements SeenFields {
  @IsIn(OUTCOMES, { message: 'Select an outcome' }) readonly outcome!: Outcome;
  @IsIn(['1', '2', '3', '4'], { message: 'Select a threshold level' }) readonly thresholdLevel!: string;
  @MaxLength(20_000, { message: 'The rationale must be 20,000 characters or fewer' })
  @Matches(/\S[\s\S]{18,}\S/, { message: 'Give your rationale, in at least 20 characters' })
  readonly rationale: string = '';
  @Matches(/^\d{1,9}$/, REOPEN) readonly version!: string;
  @Matches(/^\d{1,16}$/, REOPEN) readonly openedAt!: string;
}

const LEVELS = ['Universal', 'Early help', 'Targeted', 'Acute'];

@Controller('referrals/:reference/decision')
export class DecisionController {
  private readonly form: ReferralForm<DecisionForm>;

  constructor(
    private readonly recordDecision: RecordDecision,
    readReferral: ReadReferral,
    time: HubTime,
  ) {
    this.form = new ReferralForm(DecisionForm, readReferral, time.zone, 'pages/decision.njk', () => ({
      outcomes: OUTCOMES.map((value) => ({ value, text: codeInWords(value) })),
      levels: LEVELS.map((name, index) => ({ value: String(index + 1), text: `Level ${index + 1}: ${name}` })),
    }));
  }

  @Get()
  @Needs('referral:decide')
  async show(
    @Param('reference') reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.form.show(request, response, reference);
  }

  @Post()
  @Needs('referral:decide')
  async decide(
    @Param('reference') reference: string,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const by = request.actor;
    await this.form.receive(request, response, reference, async ({ outcome, thresholdLevel, rationale }, version) => {
      const level = Number(thresholdLevel) as ThresholdLevel;
      const decision = { reference, outcome, thresholdLevel: level, rationale, version, by };
      const reasons = await this.recordDecision.execute(decision);
      return reasons.length === 0
        ? `Your decision on ${reference} is recorded and in effect.`
        : `Your decision on ${reference} is recorded. It takes effect when somebody else signs it off.`;
    });
  }
}
