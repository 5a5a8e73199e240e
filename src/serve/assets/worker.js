// One stream of events for all pages of the preview that a browser has open: a browser keeps no more than six
// connections to a host, and a stream holds one of them for as long as its page is open.
"use strict";
const base = self.location.href.replace(/worker\.js.*$/, "");
const tabs = new Map();
let events = null;
let waiting = 0;

function tell(port, name, detail) {
  port.postMessage([name, detail]);
}

function connect() {
  waiting = 0;
  if (events) events.close();
  events = null;
  const pages = [...new Set(tabs.values())];
  if (!pages.length) return;
  const stream = new EventSource(base + "events?" + pages.map((page) => "page=" + encodeURIComponent(page)).join("&"));
  events = stream;
  const on = (name, act) => stream.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("hello", ({ session, hashes }) => {
    for (const [port, page] of tabs) tell(port, "hello", { session, hash: hashes[page] });
  });
  on("page", ({ page }) => {
    for (const [port, open] of tabs) if (open === page) tell(port, "page", {});
  });
  for (const name of ["style", "reload", "problems"]) {
    on(name, (detail) => {
      for (const port of tabs.keys()) tell(port, name, detail);
    });
  }
  // A closed stream is not tried again by itself.
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED && events === stream) soon(1000);
  });
}

// Many pages opened at once want one new stream, not one each.
function soon(time) {
  if (!waiting) waiting = setTimeout(connect, time);
}

self.addEventListener("connect", ({ ports: [port] }) => {
  port.addEventListener("message", ({ data: [deed, page] }) => {
    if (deed === "open") tabs.set(port, page);
    else tabs.delete(port);
    soon(deed === "open" ? 10 : 500);
  });
  port.start();
});
