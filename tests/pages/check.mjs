// What the project claims of its pages, held in a real browser.
//
//   node check.mjs [NAME…]              every check, or these, on the built sites
//   node check.mjs --self-test [NAME…]  every check is shown to fail: each breakage, made on purpose in a
//                                       copy of the demonstration, is reported by its check
//   node check.mjs --all [NAME…]        both, on sites that are built once
import { dirname, join } from "node:path";
import * as axe from "./checks/axe.mjs";
import * as disk from "./checks/disk.mjs";
import * as firefox from "./checks/firefox.mjs";
import * as hosts from "./checks/hosts.mjs";
import * as html from "./checks/html.mjs";
import * as keyboard from "./checks/keyboard.mjs";
import * as lighthouse from "./checks/lighthouse.mjs";
import * as moved from "./checks/moved.mjs";
import * as noscript from "./checks/noscript.mjs";
import * as policy from "./checks/policy.mjs";
import * as print from "./checks/print.mjs";
import * as quoting from "./checks/quoting.mjs";
import * as record from "./checks/record.mjs";
import * as register from "./checks/register.mjs";
import * as reflow from "./checks/reflow.mjs";
import * as scale from "./checks/scale.mjs";
import * as shift from "./checks/shift.mjs";
import * as verbatim from "./checks/verbatim.mjs";
import * as weight from "./checks/weight.mjs";
import { launch } from "./lib/browser.mjs";
import { LONG, TOPIC } from "./lib/large.mjs";
import { serve } from "./lib/server.mjs";
import * as sites from "./lib/sites.mjs";
import { states } from "./lib/states.mjs";
import { walk } from "./lib/walk.mjs";

const CHECKS = { html, hosts, policy, reflow, axe, keyboard, noscript, shift, print, verbatim, record, register, quoting, firefox, weight, moved, disk, scale, lighthouse };
/** So many failures of one check are printed; the rest are counted. */
const PRINTED = 40;

const names = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const [isSelfTest, isAll] = ["--self-test", "--all"].map((word) => process.argv.includes(word));
for (const name of names) if (!CHECKS[name]) throw new Error(`no check is called ${name}: ${Object.keys(CHECKS).join(", ")}`);
const wanted = Object.entries(CHECKS).filter(([name]) => !names.length || names.includes(name));

/** There is one clipboard: what copies is done in turn, whatever is done beside it. */
const IN_TURN = /^(keyboard|quoting|record|firefox)$/;
/** Time is measured on a machine that does nothing else. */
const AT_REST = /^(scale|lighthouse)$/;

const counts = { passed: 0, failed: 0 };
function say(claim, failures, since, looked = "") {
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  console.log(`${failures.length ? "FAILED" : "ok    "}  ${claim}  (${[looked, `${seconds} s`].filter(Boolean).join(", ")})`);
  for (const failure of failures.slice(0, PRINTED)) console.log(`        - ${failure}`);
  if (failures.length > PRINTED) console.log(`        and ${failures.length - PRINTED} more`);
  counts[failures.length ? "failed" : "passed"] += 1;
}

