import { Controller, Get, Req } from '@nestjs/common';
import { Identify, OpenToAll } from '#access';
import type { Shortcut } from '#work';
import type { Request } from 'express';
import { view, type Answer } from '../../shell/answer/answer.ts';
import type { StaffRequest } from '../../shell/context/staff-request.ts';
import { summaryList } from '../../shell/govuk/summary-list.ts';
import { SHORTCUT_WORDS } from '../preferences/shortcut-words.ts';

/** Pages for all people. A person who is signed in keeps the navigation on them. */
@Controller()
export class HelpController {
  constructor(private readonly who: Identify) {}

  @Get('help')
  @OpenToAll('it says how the service works, and nothing about a person')
  async help(@Req() request: StaffRequest): Promise<Answer> {
    await this.knowWhoIsSignedIn(request);
    const keys = Object.entries(request.preferences?.keys ?? {}) as [Shortcut, string][];
    const shortcuts = summaryList(keys.map(([name, key]) => ({ key: SHORTCUT_WORDS[name], value: key })));
    return view('pages/help/help.njk', { shortcuts });
  }

  @Get('accessibility')
  @OpenToAll('it says who can use the service, and nothing about a person')
  async accessibility(@Req() request: Request): Promise<Answer> {
    await this.knowWhoIsSignedIn(request);
    return view('pages/help/accessibility.njk');
  }

  @Get('privacy')
  @OpenToAll('it says what is kept about staff in general, and nothing about one person')
  async privacy(@Req() request: Request): Promise<Answer> {
    await this.knowWhoIsSignedIn(request);
    return view('pages/help/privacy.njk');
  }

  private async knowWhoIsSignedIn(request: Request): Promise<void> {
    const actor = await this.who.identify(request).catch(() => undefined);
    if (actor !== undefined) Object.assign(request, { actor });
  }
}
