import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FetchOutbound, OutboundRules } from '#platform';
import { selfSigned } from './self-signed.ts';

/** The name by which the server below is asked. */
export const OUTSIDE = 'keys.example.org';

/** A server of others, with TLS, at the end of a name that leads to this machine. */
export class OutsideServer {
  /** How often it was asked. */
  asked = 0;
  answer: RequestListener = (_, response) => void response.end('{}');

  private constructor(
    private readonly server: Server,
    private readonly cert: string,
  ) {}

  static async start(): Promise<OutsideServer> {
    const { cert, key } = selfSigned(OUTSIDE);
    const server = createServer({ cert, key });
    const outside = new OutsideServer(server, cert);
    server.on('request', (request, response) => {
      outside.asked += 1;
      outside.answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return outside;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** What fetches from it: it may reach this machine, and gives up sooner. */
  fetch(change: Partial<OutboundRules> = {}): FetchOutbound {
    return this.fetchBy(this.rules(change));
  }

  /** What fetches from it by these rules. */
  fetchBy(rules: Partial<OutboundRules>): FetchOutbound {
    return new FetchOutbound(Object.assign(new OutboundRules(), rules));
  }

  rules(change: Partial<OutboundRules> = {}): Partial<OutboundRules> {
    const here = {
      ...{ port: this.port, trusted: this.cert, connectMs: 1_000, totalMs: 1_500 },
      isAllowed: () => true,
      addressesOf: leadsTo('127.0.0.1'),
    };
    return { ...here, ...change };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A name that leads to these addresses: one after the other, each time it is asked, and the last from then on. */
export function leadsTo(...answers: readonly string[]): OutboundRules['addressesOf'] {
  let asked = 0;
  return (_, done) => {
    const address = answers[Math.min(asked++, answers.length - 1)]!;
    const found: LookupAddress[] = [{ address, family: address.includes(':') ? 6 : 4 }];
    done(null, found);
  };
}
