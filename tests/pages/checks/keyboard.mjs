// A debate page by keyboard alone: everything is reached, in order, visibly, and can be worked and left.
import { withPage } from "../lib/browser.mjs";

export const claim = "by keyboard everything on a debate page is reached in order, seen, worked and left again";

/** Of `parts` each is done by itself. */
export async function check({ browser, pages, widths = [1440, 320], patience = SOON, parts = ["walked", "skipped", "worked"] }) {
  const failures = [];
  for (const one of pages) {
    for (const width of widths) {
      const report = (words) => failures.push(`${one.site}: ${one.path}: ${width} px: ${words}`);
      await withPage(browser, { viewport: { width, height: 900 }, reducedMotion: "reduce" }, async (page) => {
        await page.goto(one.url, { waitUntil: "load" });
        await page.evaluate(helpers);
        if (parts.includes("walked")) await walked(page, report);
        if (parts.includes("skipped")) await skipped(page, one, report);
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        if (parts.includes("worked")) await worked(page, one, report, patience);
      });
    }
  }
  return failures;
}

/** Tab from top to bottom and back: the order is the document's, and every stop is seen. */
async function walked(page, report) {
  const expected = await page.evaluate(() => globalThis.stops().map(globalThis.named));
  const forward = [];
  for (let step = 0; step <= expected.length + 5; step += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => globalThis.seen());
    if (!stop) break;
    forward.push(stop);
  }
  if (forward.length > expected.length + 4) return report(`focus never leaves the page: it ends at ${forward.at(-1).name}`);
  const names = forward.map((stop) => stop.name);
  for (const name of expected) if (!names.includes(name)) report(`${name} is not reached`);
  const wrong = names.findIndex((name, at) => name !== expected[at]);
  if (wrong >= 0 && names.length === expected.length) report(`after ${names[wrong - 1]} comes ${names[wrong]}, not ${expected[wrong]}`);
  for (const { name, fault } of forward) if (fault) report(`${name} has focus and ${fault}`);
  const back = [];
  for (let step = 0; step <= expected.length + 5; step += 1) {
    await page.keyboard.press("Shift+Tab");
    const stop = await page.evaluate(() => globalThis.seen());
    if (!stop) break;
    back.unshift(stop.name);
    if (stop.name === names[0]) break;
  }
  if (back.join("\n") !== names.join("\n")) {
    const at = back.findIndex((name, at) => name !== names[at]);
    report(`backwards the way is another: ${back[at]} instead of ${names[at]}, ${back.length} stops instead of ${names.length}`);
  }
}

