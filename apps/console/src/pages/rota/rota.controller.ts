import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { Refused } from '#platform';
import { ChangeRota, ReadRota } from '#rota';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { readChange, type RotaFormErrors } from './rota.form.ts';
import { presentRota } from './rota.presenter.ts';

const REFUSALS: Readonly<Record<string, string>> = {
  'last-resort-needs-somebody': 'The last resort is never empty: put somebody else in that group first',
};

@Controller('rota')
export class RotaController {
  constructor(
    private readonly readRota: ReadRota,
    private readonly changeRota: ChangeRota,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('rota:read')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(by, {}, null);
  }

  @Post()
  @Needs('rota:change')
  async change(@SignedIn() by: StaffActor, @Body() body: unknown): Promise<Answer> {
    const { fields, change, errors } = readChange(body, this.time.zone);
    if (change === null) return this.page(by, fields, errors, 422);
    try {
      await this.changeRota.execute(change, by);
    } catch (error) {
      const why = error instanceof Refused ? REFUSALS[error.code] : undefined;
      if (why === undefined) throw error;
      return this.page(by, fields, { groups: why }, 409);
    }
    return redirect('/rota', { notice: 'The rota is changed.' });
  }

  private async page(
    by: StaffActor,
    fields: Readonly<Record<string, string>>,
    errors: RotaFormErrors | null,
    status = 200,
  ): Promise<View> {
    const page = await this.readRota.execute({ by });
    const locals = {
      ...presentRota(page, this.time.zone),
      mayChange: may(by, 'rota:change'),
      fields,
      errors,
      errorList: errors && Object.entries(errors).map(([name, text]) => ({ href: `#${fields['kind']}.${name}`, text })),
    };
    return view('pages/rota/rota.njk', locals, status);
  }
}
