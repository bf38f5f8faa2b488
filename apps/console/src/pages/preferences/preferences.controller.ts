import { Controller, Get, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { Preferences, type StaffPreferences } from '#work';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import { errorList, type FormErrors, type Posted } from '../../shell/forms/read-form.ts';
import { preferencesIn, PreferencesForm, SHORTCUT_NAMES } from './preferences.form.ts';
import { SHORTCUT_WORDS } from './shortcut-words.ts';

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
  async change(
    @SignedIn() by: StaffActor,
    @PostedForm(PreferencesForm) { form, errors }: Posted<PreferencesForm>,
  ): Promise<Answer> {
    const preferences = preferencesIn(form);
    if (errors !== null) return page(preferences, errors, 422);
    await this.preferences.save(by.id, preferences);
    return redirect('/preferences', { notice: 'Your preferences are saved.' });
  }
}

function page(preferences: StaffPreferences, errors: FormErrors | null, status = 200): Answer {
  const locals = {
    preferences,
    shortcuts: SHORTCUT_NAMES.map((name) => ({ name, words: SHORTCUT_WORDS[name], key: preferences.keys[name] })),
    errors,
    errorList: errorList(errors),
  };
  return view('pages/preferences/preferences.njk', locals, status);
}
