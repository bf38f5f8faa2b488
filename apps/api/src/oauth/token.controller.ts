import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AgencyLimits, BadAssertion, claimedClient, IssueToken, OpenToAll, VerifyAssertion } from '#access';
import { RefusalRecord } from '#audit';
import { ApiSettings } from '#platform';
import { SERVICE, type Actor } from '#store';
import type { Request, Response } from 'express';
import { Answers } from '../contract/answers.decorator.ts';
import { tooManyRequests } from '../problems/too-many-requests.ts';
import { readParameters } from './read-parameters.ts';
import { TokenAnswer, TokenErrorAnswer, TokenRequestBody } from './answers.ts';

/** As the contract says. */
const LONGEST_ASSERTION = 8_000;
const LONGEST_SCOPE = 200;
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Where a client of an agency gets an access token: OAuth 2 client credentials with a signed assertion (RFC 6749, RFC 7523). */
@ApiTags('access tokens')
@OpenToAll('a client identifies itself by the assertion that it sends')
@Controller('oauth2/token')
export class TokenController {
  private readonly audience: string;

  constructor(
    private readonly verify: VerifyAssertion,
    private readonly issueToken: IssueToken,
    private readonly limits: AgencyLimits,
    private readonly record: RefusalRecord,
    { API_URL }: ApiSettings,
  ) {
    this.audience = `${API_URL}/oauth2/token`;
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'issueToken',
    // The assertion in the form is all that identifies the client.
    security: [],
    summary: 'Get an access token',
    description:
      'Sign an assertion with the private key of your client, and send it as a form. The token is good for ten minutes: ask for the next one when it runs out, with a new assertion.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenRequestBody, required: true })
  @Answers({ status: 200, type: TokenAnswer, description: 'The access token.', headers: [] })
  @Answers({ status: 400, type: TokenErrorAnswer, description: 'Something of the request is wrong.', headers: [] })
  @Answers({ status: 401, type: TokenErrorAnswer, description: 'The assertion is not accepted.', headers: [] })
  async issue(@Req() request: Request, @Res() response: Response): Promise<void> {
    let caller = this.limits.keyOf(request.ip);
    try {
      const { assertion, scope } = await readForm(request, response);
      // Of each client that an address names by itself: one that goes on failing holds up no other.
      caller = `${caller} ${claimedClient(assertion) ?? ''}`.trim();
      const flood = this.limits.floods.known(caller);
      if (flood !== null) throw tooManyRequests(this.limits.floods, flood);
      const verified = await this.verify.execute(assertion, this.audience);
      // Counted by the client that signed: assertions that others make in its name take nothing from it.
      const standing = await this.limits.tokens.count(verified.said.clientId);
      if (standing.isOver) throw tooManyRequests(this.limits.tokens, standing);
      const { token, seconds, scopes } = await this.issueToken.execute(verified, scope);
      const answer = { access_token: token, token_type: 'Bearer', expires_in: seconds, scope: scopes.join(' ') };
      response.status(200).json(answer);
    } catch (error) {
      if (!(error instanceof BadAssertion)) throw error;
      const [standing] = await Promise.all([this.limits.failures.count(caller), this.limits.floods.count(caller)]);
      // A good assertion from there is still taken: who fails in its name holds up no client.
      if (standing.isOver) throw tooManyRequests(this.limits.failures, standing);
      const { signer } = error;
      const actor: Actor = signer === null ? SERVICE : { kind: 'agency', id: signer.agencyId };
      const whose = signer === null ? {} : { clientId: signer.clientId, keyId: signer.keyId };
      await this.record.note({ act: 'credential.rejected', actor, details: { why: error.error, ...whose } });
      const status = error.error === 'invalid_client' ? 401 : 400;
      response.status(status).json({ error: error.error, error_description: error.description });
    }
  }
}

/** @throws BadAssertion for a form that is none, or that lacks or repeats a parameter */
async function readForm(request: Request, response: Response) {
  const bad = (description: string) => new BadAssertion('invalid_request', description);
  const form = await readParameters(request, response);
  if (typeof form === 'string') throw bad(form);
  if (form.get('grant_type') !== 'client_credentials') {
    throw new BadAssertion('unsupported_grant_type', 'grant_type must be client_credentials');
  }
  if (form.get('client_assertion_type') !== ASSERTION_TYPE)
    throw bad(`client_assertion_type must be ${ASSERTION_TYPE}`);
  const assertion = form.get('client_assertion') ?? '';
  if (assertion === '') throw bad('client_assertion is missing: sign a JWT with the private key of your client');
  if (assertion.length > LONGEST_ASSERTION) throw bad('client_assertion must be 8,000 characters or fewer');
  const scope = form.get('scope') ?? undefined;
  if ((scope ?? '').length > LONGEST_SCOPE) throw bad('scope must be 200 characters or fewer');
  return { assertion, scope };
}
