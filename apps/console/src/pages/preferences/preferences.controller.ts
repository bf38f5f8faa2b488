import { Controller, Get, Header, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { may, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { Preferences, type StaffPreferences } from '#work';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import type { CheckboxesArgs } from '../../shell/govuk/args.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { OwnSessions, type OwnSession } from '../../shell/session/own-sessions.ts';
import { SignOutEverywhere } from '../../shell/session/sign-out-everywhere.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { preferencesIn, PreferencesForm, SHORTCUT_NAMES } from './preferences.form.ts';
import { SHORTCUT_WORDS } from './shortcut-words.ts';

const DENSITIES = [
  { value: 'comfortable', text: 'With room' },
  { value: 'compact', text: 'Close together' },
];

/** How a person likes to work, where they have a desk; and, as for each person, where they are signed in. */
@Controller('preferences')
export class PreferencesController {
  constructor(
    private readonly preferences: Preferences,
    private readonly ownSessions: OwnSessions,
    private readonly signOutEverywhere: SignOutEverywhere,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('own-sessions:end')
  async show(@Req() request: Request, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(request, by, await this.preferences.of(by), null);
  }

  @Post()
  @Needs('preferences:change')
  async change(
    @Req() request: Request,
    @SignedIn() by: StaffActor,
    @PostedForm(PreferencesForm) { form, errors }: Posted<PreferencesForm>,
  ): Promise<Answer> {
    const preferences = preferencesIn(form);
    if (errors !== null) return this.page(request, by, preferences, errors, 422);
    await this.preferences.save(preferences, by);
    return redirect('/preferences', { notice: 'Your preferences are saved.' });
  }

  /** As after a computer that was left open, by who does not want to sign in again here. */
  @Post('sign-out-elsewhere')
  @FormOn('/preferences')
  @Needs('own-sessions:end')
  async signOutElsewhere(
    @Req() { sessionID: but }: Request,
    @SignedIn() by: StaffActor,
    @FormId() formId: string,
  ): Promise<Answer> {
    await this.signOutEverywhere.execute({ personId: by.id, but, formId, by });
    return redirect('/preferences', { notice: 'You are signed in here alone.' });
  }

  /** As after a lost telephone, or a computer of the hub that was left open. */
  @Post('sign-out')
  @FormOn('/preferences')
  @Needs('own-sessions:end')
  @Header('Clear-Site-Data', '"cache"')
  async signOut(@Req() request: Request, @SignedIn() by: StaffActor, @FormId() formId: string): Promise<Answer> {
    await this.signOutEverywhere.execute({ personId: by.id, formId, by });
    await new Promise<void>((resolve) => request.session.destroy(() => resolve()));
    return redirect('/signed-out');
  }

  private async page(
    request: Request,
    by: StaffActor,
    preferences: StaffPreferences,
    errors: FormErrors | null,
    status = 200,
  ): Promise<Answer> {
    const sessions = await this.ownSessions.of(by, request);
    return view(
      'pages/preferences/preferences.njk',
      {
        ...(may(by, 'preferences:change') && preferencesInFields(by, preferences, errors)),
        sessions: sessions.map((session) => sessionInWords(session, this.time.zone)),
      },
      status,
    );
  }
}

function sessionInWords({ signedInAt, activeAt, isHere }: OwnSession, zone: string) {
  const now = Temporal.Now.instant();
  const [since, lastAct] = [signedInAt, activeAt].map((instant) => dayAndTime(instant, now, zone));
  return { where: isHere ? 'Here' : 'Elsewhere', since, lastAct };
}

function preferencesInFields(by: StaffActor, preferences: StaffPreferences, errors: FormErrors | null) {
  const { keys, density } = preferences;
  const fields = new FormFields({ ...keys, density }, errors);
  return {
    density: fields.radios(
      'density',
      { label: 'How close together are the lines of the queue?', isLarge: true },
      DENSITIES,
    ),
    shortcuts: {
      name: 'shortcuts',
      idPrefix: 'shortcuts',
      items: [{ value: 'on', text: 'Use keyboard shortcuts', checked: preferences.shortcuts }],
    } satisfies CheckboxesArgs,
    checksDecisions: may(by, 'referral:decide')
      ? ({
          name: 'checksDecisions',
          idPrefix: 'checksDecisions',
          hint: { text: 'What is unusual is shown for you to check in any case.' },
          items: [
            {
              value: 'on',
              text: 'Show me every decision to check before it is recorded',
              checked: preferences.checksDecisions,
            },
          ],
        } satisfies CheckboxesArgs)
      : null,
    weeklySummary: may(by, 'oversight:read')
      ? ({
          name: 'weeklySummary',
          idPrefix: 'weeklySummary',
          hint: { text: 'On Monday at 8am: three sentences and a link, with numbers alone.' },
          items: [
            {
              value: 'on',
              text: 'A weekly e-mail about how promptly the hub works',
              checked: preferences.weeklySummary,
            },
          ],
        } satisfies CheckboxesArgs)
      : null,
    keys: SHORTCUT_NAMES.map((name) =>
      fields.input(
        name,
        { label: SHORTCUT_WORDS[name], classes: 'govuk-input--width-2' },
        { autocomplete: 'off', spellcheck: false },
      ),
    ),
    errorSummary: errorSummary(errors),
  };
}
