// A small static server: sites below paths of their own, as a host with a strict policy sends them.
import { createServer } from "node:http";
import { createReadStream, existsSync, statSync, readFileSync } from "node:fs";
import { extname, join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { setTimeout as pause } from "node:timers/promises";

// What docs/ tells publishers to send: nothing but the site's own files, and no script or style in a page.
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
  ".ics": "text/calendar; charset=utf-8",
};

/** Listens on a free port. `mount` puts a folder below a path and says its address. */
export async function serve() {
  const sites = new Map();

  async function answer(request, response) {
    const { pathname } = new URL(request.url, "http://localhost");
    const [, name, ...rest] = pathname.split("/");
    const site = sites.get(name);
    const wanted = site && normalize(join(site.folder, decodeURIComponent(rest.join("/"))));
    if (!wanted || !(wanted + sep).startsWith(site.folder + sep)) return void response.writeHead(404).end();
    let [status, file] = [200, wanted];
    if (existsSync(file) && statSync(file).isDirectory()) {
      if (!pathname.endsWith("/")) return void response.writeHead(301, { location: pathname + "/" }).end();
      file = join(file, "index.html");
    }
    if (!existsSync(file)) [status, file] = [404, join(site.folder, "404.html")];
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const head = {
      "content-type": type,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "cache-control": "max-age=600",
    };
    if (site.pace) return slowly(response, status, head, file, site.pace);
    let bytes = existsSync(file) ? readFileSync(file) : Buffer.from("Not found");
    if (/gzip/.test(request.headers["accept-encoding"] ?? "") && /^text|json|xml/.test(type)) {
      bytes = gzipSync(bytes);
      head["content-encoding"] = "gzip";
    }
    response.writeHead(status, { ...head, "content-length": bytes.length }).end(bytes);
  }

  // As over a poor line: a page comes in pieces, its style late, its script later still.
  async function slowly(response, status, head, file, pace) {
    response.writeHead(status, { ...head, "cache-control": "no-store" });
    if (!head["content-type"].startsWith("text/html")) {
      await pause(head["content-type"].startsWith("text/javascript") ? pace * 8 : pace * 2);
      return createReadStream(file).pipe(response);
    }
    const bytes = readFileSync(file);
    const piece = Math.ceil(bytes.length / 5);
    for (let at = 0; at < bytes.length; at += piece) {
      response.write(bytes.subarray(at, at + piece));
      await pause(pace);
    }
    response.end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://localhost:${server.address().port}`;
  return {
    origin,
    mount(name, folder, pace = 0) {
      sites.set(name, { folder, pace });
      return `${origin}/${name}/`;
    },
    close: () => new Promise((closed) => { server.close(closed); server.closeAllConnections(); }),
  };
}
