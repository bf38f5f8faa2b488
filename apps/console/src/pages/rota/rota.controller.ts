import { Controller, Get, Post, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { Refused } from '#platform';
import { ChangeRota, ReadRota } from '#rota';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { changeInWords } from './rota-change.presenter.ts';
import type { RefusedChange } from './rota-forms.presenter.ts';
import { readChange, RotaKindForm } from './rota.form.ts';
import { dayIn } from './rota-turn.form.ts';
import { presentRota } from './rota.presenter.ts';

@Controller('rota')
export class RotaController {
  constructor(
    private readonly readRota: ReadRota,
    private readonly changeRota: ChangeRota,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('rota:read')
  async show(@SignedIn() by: StaffActor, @Query('week') week?: unknown): Promise<Answer> {
    return this.page(by, null, 200, weekIn(week));
  }

  @Post()
  @Needs('rota:change')
  async change(
    @SignedIn() by: StaffActor,
    @PostedForm(RotaKindForm) { form, errors: isUnknown, typed }: Posted<RotaKindForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const week = weekIn(form.week);
    const refusedAs = (refused: RefusedChange['errors'], status: number) =>
      this.page(by, { typed, errors: refused }, status, week);
    if (isUnknown !== null) return refusedAs(isUnknown, 422);
    const { change, errors } = readChange(form.kind, typed, this.time.zone);
    if (errors !== null) return refusedAs(errors, 422);
    const before = await this.readRota.execute({ by, week });
    try {
      await this.changeRota.execute(change, by, formId);
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal.onForm === undefined) throw error;
      return refusedAs({ groups: error.refusal.onForm }, 409);
    }
    return redirect(week === null ? '/rota' : `/rota?week=${week.toString()}`, {
      notice: changeInWords(change, before, this.time.zone),
    });
  }

  private async page(
    by: StaffActor,
    refused: RefusedChange | null,
    status = 200,
    week: Temporal.PlainDate | null = null,
  ): Promise<View> {
    const page = await this.readRota.execute({ by, week });
    return view('pages/rota/rota.njk', presentRota(page, refused, by, this.time.zone), status);
  }
}

/** @returns a date of the week that the address names; null where it names none, for the week of now */
function weekIn(asked: unknown): Temporal.PlainDate | null {
  return typeof asked === 'string' ? dayIn(asked) : null;
}
