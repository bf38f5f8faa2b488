import { Injectable, type PipeTransform } from '@nestjs/common';
import { Refused } from '#platform';

/** Reads the part of an address that is a month, such as `2026-10`. */
@Injectable()
export class MonthPipe implements PipeTransform<string, string> {
  /** @throws Refused `not-found` when it is none */
  transform(typed: string): string {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(typed)) throw new Refused('not-found');
    return typed;
  }
}
