// No page scrolls sideways at any width; 320 is also 1280 at 400 %.
import { open } from "../lib/open.mjs";

export const claim = "no page scrolls sideways, whatever in it is open, at 320 (1280 at 400 %), 768 or 1440 px, and no words are cut off";

export const watcher = {
  async at(page, report, width) {
    await open(page);
    for (const words of await page.evaluate(wide)) report(`at ${width} px ${words}`);
  },
};

function wide() {
  const view = document.documentElement.clientWidth;
  const found = [];
  const name = (element) => `<${element.localName}${element.id ? ` id="${element.id}"` : element.className?.baseVal ?? element.className ? ` class="${element.className?.baseVal ?? element.className}"` : ""}>`;
  const overflow = document.documentElement.scrollWidth - view;
  const culprit = () => {
    const past = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width && (box.right > view + 1 || box.left < -1);
    });
    return past.length ? `: ${name(past.at(-1))} “${past.at(-1).textContent.trim().slice(0, 30)}”` : "";
  };
  if (overflow > 0) found.push(`the page is ${overflow} px too wide${culprit()}`);
  // Words in a box that hides what does not fit, and can't be scrolled, are lost.
  for (const element of document.body.querySelectorAll("*")) {
    const spare = element.scrollWidth - element.clientWidth;
    if (spare <= 2 || !element.clientWidth || element.clientWidth <= 2) continue;
    const style = getComputedStyle(element);
    if (!/hidden|clip/.test(style.overflowX) || style.display === "inline" || style.clipPath !== "none") continue;
    if (!element.checkVisibility()) continue;
    found.push(`${name(element)} cuts off ${spare} px of what is in it`);
  }
  return found;
}

export const breakages = [
  {
    name: "a word that doesn't break in a closed note",
    page: "debate",
    change: {
      "debates/2012-12-20-human-trafficking/index.html": (html) => html.replaceAll('<div class="note-body prose">', `<div class="note-body prose"><p>${"x".repeat(300)}</p>`),
      "theme/style.css": "\n.note-body { overflow-wrap: normal; word-break: normal }\n",
    },
    reported: /at 320 px the page is \d+ px too wide/,
  },
  {
    name: "an element of a fixed width",
    change: { "theme/style.css": "\nh1 { width: 340px }\n" },
    reported: /at 320 px the page is \d+ px too wide: <h1>/,
  },
  {
    name: "a word that doesn't break",
    change: { "about/index.html": (html) => html.replace("</h1>", ` ${"x".repeat(300)}</h1>`), "theme/style.css": "\nbody { overflow-wrap: normal }\n" },
    reported: /about.*at 1440 px the page is \d+ px too wide/,
  },
  {
    name: "words cut off",
    change: { "theme/style.css": "\n.prose p { white-space: nowrap; overflow: hidden }\n" },
    reported: /<p> cuts off/,
  },
];