/** The first stops are links that skip what is repeated; each lands where it says. */
async function skipped(page, one, report) {
  const skips = await page.evaluate(() => [...document.querySelectorAll(".skip")].map((link) => link.getAttribute("href")));
  if (skips.length < 2) report(`${skips.length} skip links: one to the content and one to the record are wanted`);
  for (const [at, href] of skips.entries()) {
    await page.goto(one.url, { waitUntil: "load" });
    await page.evaluate(helpers);
    for (let step = 0; step <= at; step += 1) await page.keyboard.press("Tab");
    if (!(await page.evaluate((href) => document.activeElement.matches(`.skip[href="${href}"]`), href))) {
      report(`stop ${at + 1} is not the skip link to ${href}`);
      continue;
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const landed = await page.evaluate((href) => {
      const target = document.querySelector(href);
      return Boolean(target && target.compareDocumentPosition(document.activeElement) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
    }, href);
    if (!landed) report(`the skip link to ${href} does not move the keyboard there`);
  }
}

/** A control has so many milliseconds for what it is there for. */
const SOON = 3_000;

/** Whether what is wanted comes about soon. What it looks at may be a promise, which `waitForFunction` takes for a yes. */
async function soon(page, patience) {
  for (const until = performance.now() + patience; performance.now() < until; await page.waitForTimeout(50)) {
    if (await page.evaluate(() => globalThis.happened())) return true;
  }
  return false;
}

/** What opens, switches, finds and copies does so by key: not something, but what it is there for. */
async function worked(page, one, report, patience) {
  const unfolded = async () => {
    await page.goto(one.url, { waitUntil: "load" });
    await page.evaluate(helpers);
    await page.evaluate(() => globalThis.unfold());
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(100);
  };
  await unfolded();
  // One control of each sort in each part of the page stands for the rest.
  const sorts = await page.evaluate(() => globalThis.stops().flatMap((stop, at) => {
    if (!stop.matches("summary, input, button, select")) return [];
    const part = stop.closest("nav, form, .toolbar, figure, section")?.className ?? "";
    return [{ at, key: `${stop.localName} ${stop.type ?? ""} ${stop.name ?? ""} ${part}`, kind: stop.localName, isText: stop.matches("[type=search], [type=text]") }];
  }));
  const first = [...new Map(sorts.reverse().map((sort) => [sort.key, sort])).values()].reverse();
  const keys = { summary: ["Enter", "Space"], button: ["Enter"], select: ["ArrowDown"], input: ["Space"] };
  for (const sort of first) {
    for (const key of keys[sort.kind]) {
      // Each time as the page was: what a switch hides can't be worked.
      await page.goto(`${one.url}?`, { waitUntil: "load" });
      await unfolded();
      const words = await page.evaluate((at) => {
        const stop = globalThis.at = globalThis.stops()[at];
        const field = stop.matches("button") && stop.form?.querySelector("[type=search]");
        if (field) field.focus();
        return Boolean(field);
      }, sort.at);
      if (words) {
        await page.keyboard.type("the");
        await page.waitForLoadState("networkidle");
      }
      const called = await page.evaluate(() => { globalThis.at.focus(); return globalThis.named(globalThis.at); });
      const wanted = await page.evaluate(() => globalThis.effect(globalThis.at));
      if (!wanted) {
        report(`${called} is a control of which this check does not know what it is for`);
        continue;
      }
      if (sort.isText) await page.keyboard.type("the");
      else await page.keyboard.press(key);
      const happened = wanted.address
        ? page.waitForURL(new RegExp(wanted.address), { timeout: patience })
        : soon(page, patience);
      if (!(await happened.then((is) => is !== false, () => false))) report(`${key} on ${called} does nothing: wanted is that ${wanted.words}`);
    }
  }
}

/** Put into the page: which stops there are, what they are called, whether the one with focus is seen. */
function helpers() {
  // The tools open one at a time; what is in them is worked all the same.
  globalThis.unfold = () => {
    for (const tool of document.querySelectorAll(".toolbar > details")) {
      tool.removeAttribute("name");
      tool.open = true;
    }
  };
  globalThis.stops = () => {
    const wanted = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
    const stops = [...document.querySelectorAll(wanted)].filter((element) =>
      !element.disabled && element.tabIndex >= 0
      && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false })
      && !(element.type === "radio" && !element.checked && document.querySelector(`input[name="${element.name}"]:checked`)));
    return stops;
  };
  globalThis.named = (element) => {
    const words = (element.getAttribute("aria-label") ?? element.textContent ?? element.value ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    const same = [...document.querySelectorAll(element.localName)].indexOf(element);
    return `<${element.localName}> ${same + 1} “${words || element.name || ""}”`;
  };
  // What a control is for, in words; and in `happened` whether that has come about, or the address it leads to.
  globalThis.effect = async (element) => {
    const is = (words, happened) => { globalThis.happened = happened; return { words }; };
    const { pathname, search } = location;
    const form = element.form;
    const said = () => form.querySelector("output").textContent;
    if (element.matches("summary")) {
      const was = element.parentElement.open;
      return is(was ? "it closes" : "it opens", () => element.parentElement.open !== was);
    }
    if (element.matches("button[data-copied]")) {
      // The clipboard is the machine's: it may hold the words of a run before.
      await navigator.clipboard.writeText("nothing yet");
      const words = document.getElementById(element.dataset.copy).textContent.trim();
      return is("the citation is on the clipboard, and the button says so", async () =>
        element.textContent === element.dataset.copied && (await navigator.clipboard.readText()) === words);
    }
    if (element.matches(".find button")) {
      return is("it goes to a place found, and says to which", () =>
        /[1-9]/.test(said()) && CSS.highlights.has("here") && location.pathname === pathname && location.search === search);
    }
    if (element.matches(".find input")) return is("it says how many places are found", () => /[1-9]/.test(said()) && CSS.highlights.get("found")?.size > 0);
    if (element.matches(".search-box input")) return is("what is typed stands in it", () => element.value === "the");
    if (element.matches(".search-box button")) return { words: "the search page opens with the words", address: "/search/(index\\.html)?\\?q=the" };
    if (element.matches(".check button")) return is("it says whether the words are in the record", () => said().trim().length > 0 && location.search === search);
    if (element.matches(".check :is(input, textarea)")) return is("what is typed stands in it", () => element.value.includes("the"));
    if (element.matches(".switches [name=open]")) {
      return is("the notes open", () => element.checked && [...document.querySelectorAll(".record .notes details")].every((details) => details.open));
    }
    if (element.matches(".switches input")) {
      const [was, count] = [element.checked, said()];
      return is("it is switched, the address keeps it, and it says how many notes are shown", () =>
        element.checked !== was && said() !== count && said() && location.search !== search);
    }
    return null;
  };
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  globalThis.seen = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const name = globalThis.named(element);
    const box = element.getBoundingClientRect();
    let fault = "";
    // A mark in a picture is outlined by the stroke of its shape.
    const shape = element.namespaceURI.endsWith("svg") && getComputedStyle(element.querySelector("*") ?? element);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!ring && !(shape && parseFloat(shape.strokeWidth) >= 2)) fault = "no outline of 2 px";
    else if (ring && style.outlineStyle !== "auto") {
      const [a, b] = [light(style.outlineColor), light(ground(element.parentElement))].sort((a, b) => b - a);
      const contrast = (a + 0.05) / (b + 0.05);
      if (contrast < 3) fault = `its outline has a contrast of ${contrast.toFixed(1)} to 1`;
    }
    if (!fault && (box.width < 1 || box.height < 1)) fault = "no size";
    else if (!fault && (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth)) fault = "it is out of view";
    else if (!fault) {
      // A part of it may lie below something; all of it may not.
      const rect = element.getClientRects()[0] ?? box;
      const over = new Set();
      for (const across of [0.1, 0.3, 0.5, 0.7, 0.9]) for (const down of [0.15, 0.5, 0.85]) {
        const top = document.elementFromPoint(rect.left + rect.width * across, rect.top + rect.height * down);
        over.add(!top || element.contains(top) || top.contains(element) || top.closest("label")?.contains(element) ? null : top);
      }
      if (!over.has(null)) fault = `<${[...over][0].localName}> lies over it`;
    }
    return { name, fault };
  };
}

