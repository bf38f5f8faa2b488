import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { AskForEvidence, ReadEvidence } from '#oversight';
import { redirect, view, zipFile, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { archiveName, filesOf } from './archive.ts';
import { presentDocument } from './document.presenter.ts';
import { EvidenceForm } from './evidence.form.ts';
import { presentEvidence, presentProgress, type Unmade } from './evidence.presenter.ts';

/** Evidence packs: made at one press, read as one document, taken away as one archive. */
@Controller('oversight/evidence')
export class EvidenceController {
  constructor(
    private readonly evidence: ReadEvidence,
    private readonly ask: AskForEvidence,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('evidence:make')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(by, null, 200);
  }

  @Post()
  @Needs('evidence:make')
  async make(
    @SignedIn() by: StaffActor,
    @PostedForm(EvidenceForm) { form, errors }: Posted<EvidenceForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(by, { form, errors, refusal: '' }, 422);
    const { from, to, audience } = form;
    let id = '';
    const refusal = await refusalOf(async () => void (id = await this.ask.execute({ from, to, audience, formId, by })));
    if (refusal !== null) return this.page(by, { form, errors, refusal }, 409);
    return redirect(`/oversight/evidence/${id}`);
  }

  @Get(':id.zip')
  @Needs('evidence:make')
  async download(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const pack = await this.evidence.download(id, by);
    return zipFile(archiveName(pack), filesOf(pack), pack.readyAt);
  }

  @Get(':id')
  @Needs('evidence:make')
  async show(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const pack = await this.evidence.open(id, by);
    const { zone } = this.time;
    if (pack.evidence === null) {
      return view('pages/oversight-evidence/progress.njk', presentProgress(pack, pack.now, zone));
    }
    return view('pages/oversight-evidence/document.njk', presentDocument(pack, pack.now, zone));
  }

  private async page(by: StaffActor, unmade: Unmade | null, status: number): Promise<Answer> {
    const page = await this.evidence.list(by);
    return view('pages/oversight-evidence/evidence.njk', presentEvidence(page, unmade, this.time.zone), status);
  }
}