const server = await serve();
const browser = await launch();
const known = {};
/** A site by its name, built when it is first asked for. */
const site = (name) => (known[name] ??= sites[name](server));
try {
  if (!isSelfTest) await checkAll();
  if (isSelfTest || isAll) await selfTest();
} finally {
  await browser.close();
  await server.close();
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed ? 1 : 0;

async function checkAll() {
  const [demo, corpus, edge, example, onDisk, large] = ["demo", "corpus", "edge", "example", "disk", "large"].map(site);
  // Hundreds of pages, most of which repeat what others have.
  const imported = corpus ? sites.differing(corpus) : [];
  // Its other pages are like those of the other sites.
  const largest = large.pages.filter(({ path }) => [`debates/${LONG.slug}/index.html`, `topics/${TOPIC.slug}/index.html`].includes(path));
  if (!corpus) {
    // Nothing else holds imported debates: where the corpora can't be had, that much has not been shown.
    if (process.env.CI) counts.failed += 1;
    console.log("NOT SHOWN: RAPPORTEUR_CORPORA is not set, so no page of an imported debate is looked at: what is claimed holds of the demonstration and of the edge cases");
  }
  if (!firefox.FIREFOX && wanted.some(([name]) => name === "firefox")) {
    if (process.env.CI) counts.failed += 1;
    console.log("NOT SHOWN: there is no Firefox here, so no page is looked at in it");
    wanted.splice(wanted.findIndex(([name]) => name === "firefox"), 1);
  }
  const built = [demo, example, corpus, edge].filter(Boolean);
  for (const { name, pages, debates } of built) {
    const those = debates ? `, ${debates} debates imported; the ${imported.length} that differ are looked at, ${imported.filter(({ kind }) => kind === "debate").length} of them debates` : "";
    console.log(`${name}: ${pages.length} pages${those}`);
  }
  const used = states(demo.pages);
  // A former address leads away before anything can be looked at.
  const everywhere = [...[demo, example, edge].flatMap((site) => site.pages), ...imported, ...largest].filter((page) => page.kind !== "moved");
  const kinds = [
    ...sites.sample(demo.pages),
    ...sites.sample(example.pages),
    ...(corpus ? sites.sample(corpus.pages) : []),
    ...edge.pages.filter((page) => /^(debate|topic|home|briefing|fact-check|corrections|unplaced)$/.test(page.kind)),
  ];
  const unseen = sites.unseen([...kinds, ...edge.pages.filter((page) => page.kind === "moved")]);
  say("pages of every kind there can be are looked at", unseen.map((kind) => `there is no page of the kind ${kind}`), performance.now());
  const demoDebate = demo.pages.find((page) => page.kind === "debate");
  const reviewed = wanted.some(([name]) => name === "print") ? sites.drafts(server).pages.filter((page) => page.kind === "debate") : [];
  const looksAt = {
    html: { folders: [...[demo, example, edge].map((site) => site.folder), ...largest.map(({ path }) => `${large.folder}/${dirname(path)}`)], documents: imported.map(({ path }) => join(corpus.folder, path)), pages: everywhere },
    // The longest debate takes a minute and has what the others have, only more of it.
    axe: { pages: [...kinds, ...used] },
    keyboard: { pages: [demoDebate] },
    noscript: { pages: kinds },
    shift: { pages: [...sites.sample(demo.pages), ...edge.pages.filter((page) => page.kind === "debate"), ...largest], sites: [...built, large] },
    print: { pages: [...kinds, ...reviewed] },
    verbatim: { pages: [...demo.pages, ...example.pages, ...edge.pages, ...imported].filter((page) => page.kind === "debate"), sites: built },
    // Of the longest only its first and its last words differ from what the others have.
    record: { pages: [demoDebate, ...example.pages, ...edge.pages, ...imported].filter((page) => page.kind === "debate" && page.size < 1_500_000).concat(largest.filter((page) => page.kind === "debate")) },
    quoting: { example, pages: [demoDebate, ...edge.pages.filter((page) => /2024-01-(01|10)/.test(page.path))] },
    register: { pages: [...demo.pages, ...example.pages, ...large.pages.filter(({ path }) => /^commitments\/(index|page-2)/.test(path))] },
    firefox: { pages: [demo, example].flatMap((site) => site.pages.filter(({ kind }) => /^(debate|search)$/.test(kind))), sites: [demo, example] },
    weight: { pages: [...kinds, ...largest] },
    moved: { pages: edge.pages },
    scale: { pages: large.pages, site: large },
    disk: { pages: onDisk.pages, disk: onDisk.pages },
    lighthouse: { pages: sites.sample(demo.pages), note: (words) => console.log(`        ${words}`) },
  };

  const done = async ([name, check]) => {
    const began = performance.now();
    const failures = await check.check({ browser, server, ...looksAt[name] }).catch((error) => [error.stack]);
    say(check.claim, failures, began, `${looksAt[name].pages.length} pages`);
  };
  const walked = async (watching) => {
    if (!watching.length) return;
    const began = performance.now();
    const found = await walk(browser, [...everywhere, ...used], watching.map(([, check]) => check.watcher));
    for (const [, check] of watching) say(check.claim, found.get(check.watcher), began, `${everywhere.length} pages`);
  };
  const of = (is) => wanted.filter(([name, check]) => !check.watcher && is(name));
  // The Nu checker is another process; what is done in turn waits most of the time.
  await Promise.all([
    inOrder(of((name) => name === "html"), done),
    inOrder(of((name) => IN_TURN.test(name)), done),
    walked(wanted.filter(([, check]) => check.watcher)).then(() => inOrder(of((name) => name !== "html" && !IN_TURN.test(name) && !AT_REST.test(name)), done)),
  ]);
  await inOrder(of((name) => AT_REST.test(name)), done);
}

async function inOrder(those, use) {
  for (const one of those) await use(one);
}

async function selfTest() {
  const demo = site("demo");
  const onDisk = { ...site("disk"), base: "" };
  const one = async (name, check, breakage, at) => {
    const began = performance.now();
    const from = breakage.page === "disk" ? onDisk : breakage.of ? site(breakage.of) : demo;
    const copy = sites.broken(from, `${name}-${at}`, server, breakage.change);
    const found = await onBroken(name, check, copy, breakage).catch((error) => [error.stack]);
    const wantedWords = [breakage.reported].flat();
    const missed = wantedWords.filter((words) => !words.test(found.join("\n")));
    const failures = missed.map((words) => `${words} is not in what was reported: ${found.length ? found.slice(0, 5).join(" | ") : "nothing"}`);
    say(`${name} reports ${breakage.name}`, failures, began);
  };
  const all = wanted.flatMap(([name, check]) => check.breakages.map((breakage, at) => [name, check, breakage, at]));
  const [inTurn, atRest] = [IN_TURN, /^lighthouse$/].map((is) => all.filter(([name]) => is.test(name)));
  const beside = all.filter((next) => !inTurn.includes(next) && !atRest.includes(next));
  const use = (next) => one(...next);
  const worker = async () => { for (let next; (next = beside.shift()); ) await use(next); };
  await Promise.all([worker(), worker(), inOrder(inTurn, use)]);
  await inOrder(atRest, use);
}

function onBroken(name, check, site, { page = "about/index.html", of, part }) {
  const pages = site.pages.filter((one) => one.kind === page || one.path === page);
  if (name === "disk") {
    const opened = site.pages.map((one) => ({ ...one, url: `file://${site.folder}/${one.path}` }));
    return check.check({ browser, disk: opened });
  }
  const parts = part ? [part] : undefined;
  if (name === "scale") return check.check({ browser, server, site, parts });
  if (name === "html") return check.check({ folders: [`${site.folder}/about`, `${site.folder}/theme`] });
  if (check.watcher) return walk(browser, pages, [check.watcher]).then((found) => found.get(check.watcher));
  return check.check({ browser, server, pages: pages.slice(0, 1), sites: [site], example: of === "example" ? site : undefined, tries: 1, kinds: ["home"], widths: [320], patience: 600, parts });
}
