import { Controller, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { Refused } from '#platform';
import { SavedFilters } from '#work';
import { redirect, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { queueUrl, readQueueQuery } from '../queue/queue-query.ts';
import { SavedFilterForm } from './saved-filters.form.ts';

/** Ways to look at the queue under a name. */
@Controller('queue/filters')
@FormOn('/queue')
export class SavedFiltersController {
  constructor(private readonly savedFilters: SavedFilters) {}

  @Post()
  @Needs('queue:read')
  async save(
    @SignedIn() by: StaffActor,
    @PostedForm(SavedFilterForm) { form, errors }: Posted<SavedFilterForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    // Only what the page itself understands is kept, and never a place in a list that moves on.
    const asked = Object.fromEntries(new URLSearchParams(form.here.split('?')[1]));
    const here = queueUrl(readQueueQuery({ ...asked, after: undefined })!);
    if (errors !== null) return redirect(here, { warning: Object.values(errors)[0]! });
    const name = form.name.trim();
    try {
      const query = here.slice('/queue'.length);
      await this.savedFilters.save({ name, query, forTeam: form.whose === 'team', by, formId });
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'name-taken') throw error;
      return redirect(here, { warning: `“${name}” is not saved. ${error.refusal.title}. ${error.refusal.text}` });
    }
    return redirect(here, { notice: `“${name}” is saved. It is listed above the queue.` });
  }

  @Post(':id/remove')
  @Needs('queue:read')
  async remove(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    await this.savedFilters.remove({ id, by });
    return redirect('/queue', { notice: 'The saved view is gone.' });
  }
}
