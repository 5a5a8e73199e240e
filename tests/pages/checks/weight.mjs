// A debate page's own style and script are light, as it loads and as its parts are turned to.
import { withPage } from "../lib/browser.mjs";

export const claim = "style and script of a debate page are at most 30,000 bytes as it loads, 37,000 opened at a paragraph, uncompressed and without the colours of code";

/** At most so many bytes as it loads; and once its address names a paragraph, which brings the tools for quoting. */
const LIMITS = [["", 30_000], ["#p1", 37_000]];

export async function check({ browser, pages }) {
  const failures = [];
  let weighed = 0;
  const queue = pages.filter((page) => page.kind === "debate").flatMap((one) => LIMITS.map((limit) => [one, ...limit]));
  const weigh = async () => {
    for (let next; (next = queue.shift()); ) {
      const [one, fragment, limit] = next;
      await withPage(browser, {}, async (page) => {
        const loaded = [];
        // The colours of code are a sheet of their own, which only a debate with code in its notes has.
        page.on("response", (response) => {
          if (/stylesheet|script/.test(response.request().resourceType()) && !/code\.css/.test(response.url())) loaded.push(response);
        });
        await page.goto(one.url + fragment, { waitUntil: "networkidle" });
        const isNamed = fragment && (await page.evaluate((id) => Boolean(document.getElementById(id)), fragment.slice(1)));
        const sizes = await Promise.all(loaded.map(async (response) => [new URL(response.url()).pathname.split("/").at(-1), (await response.body()).length]));
        const total = sizes.reduce((sum, [, size]) => sum + size, 0);
        const report = (words) => failures.push(`${one.site}: ${one.path}${fragment}: ${words}`);
        if (!sizes.length) report("loads no style at all");
        if (isNamed && !sizes.some(([name]) => name === "passage.js")) report("the tools for quoting are not loaded");
        if (total > limit) report(`${total} bytes are more than ${limit}: ${sizes.map((size) => size.join(" ")).join(", ")}`);
        weighed += 1;
      });
    }
  };
  // Several at a time: it is mostly waiting.
  await Promise.all([weigh(), weigh(), weigh(), weigh()]);
  if (!weighed) failures.push("no page was weighed");
  return failures.sort();
}

export const breakages = [
  { name: "a style sheet of 40 kB more", page: "debate", change: { "theme/style.css": `\n/* ${"x".repeat(40_000)} */\n` }, reported: /index\.html: \d+ bytes.*style\.css/ },
  { name: "tools of 10 kB more", page: "debate", change: { "theme/passage.js": `\n// ${"x".repeat(10_000)}\n` }, reported: /#p1: \d+ bytes.*passage\.js/ },
  { name: "no page", page: "none such", change: { "theme/style.css": "\n" }, reported: /no page was weighed/ },
];
