import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { RefusalRecord } from '#audit';
import { parseReferralReference } from '#domain';
import { refusalsOfRequest } from '#platform';
import { catchError, from, mergeMap, throwError, type Observable } from 'rxjs';
import type { AccessActor } from './policy.ts';

interface KnownRequest {
  readonly actor?: AccessActor;
  readonly params?: Readonly<Record<string, string | undefined>>;
}

/** Puts on the record that a person or an agency was refused an act, before a page tells them. */
@Injectable()
export class RecordRefusals implements NestInterceptor {
  constructor(private readonly record: RefusalRecord) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<KnownRequest>();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.write(request);
        return answer;
      }),
      catchError((error: unknown) => from(this.write(request)).pipe(mergeMap(() => throwError(() => error)))),
    );
  }

  private async write({ actor, params }: KnownRequest): Promise<void> {
    if (actor === undefined) return;
    for (const { code, isByPolicy, refusal } of refusalsOfRequest()) {
      if (!isByPolicy && refusal.isOnRecord !== true) continue;
      const reference = parseReferralReference(params?.['reference'] ?? params?.['subject'] ?? '') ?? undefined;
      await this.record.note({ act: 'access.refused', actor, reference, details: { code } });
    }
  }
}
