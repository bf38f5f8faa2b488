import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { checkDependency, type Dependency } from '#platform';
import { OpenToAll } from './route-access.ts';

export const DEPENDENCIES = Symbol('what an app cannot work without');

/** `live`: the process runs. `ready`: everything that it needs answers. */
@ApiExcludeController()
@OpenToAll('asked by whatever runs us; says no more than up or down')
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
  ready() {
    return this.health.check(this.dependencies.map((one) => () => checkDependency(this.indicators, one)));
  }
}
