import { Body, Controller, Get, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { Preferences, SHORTCUTS, type Shortcut, type StaffPreferences } from '#work';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { errorList, typedIn, type FormErrors } from '../../shell/forms/read-form.ts';
import { SHORTCUT_WORDS } from './shortcut-words.ts';

const NAMES = Object.keys(SHORTCUTS) as readonly Shortcut[];

@Controller('preferences')
export class PreferencesController {
  constructor(private readonly preferences: Preferences) {}

  @Get()
  @Needs('preferences:change')
  async show(@SignedIn() by: StaffActor): Promise<Answer> {
    return page(await this.preferences.of(by.id), null);
  }

  @Post()
  @Needs('preferences:change')
  async change(@SignedIn() by: StaffActor, @Body() body: unknown): Promise<Answer> {
    const typed = typedIn(body);
    const preferences: StaffPreferences = {
      shortcuts: typed['shortcuts'] === 'on',
      density: typed['density'] === 'compact' ? 'compact' : 'comfortable',
      keys: Object.fromEntries(NAMES.map((name) => [name, typed[name] ?? ''])) as StaffPreferences['keys'],
    };
    const errors = faultsOf(preferences);
    if (errors !== null) return page(preferences, errors, 422);
    await this.preferences.save(by.id, preferences);
    return redirect('/preferences', { notice: 'Your preferences are saved.' });
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

function page(preferences: StaffPreferences, errors: FormErrors | null, status = 200): Answer {
  const locals = {
    preferences,
    shortcuts: NAMES.map((name) => ({ name, words: SHORTCUT_WORDS[name], key: preferences.keys[name] })),
    errors,
    errorList: errorList(errors),
  };
  return view('pages/preferences/preferences.njk', locals, status);
}
