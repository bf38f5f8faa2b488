import type { SubmittedAddress } from '#domain';
import { Postcode, Text, YesOrNo } from './fields.ts';
import { Uprn } from './numbers.ts';

const optional = true;

/** Where a child or an adult lives. */
export class AddressBody implements SubmittedAddress {
  @Text({ max: 200, optional, description: 'House and street.', example: '14 Loomfold Street' })
  readonly line1?: string;
  @Text({ max: 200, optional, description: 'The rest of the address.', example: 'Flat 2' })
  readonly line2?: string;
  @Text({ max: 100, optional, description: 'Town or village.', example: 'Ashton-under-Lyne' })
  readonly town?: string;
  @Postcode({ max: 10, optional, description: 'Postcode.', example: 'OL6 9ZZ' })
  readonly postcode?: string;
  @Uprn({
    optional,
    description: 'Unique Property Reference Number: one to twelve digits; spaces and hyphens are accepted and removed.',
    example: '100012345678',
  })
  readonly uprn?: string;
  @YesOrNo({
    optional,
    description: 'Whether the person lives nowhere in particular. The lines then say where letters reach them.',
    example: false,
  })
  readonly noFixedAbode?: boolean;
}
