// Nothing moves while a page loads slowly.
import { withPage } from "../lib/browser.mjs";

export const claim = "nothing shifts while a page loads, its pieces, style and script coming late";

export async function check({ browser, server, sites, pages }) {
  const failures = [];
  const queue = [];
  for (const site of sites) {
    const base = server.mount(`slow-${site.name}`, site.folder, 60);
    for (const page of pages.filter((page) => page.site === site.name)) {
      for (const width of [320, 1440]) queue.push({ ...page, url: page.url.replace(site.base, base), width });
    }
  }
  const visit = async () => {
    for (let one; (one = queue.shift()); ) {
      await withPage(browser, { viewport: { width: one.width, height: 800 } }, async (page) => {
        await page.addInitScript(() => {
          globalThis.shifts = [];
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              const moved = entry.sources.map(({ node }) => node?.nodeType === 1 ? `<${node.localName} class="${node.className}">` : node?.textContent.trim().slice(0, 30));
              globalThis.shifts.push(`${entry.value.toFixed(4)} at ${Math.round(entry.startTime)} ms: ${moved.join(", ")}`);
            }
          }).observe({ type: "layout-shift", buffered: true });
        });
        await page.goto(one.url, { waitUntil: "load" });
        await page.waitForTimeout(250);
        for (const shift of await page.evaluate(() => globalThis.shifts)) {
          failures.push(`${one.site}: ${one.path}: ${one.width} px: ${shift}`);
        }
      });
    }
  };
  // Several at a time: it is mostly waiting.
  await Promise.all([visit(), visit(), visit(), visit()]);
  return failures.sort();
}

export const breakages = [
  {
    name: "a script that puts a banner on top",
    change: { "theme/site.js": '\naddEventListener("load", () => { const banner = document.createElement("p"); banner.textContent = "Hello"; document.body.prepend(banner); });\n' },
    reported: /about.*0\.\d+ at \d+ ms/,
  },
];
