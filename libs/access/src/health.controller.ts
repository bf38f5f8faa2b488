import { Controller, Get, Inject, Res, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { Response } from 'express';
import { checkDependency, type Dependency } from '#platform';
import { OpenToAll } from './route-access.ts';

export const DEPENDENCIES = Symbol('what an app cannot work without');

/**
 * `live`: the process runs. `ready`: everything that it needs answers; if not, 503 says what is down, in the same shape.
 */
@OpenToAll('asked by the system that runs the app; says no more than up or down')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(DEPENDENCIES) private readonly dependencies: readonly Dependency[],
  ) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  async ready(@Res({ passthrough: true }) response: Response): Promise<object | string> {
    try {
      return await this.health.check(this.dependencies.map((one) => () => checkDependency(this.indicators, one)));
    } catch (error) {
      // Answered here, since an app's own filter would make a problem or a page of it.
      if (!(error instanceof ServiceUnavailableException)) throw error;
      response.status(503);
      return error.getResponse();
    }
  }
}
