// A debate page's own style and script are light.
import { withPage } from "../lib/browser.mjs";

export const claim = "style and script of a debate page are at most 30,000 bytes, uncompressed";

const LIMIT = 30_000;

export async function check({ browser, pages }) {
  const failures = [];
  await withPage(browser, {}, async (page) => {
    for (const one of pages.filter((page) => page.kind === "debate")) {
      const loaded = [];
      const note = (response) => { if (/stylesheet|script/.test(response.request().resourceType())) loaded.push(response); };
      page.on("response", note);
      await page.goto(one.url, { waitUntil: "networkidle" });
      page.off("response", note);
      // The colours of code are a sheet of their own, which a debate whose notes hold none is spared.
      if (loaded.some((response) => /code\.css/.test(response.url()))) continue;
      const sizes = await Promise.all(loaded.map(async (response) => [new URL(response.url()).pathname.split("/").at(-1), (await response.body()).length]));
      const total = sizes.reduce((sum, [, size]) => sum + size, 0);
      if (!sizes.length) failures.push(`${one.site}: ${one.path}: loads no style at all`);
      if (total > LIMIT) failures.push(`${one.site}: ${one.path}: ${total} bytes: ${sizes.map((size) => size.join(" ")).join(", ")}`);
    }
  });
  return failures;
}

export const breakages = [
  { name: "a style sheet of 40 kB more", page: "debate", change: { "theme/style.css": `\n/* ${"x".repeat(40_000)} */\n` }, reported: /\d+ bytes: .*style\.css/ },
];
