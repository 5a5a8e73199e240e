// Finds contributions and notes by their words, in files that the build made: docs/search.md has the
// rules and the format. No page and no network of its own: `get(path, fresh)` gives a file's bytes.
const GONE = "\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff";
const ALONE = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const MARKS = "\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u064b-\\u065f\\u0670";
const LETTER = `(?![\\u02b9\\u02bb\\u02bc])[\\p{Alphabetic}\\p{N}\\p{M}${GONE}]`;
const WORD = new RegExp(`(?=[${ALONE}])${LETTER}|(?:(?![${ALONE}])${LETTER}|(?<=[0-9])[.,](?=[0-9]))+`, "gu");
const APOSTROPHE = /['\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07]/;
const DROPPED = new RegExp(`[,${GONE}${MARKS}]`, "g");
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ſ: "s", ς: "σ", ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl", ﬅ: "st", ﬆ: "st" };
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");
const MOST = 32; // words of a query
const COMPLETIONS = 12;
const FEW = 5; // names that a filter looks for at first, where more fit
const ROOT = "search/index.json";
const BLOCK = 32768;
const ROW = 64;

const fold = (run) => [...run.toLowerCase().normalize("NFD").replace(DROPPED, "")
  .replace(SPECIAL, (letter) => PLAIN[letter]).normalize("NFC")].slice(0, 40).join("");

// A text's words as they would stand without its misprints. Those put right stand where the printed ones do.
function righted({ text, slips }) {
  let found = words(text);
  for (const { at, printed, reads } of slips) {
    const end = at + printed.length;
    const before = found.filter((word) => word.start < at);
    found = [...before, ...words(reads).map(({ word }) => ({ word, start: at, end })), ...found.slice(before.length).filter((word) => word.start >= end)];
  }
  return found;
}

export function words(text) {
  const found = [];
  let end = -2;
  for (const { 0: run, index: start } of text.matchAll(WORD)) {
    const word = fold(run);
    const possessive = word === "s" && start === end + 1 && APOSTROPHE.test(text[end]);
    end = start + run.length;
    if (word && !possessive) found.push({ word, start, end });
  }
  return found;
}

const QUOTE = "\"“”„«»";
const PART = new RegExp(`(-?)(?:(topic|speaker|kind|house|debate|before|after):)?(?:[${QUOTE}]([^${QUOTE}]*)[${QUOTE}]?|([^\\s${QUOTE}]+))`, "dgiu");
const DAY = /^(\d{4})(?:-(0?[1-9]|1[0-2])(?:-(0?[1-9]|[12]\d|3[01]))?)?$/;

// What somebody typed, in parts: words, phrases, filters, days, each with where it stands.
export function parse(typed) {
  const query = { parts: [], cut: false };
  let room = MOST;
  for (const found of typed.matchAll(PART)) {
    const [text, minus, field, quoted, bare] = found;
    const value = quoted ?? bare;
    const [start, end] = found.indices[0];
    const part = { text, start, end, not: !!minus, name: field?.toLowerCase(), value };
    if (part.name === "after" || part.name === "before") {
      const [, year, month, day] = DAY.exec(value) ?? [];
      const rest = part.name === "after" ? [1, 1] : [12, 31];
      part.unread = !year || part.not;
      part.day = year * 10000 + (month ?? rest[0]) * 100 + +(day ?? rest[1]);
    } else if (!part.name) {
      const all = words(value);
      const kept = all.slice(0, room);
      room -= kept.length;
      query.cut ||= kept.length < all.length;
      if (!kept.length) continue;
      const [from] = found.indices[quoted === undefined ? 4 : 3];
      // "co-operation" is "cooperation", too.
      part.joined = quoted === undefined && kept.length === 2 && /^\p{L}+-\p{L}+$/u.test(bare) ? fold(bare.replace("-", "")) : "";
      part.words = kept.map(({ word }) => word);
      part.places = kept.map((word) => ({ text: word.word, start: from + word.start, end: from + word.end }));
      part.phrase = quoted !== undefined || (part.not && all.length > 1);
      part.open = quoted === undefined && kept.length === all.length ? (value.endsWith("*") ? 2 : +(end === typed.length)) : 0;
    }
    query.parts.push(part);
  }
  return query;
}

class Bytes {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  get left() { return this.at < this.bytes.length; }
  number() {
    let [sum, scale, byte] = [0, 1];
    do {
      byte = this.bytes[this.at++];
      sum += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    return sum;
  }
  take(count) { return this.bytes.subarray(this.at, this.at += count); }
  word(before) {
    const shared = this.number();
    const rest = this.take(this.number());
    const word = new Uint8Array(shared + rest.length);
    word.set(before.subarray(0, shared));
    word.set(rest, shared);
    return word;
  }
}
const UTF8 = new TextDecoder();
const text = (bytes) => UTF8.decode(bytes);
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const NONE = new Uint8Array();

// `kind`: missing, cut, mixed (files of two builds), version, failed (nothing answers).
export class Trouble extends Error {
  constructor(kind) { super(kind); this.kind = kind; }
}

const isBearable = ({ kind }) => kind === "missing" || kind === "cut";

function json(bytes) {
  try {
    return JSON.parse(text(bytes));
  } catch {
    throw new Trouble("cut");
  }
}

function opened(bytes) {
  const head = new DataView(bytes.buffer, bytes.byteOffset);
  if (bytes.length < 12 || head.getUint32(0) >>> 8 !== 0x727073) throw new Trouble("cut");
  if (bytes[3] !== 1) throw new Trouble("version");
  const payload = bytes.subarray(12);
  let sum = 0x811c9dc5;
  for (const byte of payload) sum = Math.imul(sum ^ byte, 0x01000193);
  if (head.getUint32(4, true) !== payload.length || head.getUint32(8, true) !== sum >>> 0) throw new Trouble("cut");
  return new Bytes(payload);
}

const READ = {
  // A word → the keys of its groups, each with how common it is.
  words(file) {
    const found = new Map();
    for (let word = NONE; file.left;) {
      word = file.word(word);
      const groups = [];
      for (let left = file.number(); left--;) groups.push([text(file.word(word)), file.take(1)[0]]);
      found.set(text(word), groups);
    }
    return found;
  },
  // A key → the words of the group, and its list or the parts of it.
  lists(file) {
    const found = new Map();
    for (let key = NONE; file.left;) {
      key = file.word(key);
      const term = { words: [], bare: key[0] === 32 };
      for (let left = file.number(), word = key; left--;) term.words.push(text(word = file.word(word)));
      term.units = file.number();
      const size = file.number();
      if (size & 1) {
        term.parts = [];
        for (let left = (size >> 1) + !term.bare; left--;) term.parts.push({ at: file.number(), count: file.number(), hash: hex(file.take(6)) });
        if (!term.bare) term.best = term.parts.shift();
      } else term.list = file.take(size >> 1);
      found.set(text(key), term);
    }
    return found;
  },
  debates(file, row) {
    const found = [];
    for (let slug = NONE; file.left;) {
      slug = file.word(slug);
      const debate = { slug: text(slug), mark: hex(file.take(4)), day: file.number(), row, rows: file.number(), said: file.number(), starts: [0], notes: new Map() };
      const parts = file.number();
      for (let left = parts - 1; left-- > 0;) debate.starts.push(file.number());
      if (parts > 1) for (let left = file.number(); left--;) debate.notes.set(file.number(), file.number());
      row += debate.rows;
      found.push(debate);
    }
    return found;
  },
};

function decode(bytes, count, bare) {
  const file = new Bytes(bytes);
  const units = new Uint32Array(count);
  const impacts = new Uint8Array(count);
  for (let at = 0, unit = 0; at < count; at++) units[at] = unit += file.number();
  if (!bare) for (let at = 0; at < count; at++) impacts[at] = (bytes[file.at + (at >> 1)] >> (at & 1) * 4) & 15;
  return { units, impacts };
}

// Order of UTF-8, which is that of the files.
function isAfter(a, b) {
  const [x, y] = [[...a], [...b]];
  const at = x.findIndex((char, at) => char !== y[at]);
  return at >= 0 && (y[at] === undefined || x[at].codePointAt() > y[at].codePointAt());
}
const lastAt = (list, fits) => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(list[middle])) low = middle + 1; else high = middle;
  }
  return low - 1;
};

