// One visit to every page, at three widths, on which several checks look on.
import { withPage } from "./browser.mjs";

export const WIDTHS = [1440, 768, 320];

/**
 * Visits `pages`, two at a time. A watcher may `begin(page, report)` once for a browser page and look
 * `at(page, report, width)` each time; what it reports is noted with the page that it happened on.
 */
export async function walk(browser, pages, watchers) {
  const failures = new Map(watchers.map((watcher) => [watcher, new Set()]));
  const queue = [...pages];
  const visit = () => withPage(browser, {}, async (page) => {
    let here;
    const reports = new Map(watchers.map((watcher) => [
      watcher,
      (words) => failures.get(watcher).add(`${here.site}: ${here.path}: ${words}`),
    ]));
    for (const watcher of watchers) await watcher.begin?.(page, reports.get(watcher));
    for (let next; (next = queue.shift()); ) {
      here = next;
      await page.setViewportSize({ width: WIDTHS[0], height: 900 });
      await page.goto(here.url, { waitUntil: "load" });
      await here.prepare?.(page);
      for (const width of WIDTHS) {
        if (width !== WIDTHS[0]) await page.setViewportSize({ width, height: 800 });
        for (const watcher of watchers) await watcher.at?.(page, reports.get(watcher), width);
      }
    }
  });
  await Promise.all([visit(), visit()]);
  return new Map([...failures].map(([watcher, those]) => [watcher, [...those].sort()]));
}
