// The server in this process over a real socket, and real files that change under it.

import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type ClientRequest, get, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { readAssets } from "../../src/build/assets.ts";
import type { LiveState } from "../../src/build/listeners.ts";
import { type Served, serve } from "../../src/build/serve.ts";
import { makeFolder, put } from "../store/folder.ts";

const assets = readAssets();
const run = (id: string, more = ""): string => `---\nid: ${id}\ntitle: Title of ${id}\nstatus: finished\n${more}---\n`;
const first = "experiments/EXP001-9qd2-baseline.md";

interface Site {
  readonly root: string;
  readonly served: Served;
  ask(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>;
  listen(page: string): Promise<Heard>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Heard {
  /** The next state that was not taken yet. */
  next(): Promise<LiveState>;
  readonly request: ClientRequest;
}

async function start(context: TestContext, files: Readonly<Record<string, string>> = {}): Promise<Site> {
  const root = makeFolder(context, { "journal.yaml": "title: Cats\n", [first]: run("EXP001-9qd2"), ...files });
  const served = await serve({ port: 0, root, assets });
  context.after(() => served.close());
  const ask: Site["ask"] = (path, headers = {}, method = "GET") =>
    new Promise((resolve, reject) => {
      get(
        { host: "127.0.0.1", port: served.port, path, headers: { Host: `localhost:${served.port}`, ...headers }, method, agent: false },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part) => {
            text += part;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        },
      ).on("error", reject);
    });
  return { root, served, ask, listen: (page) => listen(context, served.port, page) };
}

function listen(context: TestContext, port: number, page: string): Promise<Heard> {
  const states: LiveState[] = [];
  let wake = (): void => {};
  const next = async (): Promise<LiveState> => {
    const until = Date.now() + 5000;
    while (states.length === 0) {
      assert.ok(Date.now() < until, "nothing was told");
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 50);
      });
    }
    return states.shift() as LiveState;
  };
  return new Promise((resolve) => {
    const request = get(
      { host: "127.0.0.1", port, path: `/@live?page=${encodeURIComponent(page)}`, headers: { Host: `localhost:${port}` }, agent: false },
      (response) => {
        response.setEncoding("utf8").on("data", (part: string) => {
          for (const [, data = ""] of part.matchAll(/^data: (.*)$/gm)) states.push(JSON.parse(data) as LiveState);
          wake();
        });
        resolve({ next, request });
      },
    );
    request.on("error", () => {});
    context.after(() => request.destroy());
  });
}

test("pages, style, scripts and raw files come with their types, and a policy that lets nothing in", async (context) => {
  const { ask, served } = await start(context);
  assert.equal((served.server.address() as AddressInfo).address, "127.0.0.1");
  const page = await ask("/");
  assert.equal(page.status, 200);
  assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
  assert.match(String(page.headers["content-security-policy"]), /default-src 'none'.*connect-src 'self'.*frame-ancestors 'none'/);
  assert.equal(page.headers["x-content-type-options"], "nosniff");
  assert.equal(page.headers["cross-origin-resource-policy"], "same-origin");
  assert.equal(page.headers["access-control-allow-origin"], undefined);
  assert.equal((await ask(`/${assets.addresses["site.css"]}`)).headers["content-type"], "text/css; charset=utf-8");
  assert.equal((await ask(`/${assets.addresses["shell.js"]}`)).headers["content-type"], "text/javascript; charset=utf-8");
  const raw = await ask("/runs/EXP001-9qd2.md");
  assert.equal(raw.headers["content-type"], "text/plain; charset=utf-8");
  assert.match(String(raw.headers["content-security-policy"]), /sandbox/);
});