// Steps between two words, a swap being one.
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [older, before] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let x = 1; x <= a.length; x++) {
    const row = [x];
    for (let y = 1; y <= b.length; y++) {
      const same = a[x - 1] === b[y - 1];
      row[y] = Math.min(before[y] + 1, row[y - 1] + 1, before[y - 1] + !same);
      if (x > 1 && y > 1 && a[x - 1] === b[y - 2] && a[x - 2] === b[y - 1]) row[y] = Math.min(row[y], older[y - 2] + 1);
    }
    [older, before] = [before, row];
  }
  return before[b.length];
}

export class Index {
  constructor(get) { this.get = get; this.files = new Map(); }

  once(path, read) {
    if (!this.files.has(path)) {
      const file = read();
      this.files.set(path, file);
      file.catch(() => this.files.delete(path));
    }
    return this.files.get(path);
  }

  listed() {
    return this.get(ROOT, true).catch(() => { throw new Trouble("failed"); });
  }

  root() {
    return this.once(ROOT, async () => {
      const bytes = await this.listed();
      this.listing = text(bytes);
      const root = json(bytes);
      if (root.version !== 1) throw new Trouble("version");
      return root;
    });
  }

  async isMixed() { return text(await this.listed()) !== this.listing; }

  async bytes(path, fresh) {
    try {
      return await this.get(path, fresh);
    } catch {
      throw new Trouble(await this.isMixed() ? "mixed" : "missing");
    }
  }

