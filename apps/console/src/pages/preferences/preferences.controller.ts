import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { Needs, Preferences, SHORTCUTS, type Shortcut, type StaffPreferences } from '#access';
import type { Response } from 'express';
import { errorList, typedIn, type FormErrors } from '../../shell/forms/read-form.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { SHORTCUT_WORDS } from './shortcut-words.ts';

const NAMES = Object.keys(SHORTCUTS) as readonly Shortcut[];

@Controller('preferences')
export class PreferencesController {
  constructor(private readonly preferences: Preferences) {}

  @Get()
  @Needs('preferences:change')
  async show(@Req() { actor }: StaffRequest, @Res() response: Response): Promise<void> {
    render(response, 200, await this.preferences.of(actor.id), null);
  }

  @Post()
  @Needs('preferences:change')
  async change(@Req() request: StaffRequest, @Res() response: Response): Promise<void> {
    const { actor, session } = request;
    const typed = typedIn(request.body);
    const preferences: StaffPreferences = {
      shortcuts: typed['shortcuts'] === 'on',
      density: typed['density'] === 'compact' ? 'compact' : 'comfortable',
      keys: Object.fromEntries(NAMES.map((name) => [name, typed[name] ?? ''])) as StaffPreferences['keys'],
    };
    const errors = faultsOf(preferences);
    if (errors !== null) return render(response, 422, preferences, errors);
    await this.preferences.save(actor.id, preferences);
    session.notice = 'Your preferences are saved.';
    response.redirect(303, '/preferences');
  }
}

function faultsOf({ keys }: StaffPreferences): FormErrors | null {
  const errors = Object.fromEntries(
    NAMES.flatMap((name) => {
      if (!/^[^\s\p{C}]$/u.test(keys[name])) return [[name, 'Give one character']];
      const isTaken = NAMES.some((other) => other !== name && keys[other] === keys[name]);
      return isTaken ? [[name, `“${keys[name]}” does something else already`]] : [];
    }),
  ) as FormErrors;
  return Object.keys(errors).length === 0 ? null : errors;
}

function render(response: Response, status: number, preferences: StaffPreferences, errors: FormErrors | null): void {
  response.status(status).render('pages/preferences/preferences.njk', {
    preferences,
    shortcuts: NAMES.map((name) => ({ name, words: SHORTCUT_WORDS[name], key: preferences.keys[name] })),
    errors,
    errorList: errorList(errors),
  });
}
