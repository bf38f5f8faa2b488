import { Controller, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { ObjectsAway, ReceiveAttachment, UnfitFile } from '#attachments';
import { MEDIA_TYPES, shownName } from '#domain';
import { Refused, type RefusalCode } from '#platform';
import { redirect, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { ChosenFile, TakesFile, type SentFile } from '../../shell/forms/sent-file.ts';
import { KINDS_IN_WORDS } from './own-files.presenter.ts';
import { OwnReferralPage } from './own-referral-page.ts';
import { FileForm } from './own-referrals.form.ts';

/** A person of an agency adds a file to a referral of that agency. */
@Controller('own-referrals/:reference/files')
export class OwnFilesController {
  constructor(
    private readonly receiveAttachment: ReceiveAttachment,
    private readonly ownPage: OwnReferralPage,
  ) {}

  @Post()
  @TakesFile()
  @FormOn('/own-referrals/:reference')
  @Needs('referral:attach')
  async add(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(FileForm) { form, errors }: Posted<FileForm>,
    @FormId() formId: string,
    @ChosenFile() file: SentFile | null,
  ): Promise<Answer> {
    const refused = (why: string, status: number) =>
      this.ownPage.show(reference, by, form, { ...errors, file: why }, status);
    if (file === null) return refused('Select a file', 422);
    if (file.isTooLarge) return refused(TOO_LARGE, 422);
    if (errors !== null) return this.ownPage.show(reference, by, form, errors, 422);
    const { name, mediaType, bytes } = file;
    try {
      await this.receiveAttachment.execute({
        ...{ reference, formId, bytes, by },
        file: {
          name: shownName(name),
          claimedType: MEDIA_TYPES.includes(mediaType) ? mediaType : 'application/octet-stream',
          ...{ saidBy: by.name, words: form.whatItShows },
        },
      });
    } catch (error) {
      if (error instanceof ObjectsAway) return refused(AWAY, 503);
      if (error instanceof UnfitFile) return refused(error.why === 'empty' ? EMPTY : TOO_LARGE, 422);
      if (!(error instanceof Refused) || error.code === 'not-found') throw error;
      const { title, text, status } = error.refusal;
      return refused(WORDS[error.code] ?? `${title}. ${text}`, status);
    }
    return redirect(`/own-referrals/${reference}`, { notice: 'The hub has your file.' });
  }
}

const EMPTY = 'The selected file is empty';
const AWAY = 'Files cannot be kept at this moment. The hub has your referral. Select the file again in a few minutes';
const TOO_LARGE = 'The selected file must be smaller than 20 MB';

/** Where the words of a refusal are for programs. */
const WORDS: Readonly<Partial<Record<RefusalCode, string>>> = {
  'attachment-not-taken': `The selected file must be ${KINDS_IN_WORDS}. What counts is what is in the file, not its name`,
  'too-many-attachments':
    'This referral has as many files as the hub takes, and nothing of this one is kept. Ring the hub and ask how to hand over more',
};
