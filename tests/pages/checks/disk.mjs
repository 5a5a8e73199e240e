// The demonstration as its reader opens it first: from the disk, without a server.
import { withPage } from "../lib/browser.mjs";

export const claim = "opened from the disk, pages have their style and script, and their links land";

export async function check({ browser, disk }) {
  const failures = [];
  await withPage(browser, {}, async (page) => {
    let here;
    const report = (words) => failures.push(`${here.path}: ${words}`);
    page.on("console", (message) => { if (message.type() === "error" && !/NOT_FOUND/.test(message.text())) report(`the console says: ${message.text()}`); });
    page.on("pageerror", (error) => report(`a script failed: ${error.message}`));
    page.on("requestfailed", (request) => {
      if (/NOT_FOUND/.test(request.failure().errorText)) report(`${request.url().split("/").slice(-2).join("/")} is not found`);
    });
    // The page for addresses that don't exist is sent by servers alone; browsers let no page search the disk.
    for (here of disk.filter((page) => !/^(404|search|check)$/.test(page.kind))) {
      await page.goto(here.url, { waitUntil: "load" });
      const styled = await page.evaluate(() => getComputedStyle(document.body).marginTop === "0px");
      if (!styled) report("has no style");
      const hrefs = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.href));
      for (const href of new Set(hrefs)) {
        if (/^file:/.test(href) && !/\.[a-z0-9]+(#|\?|$)/.test(href)) report(`${href} leads to a folder`);
      }
    }
    // The way from the home page to a note, by clicks.
    here = { path: "index.html" };
    await page.goto(disk.find((page) => page.kind === "home").url);
    await page.locator('.card a[href*="debates/"]').first().click();
    await page.waitForLoadState("load");
    if (!/debates\/.*index\.html$/.test(page.url())) report(`the click on a debate leads to ${page.url()}`);
    await page.locator('a[href*="topics/"]:visible').first().click();
    await page.waitForLoadState("load");
    if (!/topics\/.*index\.html/.test(page.url())) report(`the click on a topic leads to ${page.url()}`);
  });
  return failures;
}

export const breakages = [
  { name: "a style that a disk has not", page: "disk", change: { "about/index.html": (html) => html.replace("../theme/style.css", "/theme/style.css") }, reported: /about.*(has no style|is not found)/ },
  { name: "a link to a folder", page: "disk", change: { "about/index.html": (html) => html.replace("</main>", '<a href="../debates/">x</a></main>') }, reported: /about.*leads to a folder/ },
];
