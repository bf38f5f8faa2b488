import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { ACTIONS, assertEveryRouteDeclaresAccess, may, Needs, OpenToAll, STAFF_ROLES, type AccessActor } from '#access';

it('refuses to start an app with a route that declares no access', async () => {
  @Controller('declared')
  class Declared {
    @Get('a') @Needs('queue:read') a() {}
    @Get('b') @OpenToAll('a test') b() {}
  }
  @Controller('forgotten')
  class Forgotten {
    @Get('a') @Needs('queue:read') a() {}
    @Get('b') b() {}
  }
  @Module({ imports: [DiscoveryModule], controllers: [Declared] })
  class Good {}
  @Module({ imports: [DiscoveryModule], controllers: [Declared, Forgotten] })
  class Bad {}

  const good = await NestFactory.create(Good, { logger: false });
  expect(() => assertEveryRouteDeclaresAccess(good)).not.toThrow();
  const bad = await NestFactory.create(Bad, { logger: false });
  expect(() => assertEveryRouteDeclaresAccess(bad)).toThrow('These routes do not declare what they need: Forgotten.b');
  await Promise.all([good.close(), bad.close()]);
});

it('lets each role do what this table says and nothing else', () => {
  const actors: Record<string, AccessActor> = {
    agency: { kind: 'agency', id: '' },
    ...Object.fromEntries(STAFF_ROLES.map((role) => [role, { kind: 'staff', id: '', name: '', role } as const])),
  };
  const table = ACTIONS.map((action) => [
    action,
    Object.keys(actors)
      .filter((name) => may(actors[name]!, action))
      .join(' '),
  ]);
  expect(table).toEqual([
    ['referral:submit', 'agency'],
    ['referral:read-own', 'agency'],
    ['referral:take-down', 'screener social_worker manager'],
    ['consultation:record', 'screener social_worker manager'],
    ['preferences:change', 'screener social_worker manager'],
    ['queue:read', 'screener social_worker manager'],
    ['filter:share', 'manager'],
    ['referral:read', 'screener social_worker manager'],
    ['referral:search', 'screener social_worker manager'],
    ['referral:claim', 'screener social_worker manager'],
    ['referral:rate', 'screener social_worker manager'],
    ['rating:lower', 'manager'],
    ['draft:save', 'screener social_worker manager'],
    ['referral:decide', 'social_worker manager'],
    ['claim:override', 'manager'],
    ['claim:assign', 'manager'],
    ['decision:sign-off', 'manager'],
    ['workload:read', 'manager'],
    ['alert:read', 'screener social_worker manager'],
    ['alert:acknowledge', 'screener social_worker manager'],
    ['policy:read', 'screener social_worker manager'],
    ['policy:change', 'manager'],
    ['rota:read', 'screener social_worker manager'],
    ['rota:change', 'manager'],
    ['handover:read', 'screener social_worker manager'],
    ['handover:accept', 'screener social_worker manager'],
    ['service:read', 'screener social_worker manager'],
  ]);
});
