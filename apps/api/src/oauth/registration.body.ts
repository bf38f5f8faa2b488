import { ApiProperty } from '@nestjs/swagger';
import { SCOPES } from '#access';
import { codes } from './answers.ts';

/** What developers of an agency say of their program, as a form. */
export class RegistrationBody {
  @ApiProperty({
    description: 'What the program is called, for the people of the hub.',
    example: 'Loomgate School information system',
    minLength: 1,
    maxLength: 200,
  })
  readonly client_name!: string;
  @ApiProperty({
    required: false,
    description: 'Its public key, as PEM or as a JSON Web Key. Or send `jwks_uri`: one of the two.',
    example:
      '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n',
    maxLength: 10_000,
  })
  readonly public_key?: string;
  @ApiProperty({
    required: false,
    description: 'The https address at which it shows its keys.',
    example: 'https://school.example.org/jwks.json',
    maxLength: 1_000,
  })
  readonly jwks_uri?: string;
}

/** The program that was let in (RFC 7591). */
export class RegistrationAnswer {
  @ApiProperty({
    description: 'By which it names itself: `iss` and `sub` of its assertions.',
    format: 'uuid',
    example: '01900000-0000-7000-8000-000000000000',
    maxLength: 36,
  })
  readonly client_id!: string;
  @ApiProperty({
    type: 'integer',
    description: 'When it was let in, in seconds since 1970.',
    example: 1_795_000_000,
    minimum: 0,
    maximum: 99_999_999_999,
  })
  readonly client_id_issued_at!: number;
  @ApiProperty({ description: 'As it was sent.', example: 'Loomgate School information system', maxLength: 200 })
  readonly client_name!: string;
  @ApiProperty({ description: 'What it may ask for, between spaces.', example: SCOPES.join(' '), maxLength: 200 })
  readonly scope!: string;
  @ApiProperty({
    description: 'How it identifies itself.',
    ...codes({ private_key_jwt: 'By an assertion that it signs with its private key' }),
  })
  readonly token_endpoint_auth_method!: 'private_key_jwt';
  @ApiProperty({
    required: false,
    description: 'The name of its key, for `kid` in the header of its assertions. Left out for keys of an address.',
    example: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    maxLength: 200,
  })
  readonly key_id?: string;
}

/** Why it was not let in, as RFC 7591 has it. */
export class RegistrationErrorAnswer {
  @ApiProperty({
    description: 'The kind of fault.',
    ...codes({
      invalid_token: 'The invitation is not good',
      invalid_client_metadata: 'What is said of the program is wrong',
    }),
  })
  readonly error!: string;
  @ApiProperty({
    description: 'Names what is wrong, and what is expected.',
    example: 'Send either public_key or jwks_uri',
    maxLength: 1_000,
  })
  readonly error_description!: string;
}
