import type { PipeTransform } from '@nestjs/common';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';

/** A part of an address that is a referral's reference, in the one way that it is written, however it was typed. */
export const A_REFERENCE: PipeTransform<string, string> = {
  transform(typed) {
    const reference = parseReferralReference(typed);
    if (reference === null) throw new Refused('not-found');
    return reference;
  },
};
