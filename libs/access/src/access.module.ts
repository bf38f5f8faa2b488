import { Module } from '@nestjs/common';
import { FetchOutbound } from '#platform';
import { Agencies } from './agencies.ts';
import { AccessTokens } from './clients/access-tokens.ts';
import { AgencyClients } from './clients/clients.ts';
import { ClientInvitations } from './clients/invitations.ts';
import { InviteToSandbox } from './clients/invite-to-sandbox.ts';
import { IssueToken } from './clients/issue-token.ts';
import { KeySets } from './clients/key-sets.ts';
import { VerifyAssertion } from './clients/verify-assertion.ts';
import { Council } from './council.ts';
import { ImportTable } from './import/import-table.ts';
import { Staff } from './staff.ts';

const PROVIDED = [
  Agencies,
  AgencyClients,
  AccessTokens,
  ClientInvitations,
  Council,
  FetchOutbound,
  ImportTable,
  InviteToSandbox,
  IssueToken,
  KeySets,
  Staff,
  VerifyAssertion,
];

/** The agencies with their programs, and the people of the hub. */
@Module({ providers: PROVIDED, exports: PROVIDED })
export class AccessModule {}
