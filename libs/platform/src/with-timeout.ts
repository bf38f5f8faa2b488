/**
 * Waits for an answer for a limited time.
 *
 * @param answer the promise of the answer; a rejection after the time is over is ignored
 * @param ms milliseconds to wait
 * @returns the answer
 * @throws Error when the time is over first, or the error with which the promise is rejected before
 */
export async function withTimeout<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  });
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