  file(hash, read = (file) => file) {
    return this.once(hash, async () => read(opened(await this.bytes(`search/${hash}.txt`))));
  }

  async shard(of, key) {
    const list = (await this.root())[of];
    const at = lastAt(list, (entry) => !isAfter(entry[0], key));
    return at < 0 ? new Map() : this.file(list[at][1], READ[of]);
  }

  async debates(at) {
    const [row, , hash] = (await this.root()).debates[at];
    return this.file(hash, (file) => READ.debates(file, row));
  }

  async names() {
    const { names } = await this.root();
    return this.once(names, async () => json(await this.bytes(`search/${names}.txt`)));
  }

  // The keys of words that begin so, the commonest first. They may go on in the next files.
  async begun(start) {
    const { words: all } = await this.root();
    const keys = new Map();
    for (let at = Math.max(0, lastAt(all, (entry) => !isAfter(entry[0], start))); at < all.length; at++) {
      if (isAfter(all[at][0], start) && !all[at][0].startsWith(start)) break;
      for (const [word, groups] of await this.file(all[at][1], READ.words)) {
        if (word.startsWith(start)) for (const [key, common] of groups) keys.set(key, common);
      }
    }
    return [...keys].sort((a, b) => b[1] - a[1] || (isAfter(a[0], b[0]) ? 1 : -1)).map(([key]) => key);
  }

  lists(keys) {
    return Promise.all(keys.map(async (key) => (await this.shard("lists", key)).get(key)));
  }

  // A word's lists; of one that goes on, those of the commonest that begin so.
  async word(word, open) {
    const groups = open < 2 && (await this.shard("words", word)).get(word);
    if (groups) return this.lists(groups.map(([key]) => key));
    return this.lists(open && word.length > 1 ? (await this.begun(word)).slice(0, COMPLETIONS) : []);
  }

  // The keys of a filter: its very value's, or all whose words begin so.
  async keys({ name, value }) {
    const facet = ` ${name}:`;
    const [keys = [], ...others] = await Promise.all(words(value).map(({ word }) => this.begun(facet + word)));
    const exact = keys.filter((key) => key === facet + value || key === `${facet}=${value}`);
    return exact.length ? exact : keys.filter((key) => others.every((other) => other.includes(key)));
  }

  // The first row of the debates of a day or later.
  async rowOf(day) {
    const { debates } = await this.root();
    const at = lastAt(debates, (entry) => entry[1] < day);
    const found = at < 0 ? undefined : (await this.debates(at)).find((debate) => debate.day >= day);
    return found?.row ?? debates[at + 1]?.[0] ?? Infinity;
  }

  async debateOf(slug) {
    if (!/^[a-z0-9-]+$/.test(slug)) return undefined;
    const head = await this.part({ slug, mark: "" }, 0).catch((trouble) => {
      if (trouble.kind !== "missing") throw trouble;
    });
    if (!head) return undefined;
    const day = +head.debate.date.replaceAll("-", "");
    const { debates } = await this.root();
    for (let at = Math.max(0, lastAt(debates, (entry) => entry[1] < day)); at < debates.length && debates[at][1] <= day; at++) {
      const found = (await this.debates(at)).find((debate) => debate.slug === slug);
      if (found) return found;
    }
    if (await this.isMixed()) throw new Trouble("mixed");
    return undefined;
  }

