import { Controller, Get, Res } from '@nestjs/common';
import { OpenToAll } from '#access';
import { Watchdog } from '#watchdog';
import type { Response } from 'express';
import { Metrics } from './metrics.ts';

@Controller('metrics')
@OpenToAll('scraped by Prometheus on the inside network; figures only, about no person')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly watchdog: Watchdog,
  ) {}

  @Get()
  async read(@Res() response: Response): Promise<void> {
    response.type(this.metrics.registry.contentType).send(await this.metrics.scrape(this.watchdog));
  }
}
