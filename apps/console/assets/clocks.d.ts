/** @param due and now in milliseconds @param when such as `2:10pm today` */
export function clockInWords(
  due: number,
  now: number,
  when: string,
): { readonly state: string; readonly sentence: string };
export function keepClocks(): void;