  async postings(term, wanted, bear) {
    if (term.list) return [decode(term.list, term.units, term.bare)];
    const read = ({ hash, count, at }) => bear(async () => {
      const { bytes } = await this.file(hash);
      const file = new Bytes(bytes);
      file.number();
      const isBest = term.best?.hash === hash;
      const list = decode(bytes.subarray(file.at), count, !isBest);
      if (!isBest && term.best) list.impacts.fill(term.best.at);
      return list;
    });
    const next = (at) => term.parts[at + 1]?.at ?? Infinity;
    const some = wanted === "best" ? [] : term.parts.filter((part, at) => wanted(part.at, next(at)));
    const lists = await Promise.all([...(term.best ? [term.best] : []), ...some].map(read));
    return lists.filter(Boolean);
  }

  // Every unit found, the best last, as score and unit in one number. `level` 0: of very common words the
  // best units, of many names a few; 1: the best of the rarest word; 2: all. It goes on where that is little.
  async search(query, level = 0) {
    const result = { unknown: [], lost: [], missed: 0, words: new Set(), phrases: [], keys: new Float64Array(), total: 0, level: 2, exact: true };
    if (!query.parts.length) return result;
    const { units: all, rows } = await this.root();
    // What is missing or cut is left out and told.
    const bear = ({ text }) => async (load) => {
      try {
        return await load();
      } catch (trouble) {
        if (!isBearable(trouble)) throw trouble;
        if (!result.lost.includes(text)) result.lost.push(text);
      }
    };
    const needs = [];
    const out = [];
    let [from, to, when, few] = [0, Infinity, false, false];
    const within = (first, next) => { [from, to, when] = [Math.max(from, first), Math.min(to, next), true]; };
    const need = (part, not, terms) => {
      const count = terms.reduce((sum, term) => sum + term.units, 0);
      if (!count && !not) result.unknown.push(part);
      needs.push({ part, not, terms, count });
    };
    const filter = async (part) => {
      const { name, not, value, day } = part;
      if (name === "after") within(await this.rowOf(day), Infinity);
      else if (name === "before") within(0, await this.rowOf(day + 1));
      else if (name === "debate") {
        const debate = await this.debateOf(value);
        const rows = debate && [debate.row, debate.row + debate.rows];
        if (rows && not) out.push(rows);
        else if (rows) within(...rows);
        else if (!not) result.unknown.push(part);
      } else {
        let keys = name === "kind" ? [` kind:${value}`] : await this.keys(part);
        if (!level && !not && keys.length > FEW) [few, keys] = [true, keys.slice(0, FEW)];
        need(part, not, (await this.lists(keys)).filter(Boolean));
      }
    };
    const jobs = [];
    const seen = new Set();
    for (const part of query.parts) {
      const { not, phrase } = part;
      if (phrase) result.phrases.push(part);
      if (part.unread) result.unknown.push(part);
      else if (part.name) jobs.push(bear(part)(() => filter(part)));
      // A phrase that must not stand there is looked for in the text itself.
      else if (!phrase || !not) part.places.forEach((place, at) => {
        const open = at < part.places.length - 1 ? 0 : part.open;
        const ask = [part.words[at], open, not, phrase].join();
        if (!seen.has(ask)) jobs.push(bear(place)(async () => {
          const terms = await this.word(part.words[at], open);
          if (part.joined) terms.push(...await this.word(part.joined, 0));
          need(place, not, terms);
          if (!not && !phrase) terms.forEach(({ words }) => words.forEach((word) => result.words.add(word)));
        }));
        seen.add(ask);
      });
    }
    await Promise.all(jobs);
    [from, to] = [from * ROW, to * ROW];
    const wants = needs.filter((need) => !need.not).sort((a, b) => a.count - b.count);
    if (!wants.length && when && !result.unknown.length) {
      const part = { text: "kind:debate" };
      await bear(part)(async () => wants.push({ part, terms: await this.lists([" kind:debate"]) }));
    }
    result.unknown.sort((a, b) => a.start - b.start);
    if (result.unknown.length || !wants.length) return result;
    const common = !when && !out.length && wants.length === needs.length && wants.every(({ terms }) => terms.some((term) => term.best));
    const step = !common ? 2 : wants.length > 1 ? level : Math.max(level, 1);
    result.level = few ? 0 : step;
    // The score of each unit, by its number; below zero where it is not found.
    let found;
    for (const need of [...wants, ...needs.filter((need) => need.not)]) {
      const scores = new Float64Array(rows * ROW).fill(-1);
      const blocks = new Set();
      found?.forEach((score, unit) => { if (score >= 0) blocks.add(Math.floor(unit / BLOCK)); });
      const wanted = (first, next) => (found
        ? [...blocks].some((block) => block >= first && block < next)
        : next * BLOCK > from && first * BLOCK < to);
      const isBest = step === 0 || (step === 1 && need === wants[0]);
      let came = 0;
      for (const term of need.terms) {
        const weight = term.bare ? 0 : Math.log(1 + (all - term.units + .5) / (term.units + .5));
        for (const { units, impacts } of await this.postings(term, isBest ? "best" : wanted, bear(need.part))) {
          came += 1;
          units.forEach((unit, at) => {
            const score = found ? found[unit] : unit >= from && unit < to ? 0 : -1;
            if (score >= 0) scores[unit] = Math.max(scores[unit], score + weight * (1 + impacts[at]));
          });
        }
      }
      if (!came && result.lost.includes(need.part.text)) continue;
      if (need.not) scores.forEach((score, unit) => { if (score >= 0) found[unit] = -1; });
      else found = scores;
    }
    for (const rows of out) found?.fill(-1, rows[0] * ROW, rows[1] * ROW);
    const keys = [];
    found?.forEach((score, unit) => { if (score >= 0) keys.push(Math.round(score * 64) * 2 ** 31 + unit); });
    if (result.level < 2 && keys.length < 10) return this.search(query, result.level + 1);
    result.keys = Float64Array.from(keys).sort();
    const isCounted = step < 2 && wants.length === 1 && wants[0].terms.length === 1;
    result.exact = result.level === 2 || isCounted;
    result.total = isCounted ? wants[0].count : keys.length;
    return result;
  }

