// Pages as they are once somebody has used them: what scripts add is looked at too.

const answered = (page) => page.waitForFunction(() => document.querySelector(".results [role=status]")?.textContent.trim(), null, { timeout: 10_000 });

/** The states of a site's pages, as pages that have to be prepared. */
export function states(pages) {
  const search = pages.find((page) => page.kind === "search");
  const debate = pages.find((page) => page.kind === "debate");
  const of = (page, what, query, prepare) => ({ ...page, path: `${page.path}, ${what}`, url: page.url + query, prepare });
  return [
    of(search, "with results", "?q=children", async (page) => {
      await answered(page);
      await page.locator(".search details summary").click();
    }),
    of(search, "with none", "?q=trafiking+zzyzx", answered),
    of(debate, "at a paragraph", "#p3", (page) => page.locator(".tools").waitFor()),
    of(debate, "with notes switched off", "?notes=off", (page) => page.waitForLoadState("networkidle")),
    of(debate, "with words found and a quotation checked", "", async (page) => {
      await page.locator(".finding summary").click();
      await page.locator("#find").fill("the");
      await page.waitForFunction(() => document.querySelector(".find output").textContent);
      await page.locator(".checking summary").click();
      await page.locator("#quotation").fill("The cases referred through the zebra mechanism are only the tip");
      await page.locator(".check button").click();
      await page.waitForFunction(() => document.querySelector(".check output").textContent);
    }),
  ];
}
