// Quoting a passage of the record: its words with speaker, date and address, a link to the very words, or
// HTML to paste into a page. The passage is words selected within one paragraph, or else the paragraph that
// the address names. Loaded by debate.js when there is one.
(() => {
  const record = document.querySelector(".record");
  const template = document.getElementById("passage-tools");
  const canonical = document.querySelector('link[rel="canonical"]');
  const address = canonical ? canonical.href : location.href.split(/[?#]/)[0];
  const bar = template.content.firstElementChild.cloneNode(true);
  const label = bar.querySelector("strong");
  const said = bar.querySelector("output");
  let closed;
  const MARKS = { cs: "„“", da: "„“", de: "„“", el: "«»", es: "«»", fr: "«»", hu: "„”", it: "«»", nb: "«»", nl: "“”", pl: "„”", pt: "«»", ro: "„”", ru: "«»", sk: "„“", sl: "„“", sv: "””", uk: "«»", ar: "“”", ja: "「」", zh: "“”" };
  let passage;

  // The paragraph that an element of the record is or lies in.
  const paragraphOf = (node) => {
    let element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    while (element && !element.parentElement?.matches(".text")) element = element.parentElement;
    return element && record.contains(element) && /^p\d/.test(element.id) ? element : null;
  };
  // How many characters of a paragraph stand before a selection.
  const before = (paragraph, selected) => {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    range.setEnd(selected.startContainer, selected.startOffset);
    return range.toString().length;
  };
  const ofSelection = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const paragraph = paragraphOf(range.startContainer);
    const selected = range.toString();
    if (!paragraph || !selected.trim()) return null;
    // Whole words of one paragraph, to the character: a selection beyond its end is no passage of it.
    const text = paragraph.textContent;
    let start = before(paragraph, range);
    let end = start + selected.length;
    if (text.slice(start, end) !== selected) return null;
    start += selected.length - selected.trimStart().length;
    end -= selected.length - selected.trimEnd().length;
    while (divides(text, start)) start -= 1;
    while (divides(text, end)) end += 1;
    return { paragraph, words: text.slice(start, end), start, chosen: true };
  };
  const ofAddress = () => {
    const named = document.getElementById(location.hash.slice(1));
    const paragraph = named && paragraphOf(named);
    return paragraph ? { paragraph, words: paragraph.textContent, chosen: false } : null;
  };

  const encode = (words) => encodeURIComponent(words).replace(/-/g, "%2D");
  const fragment = ({ paragraph, words, start, chosen }) => {
    if (!chosen) return `#${paragraph.id}`;
    const parts = words.split(/\s+/);
    const text = words.length > 300
      ? `${encode(parts.slice(0, 6).join(" "))},${encode(parts.slice(-6).join(" "))}`
      : encode(words);
    // Words that stand in the paragraph more than once are told apart by those before them.
    const whole = paragraph.textContent;
    const lead = whole.slice(0, start).trim().split(/\s+/).slice(-4).join(" ");
    return `#${paragraph.id}:~:text=${lead && whole.split(words).length > 2 ? `${encode(lead)}-,` : ""}${text}`;
  };

  const place = () => {
    const { citation, paragraph } = template.dataset;
    return `${citation}, ${paragraph.replace("{n}", passage.paragraph.id.slice(1))}`;
  };
  // The name and the office: not what else the line says of the contribution.
  const speaker = () => {
    const line = passage.paragraph.closest(".contribution").querySelector(".speaker");
    const parts = line ? [...line.querySelectorAll(".speaker-name, .office")].map((part) => part.textContent) : [];
    return parts.length ? `${parts.join("").replace(/\s+/g, " ").trim()}, ` : "";
  };
  // Quotation marks as the language of the words has them: those that the browser puts round a note's.
  const quoted = ({ paragraph, words }) => {
    const marks = MARKS[paragraph.closest("[lang]").lang.split("-")[0]] ?? "“”";
    return marks[0] + words + marks[1];
  };
  const html = (text) => text.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]);
  const forms = {
    words: () => `${quoted(passage)}\n— ${speaker()}${place()}\n${address}${passage.link}`,
    link: () => address + passage.link,
    embed: () => {
      const { paragraph } = passage;
      const of = paragraph.closest("[lang]");
      const dir = getComputedStyle(paragraph).direction;
      const to = html(address + passage.link);
      return `<figure>\n<blockquote cite="${to}" lang="${html(of.lang)}" dir="${dir}">${html(passage.words)}</blockquote>\n`
        + `<figcaption>— ${html(speaker())}<a href="${to}">${html(place())}</a></figcaption>\n</figure>`;
    },
  };
  bar.addEventListener("click", async ({ target }) => {
    if ("close" in target.dataset) {
      closed = passage.paragraph;
      return bar.remove();
    }
    const form = forms[target.dataset.copy];
    if (!form) return;
    try {
      await navigator.clipboard.writeText(form());
      said.textContent = said.dataset.copied;
    } catch {
      said.textContent = said.dataset.failed;
    }
  });
  // The selection stays.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());

  const offer = () => {
    const now = ofSelection() || ofAddress();
    if (!now || (closed === now.paragraph && !now.chosen)) { passage = null; return bar.remove(); }
    if (passage && passage.paragraph === now.paragraph && passage.words === now.words) return;
    passage = now;
    passage.link = fragment(now);
    label.textContent = (now.chosen ? label.dataset.chosen : label.dataset.one).replace("{n}", now.paragraph.id.slice(1));
    said.textContent = "";
    // Among the other tools, whose place is kept: it lies over no words, and nothing moves.
    document.querySelector(".toolbar").append(bar);
  };
  let wait;
  document.addEventListener("selectionchange", () => { clearTimeout(wait); wait = setTimeout(offer, 150); });
  addEventListener("hashchange", offer);
  offer();
})();
