import { Controller, Get, Post, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ChangeRota, ReadRota } from '#rota';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { changeInWords } from './rota-change.presenter.ts';
import { dayIn, readTurn, RotaTurnForm } from './rota-turn.form.ts';
import { presentTurn } from './rota-turn.presenter.ts';

/** A turn on one day: the gaps and the cells of the week lead here with what they know of it. */
@Controller('rota/turn')
export class RotaTurnController {
  constructor(
    private readonly readRota: ReadRota,
    private readonly changeRota: ChangeRota,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('rota:change')
  async show(@SignedIn() by: StaffActor, @Query() asked: Readonly<Record<string, unknown>>): Promise<Answer> {
    const page = await this.readRota.execute({ by, week: null });
    const week = typeof asked['week'] === 'string' && dayIn(asked['week']) !== null ? asked['week'] : '';
    return view('pages/rota/rota-turn.njk', presentTurn(page, { often: 'once', ...asked }, null, week));
  }

  @Post()
  @Needs('rota:change')
  async add(
    @SignedIn() by: StaffActor,
    @PostedForm(RotaTurnForm) { form, errors: notSaid, typed }: Posted<RotaTurnForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { change, errors } = readTurn(form, this.time.zone);
    const page = await this.readRota.execute({ by, week: null });
    const week = dayIn(form.day)?.toString() ?? '';
    if (change === null || notSaid !== null)
      return view('pages/rota/rota-turn.njk', presentTurn(page, typed, { ...errors, ...notSaid }, week), 422);
    await this.changeRota.execute(change, by, formId);
    return redirect(`/rota?week=${week}`, { notice: changeInWords(change, page, this.time.zone) });
  }
}
