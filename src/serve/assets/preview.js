// The preview's script: keeps the page as the site has it now, shows what is wrong, and leads to the
// sources. It stands in no published site.
(() => {
  "use strict";
  const own = document.currentScript;
  const base = own.src.replace(/preview\.js.*$/, "");
  const path = own.dataset.path;
  let hash = own.dataset.hash;
  let session = null;
  let places = [];

  // --- The page as it is now -------------------------------------------------------------------

  const keyOf = (node) => (node.nodeType === 1 && node.id ? node.nodeName + "#" + node.id : null);
  const isOurs = (node) => node === own || node === host || (node.nodeType === 1 && node.matches("script[src*='.rapporteur/']"));

  // What a reader has changed stays: open details, ticked boxes, typed words.
  const kept = (element, name) =>
    (name === "open" && element.nodeName === "DETAILS") ||
    ((name === "checked" || name === "value") && element.nodeName === "INPUT");

  function patchAttributes(from, to) {
    for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !kept(from, name)) from.removeAttribute(name);
    for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value && !kept(from, name)) from.setAttribute(name, value);
  }

  function patch(from, to) {
    if (from.isEqualNode(to)) return;
    if (from.nodeType !== 1) {
      if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
      return;
    }
    patchAttributes(from, to);
    patchChildren(from, to);
  }

  function patchChildren(from, to) {
    const byKey = new Map();
    for (const child of from.childNodes) if (keyOf(child)) byKey.set(keyOf(child), child);
    let at = from.firstChild;
    for (const wanted of [...to.childNodes]) {
      while (at && isOurs(at)) at = at.nextSibling;
      const key = keyOf(wanted);
      let match = key ? byKey.get(key) : null;
      if (!match && at && !keyOf(at) && !key && at.nodeName === wanted.nodeName) match = at;
      if (match && match.parentNode === from) {
        if (match === at) at = at.nextSibling;
        else from.insertBefore(match, at);
        byKey.delete(key);
        patch(match, wanted);
      } else {
        from.insertBefore(document.importNode(wanted, true), at);
      }
    }
    while (at) {
      const next = at.nextSibling;
      if (!isOurs(at)) at.remove();
      at = next;
    }
  }

  // The first element on screen that has an id keeps its place there.
  function anchor() {
    for (const element of document.querySelectorAll("main [id]")) {
      const top = element.getBoundingClientRect().top;
      if (top >= 0 && top < innerHeight) return { id: element.id, top };
    }
    return null;
  }

  const scripts = (root) => [...root.querySelectorAll("script[src]")].filter((s) => !isOurs(s)).map((s) => s.getAttribute("src")).join();

  let updating = Promise.resolve();
  const update = () => (updating = updating.then(updateNow, updateNow));

  async function updateNow() {
    const response = await fetch(location.href, { cache: "no-store" });
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const script = next.querySelector("script[src*='.rapporteur/']");
    if (!script || scripts(next) !== scripts(document)) return location.reload();
    hash = script.dataset.hash;
    script.remove();
    const focused = document.activeElement && document.activeElement.id;
    const held = anchor();
    try {
      patchAttributes(document.documentElement, next.documentElement);
      patchChildren(document.head, next.head);
      patchAttributes(document.body, next.body);
      patchChildren(document.body, next.body);
    } catch {
      return location.reload();
    }
    makeRoom();
    const same = held && document.getElementById(held.id);
    if (same) scrollBy({ top: same.getBoundingClientRect().top - held.top, behavior: "instant" });
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("rapporteur:patched"));
    await showPlaces();
  }

  function swapStyle({ path: style, hash: version }) {
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      const url = new URL(link.href);
      if (!url.pathname.endsWith("/" + style)) continue;
      url.search = "?v=" + version.slice(-12);
      const fresh = link.cloneNode();
      fresh.href = url.href;
      fresh.addEventListener("load", () => link.remove(), { once: true });
      fresh.addEventListener("error", () => fresh.remove(), { once: true });
      link.after(fresh);
    }
  }

  // --- What is wrong ---------------------------------------------------------------------------

  const host = document.createElement("div");
  host.id = "rapporteur-preview";
  const shadow = host.attachShadow({ mode: "open" });
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const status = make("p", { className: "status", role: "status" });
  const list = make("ol");
  const heading = make("h2", { id: "heading" });
  const dismiss = make("button", { type: "button", textContent: "Dismiss" });
  const fold = make("button", { type: "button", textContent: "Fold", ariaExpanded: "true" });
  const buttons = make("div", {}, fold, " ", dismiss);
  const panel = make("section", { className: "panel", hidden: true }, make("header", {}, heading, buttons), list);
  panel.setAttribute("aria-labelledby", "heading");
  panel.tabIndex = -1;
  const links = make("nav", { className: "links", ariaLabel: "Sources of this page" });
  shadow.append(make("link", { rel: "stylesheet", href: base + "preview.css" }), status, panel, links);

  let shown = "[]";
  const count = (number, word) => number + " " + word + (number === 1 ? "" : "s");

  async function showProblems() {
    const text = await (await fetch(base + "problems", { cache: "no-store" })).text();
    if (text === shown) return;
    const was = shown;
    shown = text;
    const problems = JSON.parse(text);
    list.replaceChildren(
      ...problems.map(({ severity, text: words, href, file, line }) => {
        const item = make("li", { className: severity }, make("pre", { textContent: words }));
        if (href) item.append(make("a", { href, textContent: "Open " + file + ":" + line }));
        return item;
      }),
    );
    const errors = problems.filter((problem) => problem.severity === "error").length;
    const parts = [];
    if (errors) parts.push(count(errors, "error"));
    if (problems.length > errors) parts.push(count(problems.length - errors, "warning"));
    heading.textContent = parts.join(", ");
    panel.hidden = problems.length === 0;
    makeRoom();
    uncover();
    if (problems.length) status.textContent = parts.join(", ") + ": " + problems[0].text.split("\n")[0];
    else if (was !== "[]") status.textContent = "Everything is mended.";
  }

  // The page ends above the panel, so that whatever it says can be scrolled clear of it.
  function makeRoom() {
    const height = panel.hidden ? "" : Math.ceil(panel.getBoundingClientRect().height) + "px";
    document.documentElement.style.scrollPaddingBottom = height;
    document.body.style.paddingBottom = height || "3rem";
  }
  new ResizeObserver(makeRoom).observe(panel);

  // The words that a link has led to are not left under the panel when it appears.
  let uncovered = null;
  function uncover() {
    if (uncovered === location.hash || panel.hidden) return;
    uncovered = location.hash;
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {}
    const target = id && document.getElementById(id);
    if (!target) return;
    const box = target.getBoundingClientRect();
    const room = innerHeight - panel.getBoundingClientRect().height;
    if (box.top < innerHeight && Math.min(box.bottom, box.top + room) > room) target.scrollIntoView({ block: "start", behavior: "instant" });
  }
  addEventListener("hashchange", () => setTimeout(uncover));

  function setFolded(folded) {
    panel.classList.toggle("folded", folded);
    fold.textContent = folded ? "Unfold" : "Fold";
    fold.ariaExpanded = String(!folded);
    try {
      sessionStorage.setItem("rapporteur-folded", folded ? "1" : "");
    } catch {}
    makeRoom();
  }
  fold.addEventListener("click", () => setFolded(!panel.classList.contains("folded")));
  try {
    if (sessionStorage.getItem("rapporteur-folded")) setFolded(true);
  } catch {}

  function hide() {
    panel.hidden = true;
    makeRoom();
    status.textContent = "The list is hidden until something changes.";
  }
  dismiss.addEventListener("click", hide);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && hide());

  // --- The way to the sources ------------------------------------------------------------------

  async function showPlaces() {
    places = await (await fetch(base + "places?page=" + encodeURIComponent(path), { cache: "no-store" })).json();
    const page = places.find((place) => place.id === "");
    links.replaceChildren();
    if (page) links.append(source(page, "Source of this page"));
    pen.remove();
    links.append(pen);
  }

  function source({ href, file, line }, label) {
    const place = file + ":" + line;
    if (href) return make("a", { href, textContent: label, title: "Open " + place });
    const button = make("button", { type: "button", textContent: label, title: "Copy " + place });
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(place);
      status.textContent = place + " is copied.";
    });
    return button;
  }

  // One link that goes where the pointer or the keyboard is: nothing is put into the record.
  const pen = make("span", { className: "pen", hidden: true });
  function point(event) {
    const element = event.target.closest?.("[id]");
    let target = element;
    while (target && !places.some((place) => place.id && place.id === target.id)) target = target.parentElement?.closest("[id]");
    const row = event.target.closest?.(".row");
    if (!target && row) target = [...row.querySelectorAll("[id]")].find((inner) => places.some((place) => place.id === inner.id));
    if (!target) return;
    const place = places.find((known) => known.id === target.id);
    pen.replaceChildren(source(place, "✎ " + place.id.replace(/^n-/, "")));
    const box = target.getBoundingClientRect();
    pen.hidden = false;
    pen.style.top = Math.max(0, box.top) + "px";
    pen.style.left = Math.max(0, Math.min(innerWidth - 120, box.right - 110)) + "px";
  }
  document.addEventListener("pointerover", point);
  document.addEventListener("focusin", (event) => event.target !== host && point(event));
  document.addEventListener("scroll", () => (pen.hidden = true), { passive: true });

  // --- A note on selected words ----------------------------------------------------------------

  const offer = make("section", { className: "offer", hidden: true, ariaLabel: "A note on the selected words" });
  shadow.append(offer);

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const paragraph = (range.startContainer.parentElement || document.body).closest("[id^=p]");
    const last = (range.endContainer.parentElement || document.body).closest("[id^=p]");
    const isParagraph = (element) => element && /^p\d+[a-z]*$/.test(element.id);
    if (!isParagraph(paragraph) || !isParagraph(last)) return null;
    const until = (element, container, offset) => {
      const before = document.createRange();
      before.setStart(element, 0);
      before.setEnd(container, offset);
      return before.toString().length;
    };
    const start = until(paragraph, range.startContainer, range.startOffset);
    const end = until(last, range.endContainer, range.endOffset);
    return { page: path, paragraph: paragraph.id, start, end, to: last === paragraph ? null : last.id };
  }

  const ask = async () => (await fetch(base + "session", { cache: "no-store" })).json();

  async function post(name, selection) {
    const { token } = await ask();
    const response = await fetch(base + name, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Rapporteur-Token": token },
      body: JSON.stringify(selection),
    });
    const text = await response.text();
    return response.ok ? JSON.parse(text) : { refused: text };
  }

  const labelled = (words, field) => make("label", {}, words + " ", field);

  async function propose(words) {
    // Only who sits at this machine writes into its files.
    const { append: mayAppend, choices } = await ask();
    const kind = make("select", {}, ...choices.kinds.map((kind) => make("option", { value: kind, textContent: kind })));
    kind.value = "note";
    const known = make("datalist", { id: "topics" }, ...choices.topics.map(([slug, title]) => make("option", { value: slug, textContent: title })));
    const topics = make("input", { placeholder: "topic, topic" });
    topics.setAttribute("list", "topics");
    const fields = make("p", {}, labelled("Kind", kind), " ", labelled("Topics", topics), known);
    const selection = () => ({
      ...words,
      kind: kind.value,
      topics: topics.value.split(/[\s,]+/).filter(Boolean),
    });
    const rest = make("div");
    offer.replaceChildren(fields, rest);
    const show = () => proposed(selection(), rest, mayAppend);
    kind.addEventListener("change", show);
    topics.addEventListener("change", show);
    await show();
    rest.querySelector("button").focus();
  }

  async function proposed(selection, rest, mayAppend) {
    const { text, sheet, refused } = await post("propose", selection);
    const close = make("button", { type: "button", textContent: "Close" });
    close.addEventListener("click", () => (offer.hidden = true));
    if (refused) return rest.replaceChildren(make("p", { textContent: refused }), close);
    const copy = make("button", { type: "button", textContent: "Copy" });
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      status.textContent = "The note is copied.";
    });
    const append = make("button", { type: "button", textContent: "Append to " + sheet.split("/").pop() });
    append.addEventListener("click", async () => {
      const done = await post("append", selection);
      status.textContent = done.refused || "The note is in " + done.sheet + ".";
      if (done.refused) return rest.prepend(make("p", { textContent: done.refused }));
      // There it is written on: the editor is asked for the line, and the link stays for who has none that answers.
      const open = source({ href: done.href, file: done.sheet, line: done.line || 1 }, "Open " + done.sheet.split("/").pop());
      offer.replaceChildren(make("p", { textContent: status.textContent }), open, " ", close);
      if (done.href) open.click();
      open.focus();
    });
    rest.replaceChildren(make("pre", { textContent: text }), copy, " ", ...(mayAppend ? [append, " "] : []), close);
  }

  function offerNote() {
    const selection = selected();
    if (!selection) return;
    const button = make("button", { type: "button", textContent: "Note on these words" });
    button.addEventListener("click", () => propose(selection));
    offer.replaceChildren(button);
    offer.hidden = false;
  }
  document.addEventListener("pointerup", (event) => event.target !== host && setTimeout(offerNote));
  document.addEventListener("keyup", (event) => event.shiftKey && event.target !== host && offerNote());
  offer.addEventListener("keydown", (event) => event.key === "Escape" && (offer.hidden = true));

  // --- Listening -------------------------------------------------------------------------------

  const acts = {
    hello(hello) {
      if (session !== null && session !== hello.session) status.textContent = "The preview was restarted.";
      session = hello.session;
      if ((hello.hash || "") !== hash) update();
      showProblems();
    },
    page: update,
    style: swapStyle,
    reload: () => location.reload(),
    problems: showProblems,
  };

  // One stream for all pages of this browser, by way of a worker that they share.
  function listen() {
    if (typeof SharedWorker !== "function") return listenAlone();
    const worker = new SharedWorker(base + "worker.js");
    const { port } = worker;
    worker.addEventListener("error", listenAlone, { once: true });
    port.addEventListener("message", ({ data: [name, detail] }) => acts[name](detail));
    port.start();
    const open = () => port.postMessage(["open", path]);
    open();
    addEventListener("pagehide", () => port.postMessage(["close"]));
    addEventListener("pageshow", (event) => event.persisted && open());
  }

  function listenAlone() {
    const events = new EventSource(base + "events?page=" + encodeURIComponent(path));
    for (const [name, act] of Object.entries(acts)) {
      events.addEventListener(name, (event) => {
        const detail = JSON.parse(event.data);
        act(name === "hello" ? { ...detail, hash: detail.hashes[path] } : detail);
      });
    }
    // A closed stream is not tried again by itself.
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(listenAlone, 1000);
    });
  }

  document.body.append(host);
  showPlaces();
  listen();
})();