  // How many of the units of a result each of some facets has.
  async counts({ keys }, facets) {
    const found = new Set([...keys].map((key) => key % 2 ** 31));
    const terms = await this.lists(facets);
    return Promise.all(terms.map(async (term) => {
      const lists = term && found.size ? await this.postings(term, () => true, (load) => load()) : [];
      return lists.reduce((sum, { units }) => sum + units.reduce((sum, unit) => sum + found.has(unit), 0), 0);
    }));
  }

  part({ slug, mark }, at) {
    const path = `debates/${slug}/debate${at ? `-${at + 1}` : ""}.json`;
    return this.once(path + mark, async () => {
      const read = async (fresh) => json(await this.bytes(path, fresh));
      let part = await read(false);
      if (mark && part.mark !== mark) part = await read(true);
      if (mark && part.mark !== mark) throw new Trouble("mixed");
      return part;
    });
  }

  // A unit: whose words, where, and its texts.
  async unit(number) {
    const { debates } = await this.root();
    const row = Math.floor(number / ROW);
    const listed = await this.debates(lastAt(debates, (entry) => entry[0] <= row));
    const debate = listed[lastAt(listed, (entry) => entry.row <= row)];
    const slot = number - debate.row * ROW;
    const { starts, said } = debate;
    const ends = (at) => starts[at + 1] ?? Infinity;
    const parts = starts.map((_, at) => at).filter((at) => slot > said
      ? at === (debate.notes.get(slot) ?? 0)
      : starts[at] <= Math.max(0, slot - 1) && ends(at) >= slot - 1);
    const held = await Promise.all(parts.map((at) => this.part(debate, at)));
    const of = held[0].debate;
    if (!slot) return { of, kind: "debate", id: "", texts: [of.title, held[0].opening.summary, ...held[0].opening.headings || []].filter(Boolean).map((text) => ({ id: "", text })) };
    if (slot > said) {
      const note = held[0].notes.find(({ unit }) => unit === slot);
      const id = `n-${note.id}`;
      const texts = [note.title, note.term, note.text, note.sic, ...note.sources || []].filter(Boolean);
      return { ...note, of, id, texts: texts.map((text) => ({ id, text })) };
    }
    const pieces = held.flatMap((part) => part.contributions).filter(({ id }) => id === `c${slot}`);
    return { ...pieces[0], of, texts: pieces.flatMap(({ paragraphs }) => paragraphs) };
  }

