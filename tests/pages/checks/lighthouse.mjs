// Lighthouse as a telephone on a slow line sees the site.
import { createServer } from "node:net";
import lighthouse from "lighthouse";
import { launch } from "../lib/browser.mjs";

export const claim = "Lighthouse gives 100 for performance, accessibility, best practices and search on debate, topic and home";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
/** Performance depends on what else the machine does: it has so many tries, the rest has one. */
const TRIES = 3;

export async function check({ pages, tries = TRIES, note = () => {} }) {
  // A browser of its own, at a port that was free a moment ago.
  const port = await freePort();
  const browser = await launch(port);
  try {
    return await measured(port, pages, tries, note);
  } finally {
    await browser.close();
  }
}

async function freePort() {
  const probe = createServer();
  await new Promise((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}

async function measured(port, pages, tries, note) {
  const failures = [];
  const chosen = ["debate", "topic", "home"].map((kind) => pages.find((page) => page.kind === kind)).filter(Boolean);
  if (!chosen.length) throw new Error("there is no page to measure");
  for (const one of chosen) {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const { lhr } = await lighthouse(one.url, { port, output: "json", logLevel: "silent", onlyCategories: CATEGORIES });
      if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
      const low = CATEGORIES.filter((category) => lhr.categories[category].score < 1);
      if (!low.length) {
        if (attempt > 1) note(`${one.path}: performance was 100 in run ${attempt}`);
        break;
      }
      const isOnlySpeed = low.length === 1 && low[0] === "performance";
      if (isOnlySpeed && attempt < tries) continue;
      for (const category of low) failures.push(`${one.site}: ${one.path}: ${words(lhr, category)}`);
      break;
    }
  }
  return failures;
}

function words(lhr, category) {
  const { score, auditRefs } = lhr.categories[category];
  const short = auditRefs
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`.trim());
  return `${category} ${Math.round(score * 100)}: ${short.join(", ")}`;
}

export const breakages = [
  {
    name: "a page that is slow, faint, noisy and has no description",
    page: "home",
    change: {
      "index.html": (html) => html
        .replace(/<meta name="description"[^>]*>/, "")
        .replace("<script src", '<script src="theme/slow.js"></script><script src'),
      "theme/slow.js": () => "const until = performance.now() + 1500; while (performance.now() < until); console.error('noise'); null.x;",
      "theme/style.css": "\n:root { --quiet: #bbb }\n",
    },
    reported: [/performance \d\d?:/, /accessibility \d\d?:/, /best-practices \d\d?:/, /seo \d\d?:/],
  },
];
