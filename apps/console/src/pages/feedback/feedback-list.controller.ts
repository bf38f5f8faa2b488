import { Controller, Get, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { FEEDBACK_VIEWS, ReadFeedback } from '#feedback';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { presentFeedbackList } from './feedback.presenter.ts';

/** Who has not been told of a decision, the longest first. */
@Controller('feedback')
export class FeedbackListController {
  constructor(
    private readonly feedback: ReadFeedback,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('feedback:tell')
  async list(@SignedIn() by: StaffActor, @Query('view') asked?: unknown): Promise<Answer> {
    const shown = FEEDBACK_VIEWS.find((one) => one === asked) ?? 'owed';
    const list = await this.feedback.list(shown, by);
    return view('pages/feedback/feedback-list.njk', presentFeedbackList(list, shown, this.time.zone));
  }
}
