// Nothing moves while a page loads slowly.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withPage } from "../lib/browser.mjs";

export const claim = "nothing shifts while a page loads, also at a paragraph, its pieces, style and script coming late";

export async function check({ browser, server, sites, pages }) {
  const failures = [];
  const queue = [];
  for (const site of sites) {
    const base = server.mount(`slow-${site.name}`, site.folder, 60);
    for (const page of pages.filter((page) => page.site === site.name)) {
      for (const fragment of fragments(site, page)) {
        for (const width of [320, 1440]) {
          queue.push({ ...page, path: page.path + fragment, url: page.url.replace(site.base, base) + fragment, width });
        }
      }
    }
  }
  const visit = async () => {
    for (let one; (one = queue.shift()); ) {
      await withPage(browser, { viewport: { width: one.width, height: 800 } }, async (page) => {
        await page.addInitScript(() => {
          globalThis.shifts = [];
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              // A page that moves down by a pixel counts 0.001. Less than a twentieth of that is a fraction of a
              // pixel in a small place: a wide table that is laid out in pieces on a busy machine.
              if (entry.value < 0.00005) continue;
              const moved = entry.sources.map(({ node }) => node?.nodeType === 1 ? `<${node.localName} class="${node.className}">` : node?.textContent.trim().slice(0, 30));
              globalThis.shifts.push(`${entry.value.toFixed(4)} at ${Math.round(entry.startTime)} ms: ${moved.join(", ")}`);
            }
          }).observe({ type: "layout-shift", buffered: true });
        });
        await page.goto(one.url, { waitUntil: "load" });
        // Until nothing is under way, what came has been drawn, and what was seen is told.
        await page.waitForLoadState("networkidle");
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn)))));
        for (const shift of await page.evaluate(() => globalThis.shifts)) {
          failures.push(`${one.site}: ${one.path}: ${one.width} px: ${shift}`);
        }
      });
    }
  };
  // Several at a time: it is mostly waiting.
  await Promise.all(Array.from({ length: 8 }, visit));
  return failures.sort();
}

/** A debate is opened at its top and at a paragraph some way down. Not at a note: its address opens it on a
 *  narrow screen, and shows its words in full on a wide one, which moves what follows. */
function fragments(site, page) {
  if (page.kind !== "debate") return [""];
  const html = readFileSync(join(site.folder, page.path), "utf8");
  const ids = [...html.matchAll(/ id="(p\d+)"/g)].map((hit) => hit[1]);
  return ids.length ? ["", `#${ids[ids.length >> 1]}`] : [""];
}

export const breakages = [
  {
    name: "tools that push the record down",
    page: "debate",
    change: { "theme/passage.js": '\n{ const banner = document.createElement("p"); banner.textContent = "Hello"; document.querySelector(".text > :target").closest(".row").after(banner); }\n', "theme/style.css": "\n* { overflow-anchor: none }\n" },
    reported: /#p\d+: \d+ px: 0\.\d+ at/,
  },
  {
    name: "a script that puts a banner on top",
    change: { "theme/site.js": '\naddEventListener("load", () => { const banner = document.createElement("p"); banner.textContent = "Hello"; document.body.prepend(banner); });\n' },
    reported: /about.*0\.\d+ at \d+ ms/,
  },
];
