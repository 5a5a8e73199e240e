// Finds words within a debate's page and goes from one place to the next. Loaded when somebody turns to the
// box. Nothing is put into the record: the browser paints over it.
import { words } from "./search.js";

const form = document.querySelector(".find");
const [box, out] = [form.elements.words, form.querySelector("output")];
const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("search.css", import.meta.url).href });
document.head.append(sheet);
const blocks = [...document.querySelectorAll(".record .text > [id], .record .within, .speaker-name, .note-title, .note-body, .standfirst")];
let [places, at] = [[], -1];

// The text of an element with the way back to its nodes.
function spread(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  const place = (offset, isEnd) => {
    const [from, node] = nodes.findLast(([from]) => (isEnd ? from < offset : from <= offset)) ?? nodes[0];
    return [node, offset - from];
  };
  return { text, place };
}

// Every place where the words stand one after the other; the last may go on.
function find() {
  const wanted = words(box.value).map(({ word }) => word);
  places = [];
  at = -1;
  if (wanted.length) {
    for (const block of blocks) {
      if (block.closest("[hidden]")) continue;
      const { text, place } = spread(block);
      const found = words(text);
      found.forEach(({ start }, first) => {
        const last = found[first + wanted.length - 1];
        const fits = last && wanted.every((word, next) => {
          const of = found[first + next].word;
          return next < wanted.length - 1 ? of === word : of.startsWith(word);
        });
        if (!fits) return;
        const range = new Range();
        range.setStart(...place(start));
        range.setEnd(...place(last.end, true));
        places.push(range);
      });
    }
    places.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
  }
  CSS.highlights?.set("found", new Highlight(...places));
  CSS.highlights?.delete("here");
  say();
}

function say() {
  out.textContent = words(box.value).length ? form.dataset.count.replace("{n}", at + 1).replace("{total}", places.length) : "";
}

function go(step) {
  if (!places.length) return;
  at = (at + step + places.length) % places.length;
  const element = places[at].startContainer.parentElement;
  const rest = element.closest(".note")?.querySelector(".rest");
  if (rest) rest.open = true;
  for (let details = element.closest("details"); details; details = details.parentElement.closest("details")) details.open = true;
  CSS.highlights?.set("here", new Highlight(places[at]));
  element.scrollIntoView({ block: "center" });
  say();
}

let pause;
box.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(find, 150); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  if (at < 0) find();
  go(event.submitter?.name === "back" ? -1 : 1);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.shiftKey) {
    event.preventDefault();
    go(-1);
  } else if (event.key === "Escape") {
    box.value = "";
    find();
  }
});
if (box.value) find();
