import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadUndoable } from '#decisions';
import { Refused } from '#platform';
import { ReadReferral } from '#referrals';
import { PlanEdgeOfCare, ReadEdgeOfCare, RecordEdgeOfCare } from '#routes';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary } from '../../shell/forms/form-fields.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { saidMoment } from '../../shell/forms/said-moment.ts';
import { justDone, type JustDone } from '../../shell/referral/just-done.ts';
import { EventForm, isDay, PlanForm, withDay } from './edge-of-care.form.ts';
import { presentEdgeOfCare, type SentEdgeForm } from './edge-of-care.presenter.ts';

/** A family at the edge of care: who might come into care and why, and what happened. */
@Controller('referrals/:reference/edge-of-care')
@FormOn('/referrals/:reference/edge-of-care')
export class EdgeOfCareController {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly edgeOfCare: ReadEdgeOfCare,
    private readonly planEdgeOfCare: PlanEdgeOfCare,
    private readonly recordEdgeOfCare: RecordEdgeOfCare,
    private readonly undoable: ReadUndoable,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('route:read')
  async show(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @Query('done') done?: unknown,
  ): Promise<Answer> {
    return this.page(reference, by, null, null, 200, await justDone(this.undoable, done, by));
  }

  @Post('plan')
  @Needs('route:send')
  async plan(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(PlanForm) { form, errors }: Posted<PlanForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { why, byWhen, familyNetwork, childsView } = form;
    const all = withDay(errors, 'byWhen', byWhen === '' || isDay(byWhen) ? null : 'Enter a real day, or none');
    if (all !== null) return this.page(reference, by, { which: 'plan', typed: form, errors: all }, null, 422);
    const said = { why: why.trim(), familyNetwork: familyNetwork.trim(), childsView: childsView.trim() };
    const children = [...new Set(form.children.map((number) => Number(number) - 1))].sort((a, b) => a - b);
    const refusal = await refusalOf(() =>
      this.planEdgeOfCare.execute({ reference, children, ...said, byWhen: byWhen || null, formId, by }),
    );
    if (refusal !== null) return this.page(reference, by, { which: 'plan', typed: form, errors: null }, refusal, 409);
    return redirect(`/referrals/${reference}/edge-of-care`, { notice: 'What you said is recorded.' });
  }

  @Post('event')
  @Needs('route:send')
  async event(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(EventForm) { form, errors }: Posted<EventForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { kind, on, who, words } = form;
    const { at, error } = await this.timeOf(form, reference, by);
    const all = withDay(withDay(errors, 'time', error), 'on', isDay(on) ? null : 'Enter the day');
    if (all !== null || kind === '') {
      return this.page(reference, by, { which: 'event', typed: form, errors: all }, null, 422);
    }
    const said = { who: who.trim(), words: words.trim() };
    const refusal = await refusalOf(() =>
      this.recordEdgeOfCare.execute({ reference, kind, on, at, ...said, formId, by }),
    );
    if (refusal !== null) return this.page(reference, by, { which: 'event', typed: form, errors: null }, refusal, 409);
    return redirect(`/referrals/${reference}/edge-of-care`, { notice: 'It is recorded.' });
  }

  /** A first response has a clock of hours, so its time is asked; every other event is of a day. */
  private async timeOf({ kind, on, time }: EventForm, reference: string, by: StaffActor) {
    if (kind !== 'first_response') return { at: null, error: null };
    const { now } = await this.readReferral.execute({ reference, by });
    return saidMoment({ day: on, time }, now, this.time.zone);
  }

  private async page(
    reference: string,
    by: StaffActor,
    sent: SentEdgeForm | null = null,
    refusal: string | null = null,
    status = 200,
    done: JustDone | null = null,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const found = await this.edgeOfCare.ofReferral(reference, by);
    if (found.route === null) throw new Refused('not-found');
    const locals = {
      ...presentEdgeOfCare(page, found, by, sent, this.time.zone),
      errorSummary: errorSummary(sent?.errors ?? null),
      refusal,
      justDone: done,
    };
    return view('pages/edge-of-care/edge-of-care.njk', locals, status);
  }
}
