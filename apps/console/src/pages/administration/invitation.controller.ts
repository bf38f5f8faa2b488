import { Controller, Get, Param, Post } from '@nestjs/common';
import { Agencies, ClientInvitations, InviteToSandbox, Needs, type SandboxSigner, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ConsoleSettings, Refused } from '#platform';
import { Database } from '#store';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { InviteForm, WithdrawForm } from './administration.form.ts';
import type { Sent } from './administration.presenter.ts';
import { presentInvitations, type Made } from './invitation.presenter.ts';

/** Invitations by which the developers of an agency let a program in themselves. */
@Controller('administration/agencies/:id/invitations')
@FormOn('/administration/agencies/:id/invitations')
export class InvitationController {
  /** Null where the hub has no sandbox. */
  private readonly sandbox: SandboxSigner | null;

  constructor(
    { SANDBOX_URL: url, SANDBOX_SECRET: secret }: ConsoleSettings,
    private readonly inviteToSandbox: InviteToSandbox,
    private readonly invitations: ClientInvitations,
    private readonly agencies: Agencies,
    private readonly database: Database,
    private readonly time: HubTime,
  ) {
    this.sandbox = url === undefined || secret === undefined ? null : { url, secret };
  }

  @Get()
  @Needs('agencies:administer')
  async show(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(id, by, { typed: {}, errors: null }, null);
  }

  /** The token is on this answer and nowhere else: it is in no address, and is not kept. */
  @Post()
  @Needs('agencies:administer')
  async invite(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(InviteForm) { form, errors, typed }: Posted<InviteForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { scopes } = form;
    const wrong = { ...(scopes.length === 0 && { scopes: 'Select what the program may do' }), ...errors };
    if (Object.keys(wrong).length > 0)
      return this.page(id, by, { typed: { ...typed, scopes }, errors: wrong }, null, 422);
    const token = await this.invitations.make({ agencyId: id, scopes, formId, by });
    return this.page(id, by, { typed: {}, errors: null }, { what: 'invitation', words: token });
  }

  /** As with an invitation, the link is on this answer and nowhere else. */
  @Post('sandbox')
  @Needs('agencies:administer')
  async makeLink(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (this.sandbox === null) throw new Refused('not-found');
    const words = await this.inviteToSandbox.execute({ agencyId: id, signer: this.sandbox, formId, by });
    return this.page(id, by, { typed: {}, errors: null }, { what: 'link', words });
  }

  @Post('withdraw')
  @Needs('agencies:administer')
  async withdraw(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(WithdrawForm) { form }: Posted<WithdrawForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    await this.invitations.withdraw({ agencyId: id, invitationId: form.invitation, formId, by });
    return redirect(`/administration/agencies/${id}/invitations`, {
      notice: 'The invitation can not be used any more.',
    });
  }

  private async page(id: string, by: StaffActor, sent: Sent, made: Made | null, status = 200): Promise<View> {
    const agency = (await this.agencies.all()).find((one) => one.id === id);
    if (agency === undefined) throw new Refused('not-found');
    const open = await this.invitations.open(id, by);
    const at = { now: await this.database.now(), zone: this.time.zone, hasSandbox: this.sandbox !== null };
    return view('pages/administration/invitations.njk', presentInvitations(agency, open, sent, made, at), status);
  }
}
