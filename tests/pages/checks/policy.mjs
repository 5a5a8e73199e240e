// The strict policy holds: nothing is refused under it, and no page has a script or a style of its own.
import { WIDTHS } from "../lib/walk.mjs";

export const claim = "the strict policy holds on every page: no inline script or style, nothing refused, no error";

export const watcher = {
  async begin(page, report) {
    await page.addInitScript(() => {
      globalThis.refused = [];
      addEventListener("securitypolicyviolation", (event) =>
        globalThis.refused.push(`${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`.trim()), true);
    });
    page.on("console", (message) => {
      // The page for addresses that don't exist is itself sent with that status.
      if (message.type() === "error" && !(/status of 404/.test(message.text()) && /404\.html$/.test(page.url()))) {
        report(`the console says: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => report(`a script failed: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 400) report(`${response.url()} answers ${response.status()}`);
    });
  },
  async at(page, report, width) {
    if (width === WIDTHS[0]) for (const words of await page.evaluate(inline)) report(words);
    for (const words of await page.evaluate(() => globalThis.refused.splice(0))) report(words);
  },
};

// In the page as it was sent, not as scripts left it.
async function inline() {
  const sent = await (await fetch(location.href)).text();
  const page = new DOMParser().parseFromString(sent, "text/html");
  const found = [];
  const at = (element) => `<${element.localName}${element.id && ` id="${element.id}"`}>`;
  for (const element of page.querySelectorAll("*")) {
    if (element.localName === "style") found.push("has a <style> element");
    const isData = element.type === "application/ld+json" || element.type === "application/json";
    if (element.localName === "script" && !element.hasAttribute("src") && !isData) found.push("has an inline script");
    for (const { name, value } of element.attributes) {
      if (name === "style") found.push(`${at(element)} has style="${value}"`);
      if (name.startsWith("on")) found.push(`${at(element)} has ${name}="${value}"`);
      if (/^\s*javascript:/i.test(value)) found.push(`${at(element)} has ${name}="${value}"`);
    }
  }
  return found;
}

const inAbout = (words) => ({ "about/index.html": (html) => html.replace("</main>", `${words}</main>`) });
export const breakages = [
  { name: "an inline script", change: inAbout("<script>document.title = 1</script>"), reported: /script-src-elem refused inline[^]*has an inline script|has an inline script[^]*refused/ },
  { name: "an inline style", change: inAbout('<p style="color: red">x</p>'), reported: /<p> has style="color: red"/ },
  { name: "a style element", change: inAbout("<style>p { color: red }</style>"), reported: /has a <style> element/ },
  { name: "a handler", change: inAbout('<button onclick="alert(1)">x</button>'), reported: /<button> has onclick/ },
  { name: "a script that fails", change: { "theme/site.js": "\nnull.x;\n" }, reported: /a script failed: Cannot read/ },
  { name: "a missing file", change: inAbout('<img src="missing.png" alt="">'), reported: /missing\.png answers 404/ },
];
