import { ApiProperty } from '@nestjs/swagger';
import { SCOPES } from '#access';

const SCOPE = SCOPES.join(' ');
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** A list of codes with what each means. */
export const codes = (words: Readonly<Record<string, string>>) => ({
  type: 'string' as const,
  enum: Object.keys(words),
  example: Object.keys(words)[0],
  'x-enumDescriptions': words,
});

/** What a client sends for an access token, as a form. */
export class TokenRequestBody {
  @ApiProperty({
    description: 'How the client identifies itself.',
    ...codes({ client_credentials: 'By itself, for no person' }),
  })
  readonly grant_type!: 'client_credentials';
  @ApiProperty({ description: 'What kind of assertion it is.', ...codes({ [ASSERTION_TYPE]: 'A signed JWT' }) })
  readonly client_assertion_type!: string;
  @ApiProperty({
    description:
      'A JWT that you sign with RS256, PS256, ES256 or EdDSA. iss and sub: the id of your client. aud: the address of this endpoint, to the character. exp: at most 300 seconds ahead. jti: a new text for each assertion. kid in the header, where the client has two keys.',
    example: 'eyJhbGciOiJFUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiIwMTlhYmNkZS0ifQ.c2lnbmF0dXJl',
    maxLength: 8_000,
  })
  readonly client_assertion!: string;
  @ApiProperty({
    required: false,
    description: 'Fewer scopes than your client has, between spaces.',
    example: SCOPE,
    maxLength: 200,
  })
  readonly scope?: string;
}

/** An access token, as RFC 6749 has it. */
export class TokenAnswer {
  @ApiProperty({
    description: 'Send it as Authorization: Bearer.',
    maxLength: 200,
    example: 'mash_Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbiE',
  })
  readonly access_token!: string;
  @ApiProperty({ description: 'How the token is sent.', ...codes({ Bearer: 'In the header Authorization' }) })
  readonly token_type!: 'Bearer';
  @ApiProperty({
    type: 'integer',
    description: 'The seconds for which it is good.',
    example: 600,
    minimum: 1,
    maximum: 3_600,
  })
  readonly expires_in!: number;
  @ApiProperty({ description: 'What it is good for, between spaces.', example: SCOPE, maxLength: 200 })
  readonly scope!: string;
}

/** Why no token is given, as RFC 6749 has it. */
export class TokenErrorAnswer {
  @ApiProperty({
    description: 'The kind of fault.',
    ...codes({
      invalid_client: 'The assertion is not accepted',
      invalid_request: 'A parameter is missing, wrong, or there twice',
      invalid_scope: 'The client does not have a scope that it asks for',
      unsupported_grant_type: 'The grant type is not client_credentials',
    }),
  })
  readonly error!: string;
  @ApiProperty({
    description: 'Names the parameter or the claim, and the value that is expected.',
    example: 'aud must be exactly https://mash.example.org/oauth2/token',
    maxLength: 1_000,
  })
  readonly error_description!: string;
}
