import { Controller, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AgencyLimits,
  BadKey,
  ClientInvitations,
  KeySets,
  NoKeys,
  OpenToAll,
  readPublicKey,
  type InvitedClient,
} from '#access';
import { RefusalRecord } from '#audit';
import { SERVICE } from '#store';
import type { Request, Response } from 'express';
import { Answers } from '../contract/answers.decorator.ts';
import { tooManyRequests } from '../problems/too-many-requests.ts';
import { readParameters } from './read-parameters.ts';
import { RegistrationAnswer, RegistrationBody, RegistrationErrorAnswer } from './registration.body.ts';

/** Why developers are not let in, by the codes of RFC 7591 and RFC 6750. */
class BadRegistration extends Error {
  constructor(
    readonly error: 'invalid_token' | 'invalid_client_metadata',
    readonly description: string,
  ) {
    super(error);
  }
}

const NO_INVITATION =
  'The invitation is not known, was used, was withdrawn, or is older than seven days. Ask the hub for another';

/**
 * Where developers with an invitation let their program in by themselves, in the manner of RFC 7591: by a form instead of JSON,
 * because curl sends a key file so with one word.
 */
@ApiTags('access tokens')
@OpenToAll('developers identify themselves by the invitation that they send')
@Controller('oauth2/register')
export class RegistrationController {
  constructor(
    private readonly invitations: ClientInvitations,
    private readonly keySets: KeySets,
    private readonly limits: AgencyLimits,
    private readonly record: RefusalRecord,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiBearerAuth()
  @ApiOperation({
    operationId: 'registerClient',
    summary: 'Let your program in, with an invitation of the hub',
    description:
      'Send the invitation as Authorization: Bearer. It lets in one program of your agency, with its public key. Nothing private is sent.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: RegistrationBody, required: true })
  @Answers({ status: 201, type: RegistrationAnswer, description: 'The program may ask for tokens now.', headers: [] })
  @Answers({
    status: 400,
    type: RegistrationErrorAnswer,
    description: 'Something of the program is wrong.',
    headers: [],
  })
  @Answers({ status: 401, type: RegistrationErrorAnswer, description: 'The invitation is not good.', headers: [] })
  async register(
    @Req() request: Request,
    @Res() response: Response,
    @Headers('authorization') authorization = '',
  ): Promise<void> {
    const caller = this.limits.keyOf(request.ip);
    const flood = this.limits.floods.known(caller);
    if (flood !== null) throw tooManyRequests(this.limits.floods, flood);
    try {
      const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
      // Before the body is looked at: who has no invitation learns nothing of what a program needs.
      if (token === undefined || !(await this.invitations.isGood(token)))
        throw new BadRegistration('invalid_token', NO_INVITATION);
      const client = await this.clientIn(await readParameters(request, response));
      const letIn = await this.invitations.use(token, client);
      if (letIn === null) throw new BadRegistration('invalid_token', NO_INVITATION);
      response.status(201).json({
        client_id: letIn.clientId,
        client_id_issued_at: Math.floor(letIn.at.epochMilliseconds / 1000),
        client_name: client.name,
        scope: letIn.scopes.join(' '),
        token_endpoint_auth_method: 'private_key_jwt',
        ...(client.key && { key_id: client.key.kid }),
      } satisfies RegistrationAnswer);
    } catch (error) {
      if (!(error instanceof BadRegistration)) throw error;
      const [standing] = await Promise.all([this.limits.failures.count(caller), this.limits.floods.count(caller)]);
      if (standing.isOver) throw tooManyRequests(this.limits.failures, standing);
      if (error.error === 'invalid_token')
        await this.record.note({ act: 'credential.rejected', actor: SERVICE, details: { why: 'invitation' } });
      response
        .status(error.error === 'invalid_token' ? 401 : 400)
        .json({ error: error.error, error_description: error.description });
    }
  }

  /** @throws BadRegistration */
  private async clientIn(form: URLSearchParams | string): Promise<InvitedClient> {
    const bad = (description: string) => new BadRegistration('invalid_client_metadata', description);
    if (typeof form === 'string') throw bad(form);
    const name = (form.get('client_name') ?? '').trim().normalize('NFC');
    const [key, address] = [form.get('public_key'), form.get('jwks_uri')];
    if (name === '' || [...name].length > 200 || /[\p{Cc}\p{Cf}]/u.test(name))
      throw bad('client_name must be a text of 1 to 200 characters');
    if ((key === null) === (address === null)) throw bad('Send either public_key or jwks_uri');
    if ((key ?? '').length > 10_000 || (address ?? '').length > 1_000)
      throw bad('public_key must have 10,000 characters or fewer, and jwks_uri 1,000');
    try {
      return key === null
        ? { name, keySet: await this.keySets.look(address!) }
        : { name, key: await readPublicKey(key) };
    } catch (error) {
      if (error instanceof BadKey) throw bad(error.words);
      if (error instanceof NoKeys) throw bad(error.message);
      throw error;
    }
  }
}
