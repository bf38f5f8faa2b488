import { BULLMQ } from './bullmq.ts';
import { GRAPHILE_WORKER } from './graphile-worker.ts';
import type { Peer } from './peer.ts';
import { PG_BOSS } from './pg-boss.ts';

export const PEERS: readonly Peer[] = [BULLMQ, PG_BOSS, GRAPHILE_WORKER];