  // The next units of a result that hold its phrases: from `at`, `count` of them, looking at no more than `most`.
  async hits(result, at = 0, count = 10, most = 40) {
    const { keys, phrases } = result;
    const stands = ({ words: wanted }, found) => found.some((words) => words.some((_, at) => wanted.every((word, of) => words[at + of]?.word === word)));
    const hits = [];
    const end = Math.min(keys.length, at + Math.max(most, count));
    while (hits.length < count && at < end) {
      const some = [...keys.subarray(Math.max(0, keys.length - Math.min(end, at + count - hits.length)), keys.length - at)].reverse();
      const units = await Promise.all(some.map((key) => this.unit(key % 2 ** 31).catch((trouble) => {
        if (!isBearable(trouble)) throw trouble;
        result.missed += 1;
      })));
      for (const unit of units.filter(Boolean)) {
        // A paragraph with a misprint is looked through as it should read, too.
        const texts = [...unit.texts, ...unit.texts.filter(({ slips }) => slips)];
        const found = texts.map((text, at) => (at < unit.texts.length ? words(text.text) : righted(text)));
        if (phrases.every((phrase) => stands(phrase, found) !== phrase.not)) hits.push({ ...unit, all: texts, found });
      }
      at += some.length;
    }
    return { hits, at };
  }

  // The words of the dictionary nearest to one that it hasn't got.
  async nearest(word) {
    const most = word.length > 4 ? 2 : 1;
    const { words: all } = await this.root();
    const swapped = word[1] + word[0] + word.slice(2);
    const dictionaries = all.length < 5
      ? await Promise.all(all.map(([, hash]) => this.file(hash, READ.words)))
      : [await this.shard("words", word), await this.shard("words", swapped)];
    const near = [];
    for (const dictionary of new Set(dictionaries)) {
      for (const [other, groups] of dictionary) {
        const far = distance(word, other, most);
        if (far <= most && other[0] !== " ") near.push([far, -groups[0][1], other]);
      }
    }
    return near.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 3).map((entry) => entry[2]);
  }
}

// A place to cut: after a space, if one is near, or else between two characters.
function edge(text, from, to) {
  const space = from && text.slice(from, Math.min(to, from + 40)).search(/\s/) + 1;
  return from + (space || /[\udc00-\udfff]/.test(text[from] ?? ""));
}

// The text with most of the words, cut to what stands round them: pieces, marked or not.
export function excerpt({ all: texts, found }, wanted, phrases) {
  const starts = (words, at) => phrases.find(({ words: of, not }) => !not && of.every((word, next) => words[at + next]?.word === word));
  let best = { at: 0, rank: -1, marks: [] };
  found.forEach((words, at) => {
    let upto = 0;
    let first;
    const marks = words.filter((mark, from) => {
      const phrase = starts(words, from);
      if (phrase) upto = from + phrase.words.length;
      first ??= phrase && mark;
      return from < upto || wanted.has(mark.word);
    });
    const rank = new Set(marks.map(({ word }) => word)).size + (first ? 100 : 0);
    if (rank > best.rank) best = { at, rank, marks, first };
  });
  const { id, text } = texts[best.at] || { id: "", text: "" };
  const first = best.first || best.marks[0];
  const start = edge(text, Math.max(0, (first?.start ?? 0) - 90), first?.start ?? 0);
  const to = text.length - start < 340 ? text.length : edge(text, start + 300, text.length);
  const pieces = [];
  let at = start;
  for (const mark of best.marks.filter((mark) => mark.start >= start && mark.end <= to)) {
    if (mark.start < at) continue; // two words for one misprint
    pieces.push([text.slice(at, mark.start), false], [text.slice(mark.start, mark.end), true]);
    at = mark.end;
  }
  pieces.push([text.slice(at, to), false]);
  return { id, pieces, before: start > 0, after: to < text.length };
}
