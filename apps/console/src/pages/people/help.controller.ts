import { Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { Needs, OpenToAll } from '#access';
import type { Response } from 'express';

@Controller()
export class HelpController {
  @Get('help')
  @OpenToAll('it says how the service works, and nothing of anybody')
  help(@Res() response: Response): void {
    response.render('pages/help.njk');
  }

  @Get('accessibility')
  @OpenToAll('it says who can use the service, and nothing of anybody')
  accessibility(@Res() response: Response): void {
    response.render('pages/accessibility.njk');
  }

  /** Somebody who was about to be signed out is still there. */
  @Post('stay')
  @HttpCode(204)
  @Needs('queue:read')
  stay(): void {
    // That it was asked is all: the session begins its half hour anew.
  }
}
