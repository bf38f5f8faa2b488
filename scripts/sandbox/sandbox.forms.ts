import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { SANDBOX_OUTCOMES, type SandboxOutcome } from './sandbox-outcomes.ts';

/** `{"forward": "PT20M"}` */
export class ClockBody {
  @Matches(/^P(?=.)(\d{1,3}D)?(T(?=.)(\d{1,4}H)?(\d{1,5}M)?)?$/, {
    message: 'forward must be a time span such as PT20M, PT4H or P1D',
  })
  readonly forward!: string;
}

/** `{"outcome": "early_help"}` */
export class DecisionBody {
  @IsIn(SANDBOX_OUTCOMES, { message: `outcome must be one of: ${SANDBOX_OUTCOMES.join(', ')}` })
  readonly outcome: SandboxOutcome = 'child_and_family_assessment';
}

/** `{"whatFor": "Is the family known?"}` */
export class QuestionBody {
  @IsOptional()
  @IsString({ message: 'whatFor must be a text' })
  @Length(1, 1000, { message: 'whatFor must have 1 to 1,000 characters' })
  readonly whatFor: string = 'Is the family known to you?';
}
