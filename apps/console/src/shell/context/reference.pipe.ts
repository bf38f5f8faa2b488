import { Injectable, type PipeTransform } from '@nestjs/common';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';

/** Reads the part of an address that is a referral's reference, and gives it in the one way that it is written. */
@Injectable()
export class ReferencePipe implements PipeTransform<string, string> {
  /** @throws Refused `not-found` when it is no reference */
  transform(typed: string): string {
    const reference = parseReferralReference(typed);
    if (reference === null) throw new Refused('not-found');
    return reference;
  }
}
