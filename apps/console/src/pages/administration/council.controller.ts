import { Controller, Get, Post } from '@nestjs/common';
import { Council, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { CouncilForm } from './administration.form.ts';
import type { Sent } from './administration.presenter.ts';
import { presentCouncil } from './council.presenter.ts';

/** What the council is called, and how the hub is reached. */
@Controller('administration/council')
export class CouncilController {
  constructor(
    private readonly council: Council,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('people:administer')
  async read(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(by, { typed: {}, errors: null });
  }

  @Post()
  @Needs('people:administer')
  async change(
    @SignedIn() by: StaffActor,
    @PostedForm(CouncilForm) { form, errors, typed }: Posted<CouncilForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.page(by, { typed, errors }, 422);
    const { name, hubPhone, hubHours, edtPhone, seen } = form;
    const orNull = (text: string) => (text === '' ? null : text);
    const said = {
      ...{ name: orNull(name), hubPhone: orNull(hubPhone) },
      ...{ hubHours: orNull(hubHours), edtPhone: orNull(edtPhone) },
    };
    const refused = await refusalOf(() => this.council.change({ said, seen: Number(seen), formId, by }));
    if (refused !== null) return this.page(by, { typed, errors: { name: refused } }, 409);
    return redirect('/administration/council', { notice: 'Every page and every message says this from now on.' });
  }

  private async page(by: StaffActor, sent: Sent, status = 200): Promise<View> {
    const found = await this.council.read(by);
    return view('pages/administration/council.njk', presentCouncil(found, sent, this.time.zone), status);
  }
}
