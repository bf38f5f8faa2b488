import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import { IsIn, MaxLength, Matches } from 'class-validator';
import { Needs } from '#access';
import { Refused } from '#platform';
import { SavedFilters } from '#triage';
import type { Response } from 'express';
import { readForm } from '../../shell/forms/read-form.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { UuidPipe } from '../../shell/pipes/uuid.pipe.ts';
import { queueUrl, readQueueQuery } from '../queue/queue-query.ts';

class FilterForm {
  @MaxLength(60, { message: 'The name must be 60 characters or fewer' })
  @Matches(/\S/, { message: 'Give the view a name' })
  readonly name: string = '';
  @MaxLength(1_000) readonly here: string = '';
  @IsIn(['', 'team'], { message: 'Say whether it is for everybody' }) readonly whose: string = '';
}

/** Ways to look at the queue under a name. */
@Controller('queue/filters')
export class SavedFiltersController {
  constructor(private readonly savedFilters: SavedFilters) {}

  @Post()
  @Needs('queue:read')
  async save(@Req() { actor: by, body, session }: StaffRequest, @Res() response: Response): Promise<void> {
    const { form, errors } = readForm(FilterForm, body);
    // Only what the page itself understands is kept, and never a place in a list that moves on.
    const asked = Object.fromEntries(new URLSearchParams(form.here.split('?')[1]));
    const query = readQueueQuery({ ...asked, after: undefined })!;
    const here = queueUrl(query);
    const name = form.name.trim();
    const fault =
      errors === null ? await this.faultOfKeeping(name, here, form.whose === 'team', by) : Object.values(errors)[0]!;
    if (fault === null) session.notice = `“${name}” is saved. It is listed above the queue.`;
    else session.warning = fault;
    response.redirect(303, here);
  }

  @Post(':id/remove')
  @Needs('queue:read')
  async remove(
    @Param('id', UuidPipe) id: string,
    @Req() { actor: by, session }: StaffRequest,
    @Res() response: Response,
  ) {
    await this.savedFilters.remove({ id, by });
    session.notice = 'The saved view is gone.';
    response.redirect(303, '/queue');
  }

  private async faultOfKeeping(
    name: string,
    here: string,
    forTeam: boolean,
    by: StaffRequest['actor'],
  ): Promise<string | null> {
    try {
      await this.savedFilters.save({ name, query: here.slice('/queue'.length), forTeam, by });
      return null;
    } catch (error) {
      if (error instanceof Refused && error.code === 'name-taken')
        return `There is a view called “${name}”: choose another name.`;
      throw error;
    }
  }
}
