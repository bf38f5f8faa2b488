import type { Page } from 'playwright-core';

/** The words of each element that a selector finds, as they are shown. */
export function wordsShown(page: Page, selector: string): Promise<readonly (readonly string[])[]> {
  const each = `[...document.querySelectorAll(${JSON.stringify(selector)})]`;
  return page.evaluate(`${each}.map((one) => one.innerText.split(/[\\s,]+/).filter((word) => word !== ''))`);
}

/** Each element within a selector that hides a part of its words, or stands beyond the side of the screen. */
export function cutOff(page: Page, within: string): Promise<readonly string[]> {
  return page.evaluate(`[...document.querySelectorAll(${JSON.stringify(`${within} *`)})]
    .filter((one) => one.innerText?.trim() && one.checkVisibility())
    // One pixel is for screen readers.
    .filter((one) => one.getBoundingClientRect().width > 1)
    .filter((one) => {
      const { overflowX, display } = getComputedStyle(one);
      const hides = overflowX !== 'visible' && display !== 'inline' && one.localName !== 'select';
      const isMore = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
      return (hides && isMore) || one.getBoundingClientRect().right > innerWidth + 1;
    })
    .map((one) => one.outerHTML.slice(0, 150))`);
}

/** By what a thing is told from others where its own colours are taken away: its words, and how its edge is drawn. */
export function wordsAndEdges(page: Page, selector: string): Promise<readonly { words: string; edge: string }[]> {
  return page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => {
    const { borderLeftStyle, borderLeftWidth } = getComputedStyle(one);
    return { words: one.innerText.replace(/\\s+/g, ' ').trim(), edge: borderLeftStyle + ' ' + borderLeftWidth };
  })`);
}
