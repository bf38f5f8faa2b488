import { IsIn, Matches } from 'class-validator';
import type { Audience } from '#oversight';

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

export class EvidenceForm {
  @Matches(MONTH, { message: 'Select the first month' }) readonly from: string = '';
  @Matches(MONTH, { message: 'Select the last month' }) readonly to: string = '';
  @IsIn(['publication', 'inspectorate'], { message: 'Select who it is for' }) readonly audience!: Audience;
}
