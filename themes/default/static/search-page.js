// The search page: what is typed, chosen and shown. The address holds the whole of a search.
import { Index, excerpt, parse } from "./search.js";

const form = document.querySelector(".search");
const section = document.querySelector(".results");
const [box, narrow] = [form.elements.q, form.querySelector("details")];
const [status, offers, list, more] = ["[role=status]", ".offers", "ol", ".more"].map((of) => section.querySelector(of));
const say = form.dataset;
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const get = async (path, fresh) => {
  const answer = await fetch(say.root + path, fresh ? { cache: "no-cache" } : {});
  if (!answer.ok) throw new Error(path);
  return new Uint8Array(await answer.arrayBuffer());
};
const { lang } = document.documentElement;
const days = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" });
const controls = [...narrow.querySelectorAll("[data-filter]")];
let index = new Index(get);
let turn = 0;

const named = (kind) => narrow.querySelector(`[data-filter="kind"] [value="${kind}"]`)?.textContent || kind;
function shown(hit, result) {
  const { of, speaker, office, kind } = hit;
  const { id, pieces, before, after } = excerpt(hit, result.words, result.phrases);
  const at = id || hit.id;
  const place = /^p\d/.test(at) ? `, ${fill(say.paragraph, { n: at.slice(1) })}` : at && `: ${hit.title || named(kind)}`;
  const words = pieces.map(([text, marked]) => (marked ? make("mark", {}, text) : text));
  return make("li", { className: "card" },
    make("p", { className: "card-title" }, make("a", { href: `${say.root}debates/${of.slug}/${say.index}${at && `#${at}`}` }, make("bdi", { lang: of.language }, of.title), place)),
    // Each part by itself: an Arabic name must not turn the day beside it round.
    make("p", { className: "where" }, ...[kind === "speech" ? "" : named(kind), speaker && [speaker, office].filter(Boolean).join(", "), of.house, days.format(new Date(of.date))]
      .filter(Boolean).flatMap((part, number) => [number ? " · " : "", make("bdi", {}, part)])),
    make("p", { className: "excerpt", lang: at[0] === "n" ? say.language : of.language, dir: "auto" }, before ? "… " : "", ...words, after ? " …" : ""));
}

const offer = (words, query) => offers.append(make("li", {}, make("button", { type: "button", onclick: () => { box.value = query; go(true); box.focus(); } }, words)));

async function suggest(result, typed, mine) {
  const { query, unknown } = result;
  for (const word of unknown) {
    if (!word.includes(":") && word.length > 1) {
      for (const near of await index.nearest(word)) {
        if (mine !== turn) return;
        offer(`${say.mean} ${near}`, typed.replace(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "iu"), near));
      }
    }
  }
  const parts = [...query.filters, ...query.terms].map(({ text }) => text);
  if (parts.length < 2) return;
  for (const part of parts.slice(0, 6)) {
    const rest = typed.replace(part, "").replace(/\s+/g, " ").trim();
    const { total } = await index.search(parse(rest), 2);
    if (mine !== turn) return;
    if (total) offer(fill(say.without, { part, n: total }), rest);
  }
}

async function look(typed, again) {
  const mine = ++turn;
  const query = parse(typed);
  const wait = setTimeout(() => { if (mine === turn) status.textContent = say.looking; }, 400);
  try {
    let result = await index.search(query);
    if (mine !== turn) return;
    let at = 0;
    const next = async () => {
      let page = { hits: [] };
      for (;;) {
        page = await index.hits(result, at);
        at = page.at;
        if (page.hits.length || at < result.keys.length || result.level === 2) break;
        // The best are looked through: now more, without those.
        const seen = new Set([...result.keys].map((key) => key % 2 ** 31));
        const rest = await index.search(query, result.level + 1);
        result = { ...rest, keys: rest.keys.filter((key) => !seen.has(key % 2 ** 31)) };
        at = 0;
      }
      if (mine !== turn) return;
      list.append(...page.hits.map((hit) => shown(hit, result)));
      const over = result.level === 2 && at >= result.keys.length;
      const count = { n: result.total.toLocaleString(lang), at: Math.min(at, result.total).toLocaleString(lang), q: typed, words: "" };
      const lines = [];
      const empty = !query.terms.length && !query.filters.length && !query.after && !query.before;
      if (empty) lines.push(typed.trim() && say.empty);
      else if (result.unknown.length) lines.push(fill(say.unknown, { words: result.unknown.join(", ") }));
      else if (!result.total) lines.push(fill(say.none, count));
      else if (!result.phrases.length) lines.push(fill(result.exact ? say.found : say.atleast, count));
      // How many hold a phrase is known once all have been looked through.
      else lines.push(fill(over ? say.found : say.upto, { ...count, n: over ? list.childElementCount : count.n }));
      if (result.lost.length) lines.push(fill(say.lost, { words: result.lost.join(", ") }));
      if (query.cut) lines.push(say.cut);
      status.replaceChildren(...lines.filter(Boolean).map((line) => make("p", {}, line)));
      more.hidden = over || !result.keys.length;
      if (!result.total && !empty) await suggest(result, typed, mine);
    };
    list.replaceChildren();
    offers.replaceChildren();
    await next();
    more.onclick = async () => {
      const last = list.lastElementChild;
      await next();
      (last?.nextElementSibling ?? list).querySelector("a")?.focus();
    };
  } catch (trouble) {
    if (mine !== turn) return;
    // Files of two builds: once more from the beginning, then it is for the reader.
    index = new Index(get);
    if (trouble.kind === "mixed" && !again) return void (await look(typed, true));
    status.textContent = trouble.kind === "mixed" || trouble.kind === "version" ? say.mixed : say.failed;
    more.hidden = true;
  } finally {
    clearTimeout(wait);
  }
}

// The controls say what the box says.
function reflect() {
  const query = parse(box.value);
  for (const control of controls) {
    const { filter } = control.dataset;
    const day = String(query[filter] || "").replace(/(....)(..)(..)/, "$1-$2-$3");
    control.value = control.type === "date" ? day : query.filters.find((one) => one.name === filter && !one.not)?.value ?? "";
    if (control.selectedIndex === -1) control.value = "";
    if (control.value) narrow.open = true;
  }
}

function go(remember) {
  const typed = box.value;
  reflect();
  const address = typed.trim() ? `?q=${encodeURIComponent(typed.trim())}` : location.pathname;
  if (address !== location.search) history[remember ? "pushState" : "replaceState"](null, "", address);
  document.title = document.title.replace(/^(.*? – )?/, typed.trim() ? `${typed.trim()} – ` : "");
  return look(typed);
}

let pause;
box.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(go, 250); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); go(true); });
for (const control of controls) {
  control.addEventListener("change", () => {
    const { filter } = control.dataset;
    const others = box.value.replace(new RegExp(`(^|\\s)${filter}:("[^"]*"?|\\S+)`, "giu"), "").trim();
    const value = /\s/.test(control.value) ? `"${control.value}"` : control.value;
    box.value = control.value ? `${others} ${filter}:${value} `.trimStart() : others;
    go(true);
  });
}
const restore = () => {
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  return go(false);
};
addEventListener("popstate", restore);
document.querySelector(".always").hidden = true;
section.hidden = narrow.hidden = false;
restore().then(() => index.names()).then((names) => {
  for (const control of controls) {
    for (const [key, name] of names[control.dataset.filter] ?? []) control.append(new Option(name, key[0] === "=" ? name : key));
  }
  reflect();
}).catch(() => {});
