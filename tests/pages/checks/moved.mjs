// An address that a page had before leads to the present one, with its fragment, and without a script too.
import { withPage } from "../lib/browser.mjs";

export const claim = "a former address leads to the page and to the place on it, without a script to the page";

export async function check({ browser, pages }) {
  const failures = [];
  const moved = pages.filter((page) => page.kind === "moved");
  if (!moved.length) failures.push("no page has a former address");
  for (const one of moved) {
    for (const javaScriptEnabled of [true, false]) {
      await withPage(browser, { javaScriptEnabled }, async (page) => {
        const fragment = javaScriptEnabled ? "#s-evidence" : "";
        await page.goto(one.url + fragment);
        const isLedOn = (url) => url.href !== one.url + fragment && url.hash === fragment;
        const led = await page.waitForURL(isLedOn, { timeout: 5_000 }).then(() => true, () => false);
        const kind = await page.evaluate(() => document.body.className);
        if (!led || /page-(moved|404)/.test(kind)) failures.push(`${one.site}: ${one.path}: ${javaScriptEnabled ? "with" : "without"} a script it stays at ${page.url()}`);
      });
    }
  }
  return failures;
}

const old = "topics/crossings/index.html";
export const breakages = [
  { of: "edge", page: "moved", name: "a script that forgets the place", change: { "theme/moved.js": (script) => script.replace(" + location.hash", "") }, reported: /crossings.*with a script it stays/ },
  { of: "edge", page: "moved", name: "an address that leads nowhere without a script", change: { [old]: (html) => html.replace(/<noscript>.*<\/noscript>/, "") }, reported: /crossings.*without a script it stays/ },
];
