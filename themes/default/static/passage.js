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
  let passage;

  // The paragraph that an element of the record is or lies in.
  const paragraphOf = (node) => {
    let element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    while (element && !element.parentElement?.matches(".text")) element = element.parentElement;
    return element && record.contains(element) && /^p\d/.test(element.id) ? element : null;
  };
  const ofSelection = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const paragraph = paragraphOf(range.startContainer);
    const words = range.toString();
    // Words of one paragraph, to the character: a selection beyond its end is no passage of it.
    if (!paragraph || !words.trim() || !paragraph.textContent.includes(words)) return null;
    return { paragraph, words: words.trim(), chosen: true };
  };
  const ofAddress = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const named = id && document.getElementById(id);
    const paragraph = named && paragraphOf(named);
    return paragraph ? { paragraph, words: paragraph.textContent, chosen: false } : null;
  };

  // A text directive's own characters are encoded as well.
  const encode = (words) => encodeURIComponent(words).replace(/-/g, "%2D");
  const fragment = ({ paragraph, words, chosen }) => {
    if (!chosen) return `#${paragraph.id}`;
    const parts = words.split(/\s+/);
    const text = words.length > 300
      ? `${encode(parts.slice(0, 6).join(" "))},${encode(parts.slice(-6).join(" "))}`
      : encode(words);
    // Words that stand here more than once are told apart by those before them.
    const whole = paragraph.textContent;
    const at = getSelection().rangeCount ? before(paragraph) : -1;
    const lead = at > 0 && whole.split(words).length > 2 ? `${encode(whole.slice(0, at).trim().split(/\s+/).slice(-4).join(" "))}-,` : "";
    return `#${paragraph.id}:~:text=${lead}${text}`;
  };
  const before = (paragraph) => {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    const selected = getSelection().getRangeAt(0);
    range.setEnd(selected.startContainer, selected.startOffset);
    return range.toString().length;
  };

  const place = () => {
    const { citation, paragraph } = template.dataset;
    return `${citation}, ${paragraph.replace("{n}", passage.paragraph.id.slice(1))}`;
  };
  const speaker = () => {
    const line = passage.paragraph.closest(".contribution").querySelector(".speaker");
    return line ? `${line.textContent.replace(/\s+/g, " ").trim()}, ` : "";
  };
  const html = (text) => text.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]);
  const forms = {
    words: () => `“${passage.words}”\n— ${speaker()}${place()}\n${address}${passage.link}`,
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
    const form = forms[target.dataset.copy];
    if (!form) return;
    try {
      await navigator.clipboard.writeText(form());
      said.textContent = said.dataset.copied;
    } catch {
      said.textContent = said.dataset.failed;
    }
  });
  // A click on a button must not take the selection away.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());

  const offer = () => {
    const now = ofSelection() || ofAddress();
    if (!now) { passage = null; return bar.remove(); }
    if (passage && passage.paragraph === now.paragraph && passage.words === now.words) return;
    passage = now;
    passage.link = fragment(now);
    bar.classList.toggle("chosen", now.chosen);
    label.textContent = (now.chosen ? label.dataset.chosen : label.dataset.one).replace("{n}", now.paragraph.id.slice(1));
    said.textContent = "";
    const text = now.paragraph.closest(".text");
    if (bar.previousElementSibling !== text) text.after(bar);
  };
  let wait;
  document.addEventListener("selectionchange", () => { clearTimeout(wait); wait = setTimeout(offer, 150); });
  addEventListener("hashchange", offer);
  offer();
})();
