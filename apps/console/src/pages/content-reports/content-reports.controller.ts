import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { OpenToAll } from '#access';
import { ContentRefusals, contentRefusalsIn } from '#watchdog';
import type { Request } from 'express';
import { OnNoPage } from '../../shell/forms/post-routes.ts';

/** A browser tells what it refused to load or run on a page of ours. */
@Controller('content-reports')
@OnNoPage('a browser posts here by itself')
export class ContentReportsController {
  constructor(private readonly refusals: ContentRefusals) {}

  @Post()
  @HttpCode(204)
  @OpenToAll('a browser reports without a session')
  receive(@Req() { body }: Request): void {
    for (const refusal of contentRefusalsIn(body)) this.refusals.note(refusal);
  }
}
