import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Injectable, Optional } from '@nestjs/common';
import { readOutboundAddress } from './outbound-address.ts';
import { OutboundFault } from './outbound-fault.ts';
import { isPublicAddress } from './public-address.ts';

const CONNECT_MS = 5_000;
const TOTAL_MS = 10_000;
/** Bytes that are read of what a receiver answers, so that it can end its answer. */
const MOST_OF_POSTED = 4_096;

/** What a receiver answered, as far as it counts. */
export interface Posted {
  readonly status: number;
  /** The header `Retry-After` as it came; null where there was none. */
  readonly retryAfter: string | null;
}

/** What a fetch may reach. The tests have others; the service has one, and no setting changes it. */
export class OutboundRules {
  readonly port: number = 443;
  readonly connectMs: number = CONNECT_MS;
  readonly totalMs: number = TOTAL_MS;
  /** The certificates to trust; undefined for those that Node trusts. */
  readonly trusted: string | undefined = undefined;
  /** Asked of every address that a name leads to, at the moment at which we connect to it. */
  isAllowed(address: string): boolean {
    return isPublicAddress(address);
  }
  /** Every address of a name. */
  addressesOf(name: string, done: (error: Error | null, addresses: readonly LookupAddress[]) => void): void {
    // Of a name that is not there Node gives a fault and no list at all.
    resolve(name, { all: true, verbatim: true }, (error, found?: readonly LookupAddress[]) => done(error, found ?? []));
  }
}

/**
 * Fetches from addresses that others give us, so that no such address turns us against ourselves: https on the usual port,
 * no redirect, no proxy, and a connection only to an address that has been looked at for this very connection, so that a
 * name which leads elsewhere a moment later (DNS rebinding) gains nothing. What was answered is for the caller alone.
 */
@Injectable()
export class FetchOutbound {
  constructor(@Optional() private readonly rules: OutboundRules = new OutboundRules()) {}

  /**
   * @param address as it was given
   * @param most bytes of the answer
   * @returns the body of an answer of 200
   * @throws OutboundFault
   */
  async get(address: string, { accept, most }: { readonly accept: string; readonly most: number }): Promise<Buffer> {
    return this.ask(address, { method: 'GET', headers: { Accept: accept } }, undefined, (answer) =>
      bodyOfGood(answer, most),
    );
  }

  /**
   * Posts to an address. The answer counts by its status; of its body up to 4 kB are read and thrown away.
   *
   * @param address as it was given
   * @throws OutboundFault where no answer came, or one that sends elsewhere
   */
  async post(
    address: string,
    { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  ): Promise<Posted> {
    return this.ask(address, { method: 'POST', headers }, body, async (answer) => {
      const { statusCode = 0, headers: said } = answer;
      if (statusCode >= 300 && statusCode < 400) throw new OutboundFault('sends-elsewhere');
      // The receiver has answered: how the body of its answer ends changes nothing.
      await bodyOf(answer, MOST_OF_POSTED).catch(() => undefined);
      if (statusCode < 100 || statusCode > 599) throw new OutboundFault('other-status');
      return { status: statusCode, retryAfter: said['retry-after'] ?? null };
    });
  }

  private async ask<T>(
    address: string,
    { method, headers }: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
    body: string | undefined,
    read: (answer: IncomingMessage) => Promise<T>,
  ): Promise<T> {
    const url = readOutboundAddress(address);
    const { port, trusted: ca, connectMs, totalMs } = this.rules;
    // An agent of its own, so that no connection is used again that was opened for another address.
    const agent = new Agent({ keepAlive: false });
    const asked = request(url, {
      ...{ agent, port, ca, method, lookup: this.lookup(), maxHeaderSize: 16_384 },
      headers: { ...headers, 'Accept-Encoding': 'identity', 'User-Agent': 'mash-triage' },
    });
    let isLate = false;
    const tooSlow = () => {
      isLate = true;
      asked.destroy();
    };
    const late = setTimeout(tooSlow, totalMs);
    const notThere = setTimeout(tooSlow, connectMs);
    try {
      asked.once('socket', (socket) => socket.once('secureConnect', () => clearTimeout(notThere)));
      return await read(await answerTo(asked, body));
    } catch (error) {
      if (error instanceof OutboundFault) throw error;
      throw new OutboundFault(isLate ? 'too-slow' : codeOf(error));
    } finally {
      clearTimeout(late);
      clearTimeout(notThere);
      asked.destroy();
      agent.destroy();
    }
  }

  /** Node connects to what this gives and to nothing else. One address that is not allowed is enough to go nowhere. */
  private lookup(): LookupFunction {
    return (name, options, done) => {
      this.rules.addressesOf(name, (error, found) => {
        const fault =
          error ??
          (found.every(({ address }) => this.rules.isAllowed(address)) ? null : new OutboundFault('inside-a-network'));
        const [first] = found;
        if (fault !== null || first === undefined) return done(fault ?? new OutboundFault('not-found'), '');
        if (options.all === true) return done(null, [...found]);
        done(null, first.address, first.family);
      });
    };
  }
}

function answerTo(asked: ClientRequest, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((answered, failed) => {
    asked
      .once('response', answered)
      // A receiver that says 101 would speak another protocol: Node has no answer to give then, and says no error.
      .once('upgrade', (_, socket) => (socket.destroy(), failed(new OutboundFault('other-status'))))
      // Whatever else ends a request without an answer. After an answer this says nothing any more.
      .once('close', () => failed(new Error('The connection ended without an answer')))
      .on('error', failed)
      .end(body);
  });
}

/** @throws OutboundFault for an answer other than 200 */
async function bodyOfGood(answer: IncomingMessage, most: number): Promise<Buffer> {
  const { statusCode = 0, headers } = answer;
  if (statusCode >= 300 && statusCode < 400) throw new OutboundFault('sends-elsewhere');
  if (statusCode !== 200) throw new OutboundFault('other-status');
  if (!['', 'identity'].includes(headers['content-encoding'] ?? '')) throw new OutboundFault('packed');
  return bodyOf(answer, most);
}

/** @throws OutboundFault */
async function bodyOf(answer: IncomingMessage, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > most) throw new OutboundFault('too-much');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function codeOf(error: unknown) {
  const { code = '' } = error as { readonly code?: string };
  return ['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'].includes(code) ? 'not-found' : 'no-connection';
}
