import { Controller, Get, Param } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { OpenAttachment } from '#attachments';
import { FILE_KINDS } from '#domain';
import type { Answer } from '../../shell/answer/answer.ts';
import { InertFile } from '../../shell/answer/inert-file.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';

/** A file that an agency added to a referral: saved by the browser, and never shown as a page. */
@Controller('referrals/:reference/files')
export class AttachmentController {
  constructor(private readonly openAttachment: OpenAttachment) {}

  @Get(':attachment')
  @Needs('referral:read')
  async open(
    @Param('reference', ReferencePipe) reference: string,
    @Param('attachment') attachment: string,
    @SignedIn() by: StaffActor,
  ): Promise<Answer> {
    const { number, kind, size, bytes } = await this.openAttachment.execute({ reference, attachment, by });
    const { mediaType, ending } = FILE_KINDS[kind];
    return new InertFile(`${reference}-file-${number}.${ending}`, mediaType, size, bytes);
  }
}
