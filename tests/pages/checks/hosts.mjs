// Nothing is asked of another host.
export const claim = "no page asks another host for anything";

export const watcher = {
  begin(page, report) {
    page.on("request", (request) => {
      const asked = new URL(request.url());
      if (/^https?:$/.test(asked.protocol) && asked.hostname !== "localhost") report(`asks for ${asked.href}`);
    });
  },
};

export const breakages = [
  {
    name: "a picture from elsewhere",
    change: { "about/index.html": (html) => html.replace("</main>", '<img alt="" src="https://example.org/x.png"></main>') },
    reported: /about.*asks for https:\/\/example\.org\/x\.png/,
  },
  {
    name: "a script from elsewhere",
    change: { "about/index.html": (html) => html.replace("</head>", '<script src="https://example.org/x.js"></script></head>') },
    reported: /about.*asks for https:\/\/example\.org\/x\.js/,
  },
  {
    name: "a font that a style asks for",
    change: { "theme/style.css": '\n@font-face{font-family:X;src:url(https://example.org/x.woff2)}body{font-family:X!important}\n' },
    reported: /asks for https:\/\/example\.org\/x\.woff2/,
  },
];
