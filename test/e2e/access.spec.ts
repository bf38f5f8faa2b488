import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import {
  ACTIONS,
  assertEveryRouteDeclaresAccess,
  may,
  Needs,
  OpenToAll,
  STAFF_ROLES,
  type AccessActor,
  SCOPES,
} from '#access';

it('Z14: refuses to start an app with a route that declares no access', async () => {
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
    agency: { kind: 'agency', id: '', clientId: '', scopes: SCOPES },
    ...Object.fromEntries(STAFF_ROLES.map((role) => [role, { kind: 'staff', id: '', name: '', role } as const])),
  };
  const table = ACTIONS.map((action) => [
    action,
    Object.keys(actors)
      .filter((name) => may(actors[name]!, action))
      .join(' '),
  ]);
  const managers = 'manager service_manager head_of_service';
  const desk = `screener social_worker ${managers}`;
  const all = `${desk} auditor`;
  const overseers = `${managers} auditor`;
  expect(table).toEqual([
    ['referral:submit', 'agency partner'],
    ['referral:read-own', 'agency partner'],
    ['referral:add', 'agency partner'],
    ['referral:attach', 'agency partner'],
    ['code-lists:read', 'agency'],
    ['events:read', 'agency'],
    ['webhooks:manage', 'agency'],
    ['referral:take-down', desk],
    ['consultation:record', desk],
    ['console:use', `${all} partner administrator`],
    ['own-sessions:end', `${all} partner administrator`],
    ['preferences:change', all],
    ['queue:read', desk],
    ['filter:share', managers],
    ['referral:read', all],
    ['referral:open-for-audit', 'auditor'],
    ['referral:search', desk],
    ['child:read', desk],
    ['child:judge', desk],
    ['incident:say', desk],
    ['contacts:watch', managers],
    ['referral:claim', desk],
    ['referral:rate', desk],
    ['restriction:manage', managers],
    ['glass:break', desk],
    ['flag:clear', desk],
    ['referral:note', desk],
    ['information:ask', desk],
    ['information:read', all],
    ['own-requests:read', 'agency partner'],
    ['request:read', `agency ${desk} partner`],
    ['request:answer', `agency ${desk} partner`],
    ['route:read', desk],
    ['route:answer', desk],
    ['route:send', `social_worker ${managers}`],
    ['feedback:tell', desk],
    ['feedback:allow', managers],
    ['discussion:record', `social_worker ${managers}`],
    ['discussion:read', all],
    ['discussion:except', managers],
    ['child:check', desk],
    ['child:hear', desk],
    ['rating:lower', managers],
    ['draft:save', `${all} partner`],
    ['referral:decide', `social_worker ${managers}`],
    ['claim:override', managers],
    ['claim:assign', managers],
    ['decision:sign-off', managers],
    ['workload:read', managers],
    ['alert:read', desk],
    ['alert:acknowledge', desk],
    ['policy:read', all],
    ['policy:change', managers],
    ['teams:read', `${all} administrator`],
    ['teams:change', `${managers} administrator`],
    ['rota:read', all],
    ['rota:change', managers],
    ['handover:read', desk],
    ['handover:accept', desk],
    ['handover:accept-for-others', managers],
    ['service:read', `${all} administrator`],
    ['service:operate', `${managers} administrator`],
    ['agencies:administer', 'administrator'],
    ['people:administer', 'administrator'],
    ['oversight:read', overseers],
    ['baseline:begin', managers],
    ['oversight:rows', overseers],
    ['record:read', overseers],
    ['own-figures:read', desk],
    ['challenge:make', 'service_manager head_of_service'],
    ['challenge:answer', managers],
    ['sample:read', overseers],
    ['supervision:write', managers],
    ['supervision:read', desk],
    ['evidence:make', overseers],
    ['retention:read', overseers],
    ['retention:hold', managers],
    ['retention:decide', 'service_manager head_of_service'],
  ]);
});
