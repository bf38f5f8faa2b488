import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { Identify, Needs, OpenToAll } from '#access';
import type { Request, Response } from 'express';
import { SHORTCUT_WORDS } from '../preferences/shortcut-words.ts';

@Controller()
export class HelpController {
  constructor(private readonly who: Identify) {}

  @Get('help')
  @OpenToAll('it says how the service works, and nothing of anybody')
  async help(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.knowWhoIsSignedIn(request);
    response.render('pages/help/help.njk', { shortcutWords: SHORTCUT_WORDS });
  }

  @Get('accessibility')
  @OpenToAll('it says who can use the service, and nothing of anybody')
  async accessibility(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.knowWhoIsSignedIn(request);
    response.render('pages/help/accessibility.njk');
  }

  @Get('privacy')
  @OpenToAll('it says what is kept of whoever works here, and nothing of anybody')
  async privacy(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.knowWhoIsSignedIn(request);
    response.render('pages/help/privacy.njk');
  }

  /** These pages are for everybody, and keep their navigation for who is signed in. */
  private async knowWhoIsSignedIn(request: Request): Promise<void> {
    const actor = await this.who.identify(request).catch(() => undefined);
    if (actor !== undefined) Object.assign(request, { actor });
  }

  /** Somebody who was about to be signed out is still there. */
  @Post('stay')
  @HttpCode(204)
  @Needs('queue:read')
  stay(): void {
    // That it was asked is all: the session begins its half hour anew.
  }
}