export const breakages = [
  {
    name: "a trap",
    part: "walked",
    page: "debate",
    change: { "theme/site.js": '\naddEventListener("keydown", (event) => { if (event.key === "Tab" && document.activeElement.matches(".number")) event.preventDefault(); });\n' },
    reported: /never leaves|is not reached/,
  },
  {
    name: "focus that can't be seen",
    part: "walked",
    page: "debate",
    change: { "theme/style.css": "\n:focus-visible { outline: none !important }\n" },
    reported: /has focus and no outline/,
  },
  {
    name: "focus in the colour of the paper",
    part: "walked",
    page: "debate",
    change: { "theme/style.css": "\n:focus-visible { outline-color: #f4f2ee !important }\n" },
    reported: /its outline has a contrast of 1/,
  },
  {
    name: "an order of its own",
    part: "walked",
    page: "debate",
    change: { "theme/site.js": '\ndocument.querySelector(".site-title a").tabIndex = 5;\n' },
    reported: /comes|another/,
  },
  {
    name: "a switch that keys don't work",
    part: "worked",
    page: "debate",
    change: { "theme/site.js": '\naddEventListener("keydown", (event) => { if (event.key !== "Tab") event.preventDefault(); }, true);\n' },
    reported: /Enter on <summary> [^\n]* does nothing/,
  },
  {
    name: "finding without its script",
    part: "worked",
    page: "debate",
    change: { "theme/find.js": () => "\n" },
    reported: [/Enter on <button> [^\n]*does nothing: wanted is that it goes to a place/, /does nothing: wanted is that it says how many places/],
  },
  {
    name: "copying that says it has, and has not",
    part: "worked",
    page: "debate",
    change: { "theme/site.js": (script) => script.replace(/await navigator\.clipboard\.writeText\([^]*?\);\n/, ";\n") },
    reported: /does nothing: wanted is that the citation is on the clipboard/,
  },
  {
    name: "no skip links",
    part: "skipped",
    page: "debate",
    change: { "debates/2012-12-20-human-trafficking/index.html": (html) => html.replaceAll(/<a class="skip"[^]*?<\/a>/g, "") },
    reported: /0 skip links/,
  },
];
