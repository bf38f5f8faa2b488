import { Controller, Get, HttpCode, Param, Post, Put, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs, type AgencyActor } from '#access';
import {
  BeginAttachment,
  BeginAttachmentBody,
  CompleteAttachment,
  ListOwnAttachments,
  readAttachment,
  StorePart,
} from '#attachments';
import type { Request, Response } from 'express';
import { Answers } from '../contract/answers.decorator.ts';
import { ATTACHMENT_EXAMPLES } from '../contract/examples.ts';
import { InvalidAs } from '../problems/invalid-as.ts';
import { REFERENCE } from '../referrals/answers.ts';
import { answerWith, PREFER } from '../referrals/answer-with.ts';
import { IDEMPOTENCY_KEY, idempotencyKeyOf } from '../referrals/idempotency-key.ts';
import { readJson } from '../referrals/read-json.ts';
import { Understood } from '../referrals/understood.guard.ts';
import { ATTACHMENT_ID, AttachmentAnswer, AttachmentsAnswer } from './answers.ts';
import { readPart } from './read-part.ts';
import { shownAttachment } from './shown-attachment.ts';

type AgencyRequest = Request & { readonly actor: AgencyActor };

const asParameter = (
  name: string,
  { example, description, ...schema }: { example?: unknown; description?: string },
) => ({
  ...{ name, example, schema },
  ...(description === undefined ? {} : { description }),
});
const OWN_REFERENCE = asParameter('reference', REFERENCE);
const ATTACHMENT = asParameter('attachment', ATTACHMENT_ID);
const NUMBER = asParameter('number', {
  ...{ type: 'integer', minimum: 1, maximum: 20, example: 1 },
  description: 'Which part it is, from 1.',
});

/** Files that an agency adds to a referral of its own, at any time, also after the decision: begun, sent in parts, completed. */
@ApiTags('attachments')
@ApiBearerAuth()
@UseGuards(Understood)
@Controller('api/v1/referrals/:reference/attachments')
export class AttachmentsController {
  constructor(
    private readonly begins: BeginAttachment,
    private readonly storePart: StorePart,
    private readonly completes: CompleteAttachment,
    private readonly listOwn: ListOwnAttachments,
  ) {}

  @Post()
  @Needs('referral:attach')
  @InvalidAs('invalid-attachment')
  @ApiOperation({
    operationId: 'beginAttachment',
    summary: 'Begin to add a file to a referral of your own',
    description:
      'PDF, pictures and Word documents of up to 20 MB, 20 files a referral, also after the decision. The answer says in which parts the file comes: send each, then complete it. A file that is not completed goes after 24 hours.',
  })
  @ApiParam(OWN_REFERENCE)
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiHeader(PREFER)
  @ApiBody({ type: BeginAttachmentBody, required: true, examples: ATTACHMENT_EXAMPLES })
  @Answers({
    status: 201,
    type: AttachmentAnswer,
    description: 'Begun. The file as it stands now, with Idempotency-Replayed: true, for the same key and body.',
    headers: ['Idempotency-Replayed', 'Preference-Applied'],
  })
  async begin(
    @Param('reference') reference: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    const idempotencyKey = idempotencyKeyOf(request);
    const file = readAttachment(readJson(request.body));
    const begun = await this.begins.execute({ reference, file, idempotencyKey, by: request.actor });
    if (begun.replayed) response.set('Idempotency-Replayed', 'true');
    answerWith(request, response, 201, shownAttachment(begun.file));
  }

  @Get()
  @Needs('referral:read-own')
  @ApiOperation({
    operationId: 'listAttachments',
    summary: 'Ask how the files stand that you added to a referral',
    description: 'Each with whether the hub checked it for viruses, and what it found.',
  })
  @ApiParam(OWN_REFERENCE)
  @ApiHeader(PREFER)
  @Answers({ status: 200, type: AttachmentsAnswer, description: 'Your files.', headers: ['Preference-Applied'] })
  async list(
    @Param('reference') reference: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    const files = await this.listOwn.execute(reference, request.actor);
    answerWith(request, response, 200, { attachments: files.map(shownAttachment) });
  }

  @Put(':attachment/parts/:number')
  @HttpCode(204)
  @Needs('referral:attach')
  @ApiOperation({
    operationId: 'storeAttachmentPart',
    summary: 'Send a part of a file',
    description:
      'In any order, several at the same time, and again where no answer came: the part that came last counts.',
  })
  @ApiParam(OWN_REFERENCE)
  @ApiParam(ATTACHMENT)
  @ApiParam(NUMBER)
  @ApiConsumes('application/octet-stream')
  @ApiBody({
    required: true,
    description: 'The bytes of the part as they are.',
    schema: { type: 'string', format: 'binary' },
  })
  @Answers({ status: 204, description: 'Stored.', headers: [] })
  async part(
    @Param('reference') reference: string,
    @Param('attachment') attachment: string,
    @Param('number') number: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    const bytes = await readPart(request, response);
    const part = /^[1-9][0-9]?$/.test(number) ? Number(number) : 0;
    await this.storePart.execute({ reference, attachment, number: part, bytes, by: request.actor });
    response.status(204).end();
  }

  @Post(':attachment/completion')
  @HttpCode(200)
  @Needs('referral:attach')
  @ApiOperation({
    operationId: 'completeAttachment',
    summary: 'Complete a file: all its parts are sent',
    description:
      'The hub compares size and SHA-256, and looks at the content. Then the file is added to the referral. Safe to repeat.',
  })
  @ApiParam(OWN_REFERENCE)
  @ApiParam(ATTACHMENT)
  @ApiHeader(PREFER)
  @Answers({
    status: 200,
    type: AttachmentAnswer,
    description: 'The hub has the file.',
    headers: ['Preference-Applied'],
  })
  async complete(
    @Param('reference') reference: string,
    @Param('attachment') attachment: string,
    @Req() request: AgencyRequest,
    @Res() response: Response,
  ): Promise<void> {
    const file = await this.completes.execute({ reference, attachment, by: request.actor });
    answerWith(request, response, 200, shownAttachment(file));
  }
}
