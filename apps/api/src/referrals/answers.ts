import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { OwnReferral, SubmissionAnswer } from '#referrals';

const REFERENCE = { example: 'MASH-7K3F-9QXT', description: 'Short enough to say on the telephone.' };
const INSTANT = { type: 'string', format: 'date-time' } as const;

/** How the answers of the referral routes look in the OpenAPI document. */
export class SubmissionAnswerBody implements SubmissionAnswer {
  @ApiProperty(REFERENCE) reference!: string;
  @ApiProperty({ type: 'string', enum: ['received'] }) status!: 'received';
  @ApiProperty({ ...INSTANT, description: 'Every clock starts here.' }) receivedAt!: string;
  @ApiProperty({ ...INSTANT, description: 'By when the hub means to have decided.' }) decisionExpectedBy!: string;
  @ApiProperty({ description: 'What to do meanwhile.' }) advice!: string;
}

export class OwnReferralAnswer implements Omit<OwnReferral, 'version'> {
  @ApiProperty(REFERENCE) reference!: string;
  @ApiProperty({ type: 'string', enum: ['received', 'in_triage', 'decided'] }) status!: OwnReferral['status'];
  @ApiProperty(INSTANT) receivedAt!: string;
  @ApiProperty(INSTANT) decisionExpectedBy!: string;
}

class FaultAnswer {
  @ApiProperty({ example: '/children/0/nhsNumber' }) pointer!: string;
  @ApiProperty({ example: 'nhs_number_check_digit' }) code!: string;
  @ApiProperty() detail!: string;
}

export class ProblemAnswer {
  @ApiProperty({ example: 'urn:mash-triage:problem:invalid-referral' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiPropertyOptional() detail?: string;
  @ApiProperty({ description: 'Names the request, for asking us about it.' }) instance!: string;
  @ApiPropertyOptional({ type: [FaultAnswer], maxItems: 100 }) errors?: FaultAnswer[];
  @ApiPropertyOptional({ type: 'integer', description: 'How many faults there are beside those in errors.' })
  moreFaults?: number;
}
