// The search page: what is typed, chosen and shown. The address holds the whole of a search.
import { Index, excerpt, parse, words } from "./search.js";

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
const places = section.querySelector(".places");
const [heading, always] = [section.querySelector("h2"), document.querySelector(".always")];
const results = heading.textContent;
const clear = () => [list, offers, places].forEach((of) => of.replaceChildren());
const tell = (lines) => status.replaceChildren(...lines.filter(Boolean).map((line) => make("p", {}, line)));
const get = async (path, fresh) => {
  const answer = await fetch(say.root + path, fresh ? { cache: "no-cache" } : {});
  if (!answer.ok) throw new Error(path);
  return new Uint8Array(await answer.arrayBuffer());
};
const { lang } = document.documentElement;
const { title } = document;
const days = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" });
const controls = [...narrow.querySelectorAll("[data-filter]")];
let index = new Index(get);
let turn = 0;

const named = (kind) => {
  const option = narrow.querySelector(`[data-filter="kind"] [value="${kind}"]`);
  return option?.dataset.name || option?.textContent || kind;
};
function shown(hit, result) {
  const { of, speaker, office, kind } = hit;
  const { id, pieces, before, after } = excerpt(hit, result.words, result.phrases);
  const at = id || hit.id;
  const place = /^p\d/.test(at) ? `, ${fill(say.paragraph, { n: at.slice(1) })}` : at && `: ${hit.title || named(kind)}`;
  const marked = pieces.map(([text, marked]) => (marked ? make("mark", {}, text) : text));
  // The passage first: what differs. Its first marked words are marked where one lands, too.
  const landing = /^p\d/.test(at) ? directive(pieces) : "";
  return make("li", { className: "card" },
    make("p", { className: "excerpt", lang: at[0] === "n" ? say.language : of.language, dir: "auto" }, before ? "… " : "", ...marked, after ? " …" : ""),
    make("p", { className: "card-title" }, make("a", { href: `${say.root}debates/${of.slug}/${say.index}${at && `#${at}`}${landing}` }, make("bdi", { lang: of.language }, of.title), place)),
    // Each part by itself: an Arabic name must not turn the day beside it round.
    make("p", { className: "where" }, ...[kind === "speech" ? "" : named(kind), speaker && [speaker, office].filter(Boolean).join(", "), of.house, days.format(new Date(of.date))]
      .filter(Boolean).flatMap((part, number) => [number ? " · " : "", make("bdi", {}, part)])));
}

// The part of an address that has a browser mark the first of the words found, told apart by those beside them.
function directive(pieces) {
  const first = pieces.findIndex(([, marked]) => marked);
  if (first < 0) return "";
  const encode = (text) => encodeURIComponent(text).replace(/-/g, "%2D");
  const beside = (some, cut) => some.map(([text]) => text).join("").split(/\s+/).filter(Boolean).slice(...cut).join(" ");
  // Half a word is no word: where one is cut, there is nothing to tell by.
  const lead = /\s$/.test(pieces[first - 1]?.[0] ?? " ") ? beside(pieces.slice(0, first), [1]).split(" ").slice(-3).join(" ") : "";
  return `:~:text=${lead && `${encode(lead)}-,`}${encode(pieces[first][0])}`;
}

// People, topics, briefings, pages and terms by their names: above the passages, for most searches mean one.
const MOST = 8;
const kinds = { people: "people", topics: "topics", briefings: "briefings", glossary: "glossary" };
async function namedSo({ parts }) {
  const wanted = parts.filter(({ name, not }) => !name && !not).flatMap((part) => part.words);
  if (!wanted.length || parts.some(({ name }) => name)) return [];
  const { places = [] } = await index.names();
  const fits = ([, name]) => {
    const of = words(name).map(({ word }) => word);
    return wanted.every((word) => of.some((other) => other.startsWith(word)));
  };
  return places.filter(fits).slice(0, MOST).map(([at, name]) => {
    const [path, id] = at.split("#");
    const kind = say[kinds[path.split("/")[0]]];
    const [first, ...rest] = name.split("\n");
    return make("li", {}, ...(kind ? [make("span", { className: "quiet" }, `${kind}: `)] : []),
      make("a", { href: say.root + path + say.index + (id ? `#${id}` : ""), dir: "auto" }, first),
      ...(rest.length ? [make("span", { className: "quiet" }, `, ${rest.join(", ")}`)] : []));
  });
}

// A day as people write it, as the filters that mean it.
const months = Array.from({ length: 12 }, (_, at) => new Intl.DateTimeFormat(lang, { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2000, at, 2))).toLowerCase());
function written(typed) {
  const found = /(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?(\p{L}{3,})\s+(\d{4})/u.exec(typed);
  const month = found ? months.findIndex((name) => name.startsWith(found[2].toLowerCase())) + 1 : 0;
  if (!month) return null;
  const day = [found[3], String(month).padStart(2, "0"), ...(found[1] ? [found[1].padStart(2, "0")] : [])].join("-");
  return { text: found[0], query: instead(typed, { start: found.index, end: found.index + found[0].length }, `after:${day} before:${day}`) };
}

// What one may look for, to press: a name, a topic, a day.
async function examples() {
  const { topic = [], speaker = [] } = await index.names();
  for (const query of [speaker[0]?.[1], topic[0]?.[1]].filter(Boolean)) offer(query, query);
  for (const kind of topic[0] ? ["question", "claim", "commitment"] : []) {
    const query = `topic:${topic[0][0]} kind:${kind}`;
    if ((await index.search(parse(query))).total) return offer(query, query);
  }
}

// What is typed, with something else in the place of a part.
const instead = (typed, { start, end }, words = "") => `${typed.slice(0, start)}${words}${typed.slice(end)}`.replace(/\s+/g, " ").trim();
const offer = (words, query) => offers.append(make("li", {}, make("button", { type: "button", onclick: () => { box.value = query; go(true); box.focus(); } }, words)));

async function suggest({ parts }, { unknown }, typed, isOver) {
  for (const place of unknown) {
    if (place.name || place.text.length < 2) continue;
    for (const near of await index.nearest(place.text)) {
      if (isOver()) return;
      offer(`${say.mean} ${near}`, instead(typed, place, near));
    }
  }
  for (const part of parts.length > 1 ? parts.slice(0, 6) : []) {
    const rest = instead(typed, part);
    const { total, exact, phrases } = await index.search(parse(rest));
    if (isOver()) return;
    // How many hold a phrase is not known yet.
    if (total) offer(fill(exact && !phrases.length ? say.without : say.leave, { part: part.text, n: total.toLocaleString(lang) }), rest);
  }
}

// How many of what is found each choice of a filter would leave. What the filter itself takes away is not missed.
const CHOICES = 60;
async function count(query, isOver) {
  const choosing = query.parts.some(({ name, not }) => !name && !not) && !query.parts.some(({ phrase }) => phrase);
  for (const control of controls.filter(({ options }) => options)) {
    const { filter } = control.dataset;
    const options = [...control.options].slice(1);
    const parts = query.parts.filter(({ name, not }) => name !== filter || not);
    const counts = choosing && options.length <= CHOICES
      ? await index.counts(await index.search({ ...query, parts }, 2), options.map(({ value, dataset }) => ` ${filter}:${dataset.key ?? value}`))
      : [];
    if (isOver()) return;
    options.forEach((option, at) => {
      option.dataset.name ??= option.textContent;
      option.textContent = option.dataset.name + (counts[at] === undefined ? "" : ` (${counts[at].toLocaleString(lang)})`);
    });
  }
}

let counting = () => {};
async function look(typed, again) {
  const mine = ++turn;
  const isOver = () => mine !== turn;
  const day = written(typed);
  const query = parse(day?.text === typed.trim() ? day.query : typed);
  let [result, at, missed] = [undefined, 0, 0];
  counting = () => count(query, isOver).catch(() => {});
  if (narrow.open && narrow.dataset.filled === "whole") counting();
  const next = async () => {
    const isFirst = !result;
    result ??= await index.search(query);
    let page;
    for (;;) {
      page = await index.hits(result, at);
      at = page.at;
      if (page.hits.length || at < result.keys.length || result.level === 2 || isOver()) break;
      // The best are looked through: now more, without those.
      const seen = new Set([...result.keys].map((key) => key % 2 ** 31));
      missed += result.missed;
      const rest = await index.search(query, result.level + 1);
      result = { ...rest, keys: rest.keys.filter((key) => !seen.has(key % 2 ** 31)) };
      at = 0;
    }
    if (isOver()) return;
    if (isFirst) {
      const named = await namedSo(query).catch(() => []);
      if (isOver()) return;
      clear();
      places.append(...named);
      if (day && day.text !== typed.trim()) offer(fill(say.day, { date: day.text }), day.query);
      if (!typed.trim()) await examples().catch(() => {});
    }
    list.append(...page.hits.map((hit) => shown(hit, result)));
    const { unknown, total, lost, phrases, keys, level, exact } = result;
    const [count, over] = [list.childElementCount, level === 2 && at >= keys.length];
    const n = over && phrases.length ? count : total; // how many hold a phrase is known in the end
    const values = { n: n.toLocaleString(lang), at: at.toLocaleString(lang), q: typed };
    const lines = [];
    for (const [words, isUnread] of [[say.unread, true], [say.unknown, false]]) {
      const parts = unknown.filter((part) => !!part.unread === isUnread && (isUnread || !places.childElementCount));
      if (parts.length) lines.push(fill(words, { words: parts.map(({ text }) => text).join(", ") }));
    }
    if (!query.parts.length) lines.push(typed.trim() && say.empty);
    else if (places.childElementCount && !n) lines.push("");
    else if (!unknown.length) lines.push(fill(!n ? say.none : phrases.length && !over ? say.upto : exact ? say.found : say.atleast, values));
    if (lost.length) lines.push(fill(say.lost, { words: lost.join(", ") }));
    if (missed + result.missed) lines.push(fill(say.missed, { n: missed + result.missed }));
    if (query.cut) lines.push(say.cut);
    tell(lines);
    more.hidden = over || !keys.length;
    if (!n && query.parts.length && !places.childElementCount) await suggest(query, result, typed, isOver);
  };
  const step = async () => {
    more.disabled = true;
    const wait = setTimeout(() => { if (!isOver()) tell([say.looking]); }, 400);
    try {
      await next();
    } catch (trouble) {
      if (isOver()) return;
      // Files of two builds: once more from the beginning, then it is for the reader.
      index = new Index(get);
      if (trouble.kind === "mixed" && !again) return void (await look(typed, true));
      clear();
      more.hidden = true;
      tell([trouble.kind === "mixed" || trouble.kind === "version" ? say.mixed : say.failed]);
    } finally {
      clearTimeout(wait);
      if (!isOver()) more.disabled = false;
    }
  };
  more.onclick = async () => {
    const count = list.childElementCount;
    await step();
    if (!isOver()) (list.children[count]?.querySelector("a") ?? (more.hidden ? box : more)).focus();
  };
  return step();
}

// The controls say what the box says.
function reflect() {
  const { parts } = parse(box.value);
  for (const control of controls) {
    const part = parts.findLast(({ name, not }) => name === control.dataset.filter && !not);
    control.value = control.type === "date" ? String(part?.day || "").replace(/(....)(..)(..)/, "$1-$2-$3") : part?.value ?? "";
    if (control.selectedIndex === -1) control.value = "";
  }
}

let pause;
function go(remember) {
  clearTimeout(pause);
  const typed = box.value.trim();
  reflect();
  const address = typed ? `?${new URLSearchParams({ q: typed })}` : location.pathname;
  if (address !== (location.search || location.pathname)) history[remember ? "pushState" : "replaceState"](null, "", address);
  // Without words there are no results: examples stand there, and the lists below.
  always.hidden = !!typed;
  heading.textContent = typed ? results : heading.dataset.try;
  document.title = typed ? `${typed} · ${title}` : title;
  return look(box.value);
}

box.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(go, 250); });
form.addEventListener("submit", (event) => { event.preventDefault(); go(true); });
for (const control of controls) {
  control.addEventListener("change", () => {
    const { filter } = control.dataset;
    const others = parse(box.value).parts.filter(({ name, not }) => name === filter && !not).reduceRight((typed, part) => instead(typed, part), box.value).trim();
    const value = control.value.replace(/["“”„«»]/g, " ");
    box.value = value ? `${others} ${filter}:${/\s/.test(value) ? `"${value}"` : value} `.trimStart() : others;
    go(true);
  });
}
const restore = () => {
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  return go(false);
};
addEventListener("popstate", restore);
// The names that can be chosen are a file of their own: it comes when somebody wants to choose.
narrow.addEventListener("toggle", async () => {
  if (!narrow.open) return;
  if (narrow.dataset.filled) return void counting();
  narrow.dataset.filled = true;
  try {
    const names = await index.names();
    for (const control of controls) {
      for (const [key, name] of names[control.dataset.filter] ?? []) {
        const option = new Option(name, key[0] === "=" ? name : key);
        option.dataset.key = key;
        control.append(option);
      }
    }
    narrow.dataset.filled = "whole";
    reflect();
    counting();
  } catch {
    delete narrow.dataset.filled;
    tell([say.failed]);
  }
});
section.hidden = narrow.hidden = false;
restore();