test("strangers are refused: other names for this machine, other sites, and what their pages load or frame", async (context) => {
  const { ask, served } = await start(context);
  const port = served.port;
  const status = async (headers: Readonly<Record<string, string>>, path = "/"): Promise<number> => (await ask(path, headers)).status;
  assert.equal(await status({ Host: `127.0.0.1:${port}` }), 200);
  assert.equal(await status({ Host: `[::1]:${port}` }), 200);
  for (const Host of ["evil.example", `evil.example:${port}`, "localhost", `localhost:${port + 1}`, `localhost.:${port}`])
    assert.equal(await status({ Host }), 403, Host);
  assert.equal(await status({ Origin: `http://localhost:${port}` }), 200);
  for (const Origin of ["http://evil.example", "null", `https://localhost:${port}`, "http://localhost:1"])
    assert.equal(await status({ Origin }), 403, Origin);
  const from = (site: string, mode: string, dest: string) => ({ "Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest });
  assert.equal(await status(from("cross-site", "no-cors", "script"), "/runs/EXP001-9qd2.md"), 403);
  assert.equal(await status(from("same-site", "no-cors", "script")), 403, "another port of this machine is another site");
  assert.equal(await status(from("cross-site", "navigate", "iframe")), 403);
  assert.equal(await status(from("cross-site", "navigate", "document")), 200, "a link from a mail is followed");
  for (const headers of [{ Host: "evil.example" }, { Origin: "http://evil.example" }, from("cross-site", "cors", "empty")])
    assert.equal(await status(headers, "/@live?page=/"), 403);
});

test("nothing is written and nothing outside the plan is read", async (context) => {
  const { ask } = await start(context);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"]) assert.equal((await ask("/", {}, method)).status, 405, method);
  for (const path of [
    "/../journal.yaml",
    "/%2e%2e/journal.yaml",
    "/..%2fjournal.yaml",
    "/..%5cjournal.yaml",
    "/%00",
    "//etc/passwd",
    "/runs/../../journal.yaml",
    "/experiments/EXP001-9qd2-baseline.md",
    "/__proto__",
    "/constructor",
  ]) {
    const { status, text } = await ask(path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(text, /root:|title: Cats/, path);
  }
  assert.equal((await ask("/%zz")).status, 400);
});

test("a page that did not change is not sent again, and HEAD sends none", async (context) => {
  const { ask } = await start(context);
  const { headers, text } = await ask("/");
  const tag = String(headers.etag);
  assert.match(String(headers["server-timing"]), new RegExp(tag));
  const again = await ask("/", { "If-None-Match": `"other", W/${tag}` });
  assert.deepEqual([again.status, again.text], [304, ""]);
  assert.equal((await ask("/", { "If-None-Match": '"other"' })).status, 200);
  const head = await ask("/", {}, "HEAD");
  assert.deepEqual([head.status, head.text, head.headers["content-length"]], [200, "", String(Buffer.byteLength(text))]);
});

test("an unknown address gets the site's own page with 404, whose links lead from anywhere", async (context) => {
  const { ask } = await start(context);
  const { status, text, headers } = await ask("/runs/deep/nothing.html");
  assert.equal(status, 404);
  assert.equal(headers["content-type"], "text/html; charset=utf-8");
  for (const [, way = ""] of text.matchAll(/ (?:href|src)="([^"]*)"/g)) assert.match(way, /^[/#]/);
  assert.equal((await ask("/data/none-1.js")).headers["content-type"], "text/plain; charset=utf-8");
});

test("an address without .html, and a folder without its slash, lead to the page", async (context) => {
  const { ask } = await start(context, {
    "experiments/ocr/study.yaml": "title: Letters\n",
    "experiments/ocr/EXP002-aaaa-x.md": run("EXP002-aaaa"),
  });
  assert.equal((await ask("/runs/EXP001-9qd2")).status, 200);
  const folder = await ask("/ocr?x=1");
  assert.deepEqual([folder.status, folder.headers.location], [302, "/ocr/"]);
  assert.equal((await ask("/ocr/")).status, 200);
});

test("a save is told to open pages and shown at once, and other pages keep their bytes", async (context) => {
  const { root, ask, listen } = await start(context, { "experiments/EXP002-aaaa-other.md": run("EXP002-aaaa") });
  const heard = await listen("/runs/EXP001-9qd2.html");
  const before = await heard.next();
  const tag = String((await ask("/runs/EXP002-aaaa.html")).headers.etag);
  put(root, { [first]: run("EXP001-9qd2", "reason: A new reason\n") });
  const after = await heard.next();
  assert.notEqual(after.version, before.version);
  assert.match((await ask("/runs/EXP001-9qd2.html")).text, /A new reason/);
  assert.equal((await ask("/runs/EXP002-aaaa.html", { "If-None-Match": tag })).status, 304);
});

test("an editor's rename over the file, a new folder, and a folder that is gone are seen", async (context) => {
  const { root, ask, listen } = await start(context);
  const heard = await listen("/");
  await heard.next();
  put(root, { "experiments/.EXP001.swp": run("EXP001-9qd2", "reason: By rename\n") });
  renameSync(join(root, "experiments/.EXP001.swp"), join(root, first));
  await heard.next();
  assert.match((await ask("/runs/EXP001-9qd2.html")).text, /By rename/);
  mkdirSync(join(root, "experiments/2026"));
  put(root, { "experiments/2026/EXP005-aaaa-x.md": run("EXP005-aaaa") });
  while ((await ask("/runs/EXP005-aaaa.html")).status !== 200) await heard.next();
  put(root, { "experiments/2026/EXP005-aaaa-x.md": run("EXP005-aaaa", "reason: Below\n") });
  while (!/Below/.test((await ask("/runs/EXP005-aaaa.html")).text)) await heard.next();
  rmSync(join(root, "experiments/2026"), { recursive: true });
  while ((await ask("/runs/EXP005-aaaa.html")).status !== 404) await heard.next();
});

test("a run that breaks is named with its line until it is mended, and the site stays", async (context) => {
  const { root, ask, listen } = await start(context);
  const heard = await listen("/");
  assert.deepEqual((await heard.next()).problems, []);
  put(root, { [first]: "---\nid: EXP001-9qd2\ntitle: [unclosed\n---\n" });
  const [problem] = (await heard.next()).problems;
  assert.match(problem?.place ?? "", /^experiments\/EXP001-9qd2-baseline\.md:\d+:\d+$/);
  assert.ok((problem?.message ?? "") !== "" && (problem?.hint ?? "") !== "");
  assert.equal((await ask("/")).status, 200);
  put(root, { [first]: run("EXP001-9qd2") });
  assert.deepEqual((await heard.next()).problems, []);
});

test("a journal whose settings are broken from the start is served, with what is wrong, and recovers", async (context) => {
  const { root, ask, listen } = await start(context, { "journal.yaml": "title: [\n" });
  const heard = await listen("/");
  assert.match((await heard.next()).problems[0]?.place ?? "", /^journal\.yaml:/);
  assert.equal((await ask("/")).status, 200);
  put(root, { "journal.yaml": "title: Dogs\n" });
  assert.deepEqual((await heard.next()).problems, []);
  assert.match((await ask("/")).text, /Dogs/);
  rmSync(join(root, "journal.yaml"));
  assert.match((await heard.next()).problems[0]?.code ?? "", /no-journal/);
  assert.match((await ask("/")).text, /Dogs/, "the last journal that could be read stays");
  put(root, { "journal.yaml": "title: Birds\n" });
  await heard.next();
  assert.match((await ask("/")).text, /Birds/);
});

test("attachments of a run whose page is open are followed as they grow", async (context) => {
  const { root, listen } = await start(context, { "experiments/EXP001-9qd2.files/curve.csv": "step,loss\n1,2\n" });
  const heard = await listen("/runs/EXP001-9qd2.html");
  const { version } = await heard.next();
  writeFileSync(join(root, "experiments/EXP001-9qd2.files/curve.csv"), "step,loss\n1,2\n2,1\n");
  assert.notEqual((await heard.next()).version, version);
});

test("reports and READMEs are followed too, and nothing is told when nothing changed", async (context) => {
  const { root, listen } = await start(context, { "reports/one.md": "# One\n" });
  const heard = await listen("/");
  const { version } = await heard.next();
  writeFileSync(join(root, first), run("EXP001-9qd2"));
  writeFileSync(join(root, "notes.txt"), "x");
  put(root, { "reports/one.md": "# Two\n" });
  const after = await heard.next();
  assert.equal(Number(after.version.split("-").at(-1)), Number(version.split("-").at(-1)) + 1);
});

test("closing ends open lines at once", async (context) => {
  const { served, listen } = await start(context);
  const heard = await listen("/");
  await heard.next();
  const ended = new Promise((resolve) => heard.request.once("close", resolve));
  await served.close();
  await ended;
});

test("a port that is taken refuses", async (context) => {
  const { served, root } = await start(context);
  await assert.rejects(serve({ port: served.port, root, assets }), { code: "EADDRINUSE" });
});
