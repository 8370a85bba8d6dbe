// `journal serve` as a process: what it prints, and how it ends.

import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { after, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { makeJournal, makePlace, type Place } from "./world.ts";

const loader = pathToFileURL(resolve("node_modules/tsx/dist/esm/index.mjs")).href;

function start(place: Place, ...words: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ["--import", loader, resolve("src/cli/main.ts"), "serve", ...words], {
    cwd: place.root,
    // The pages are components, whose dialect the project's own settings name.
    env: { ...process.env, TSX_TSCONFIG_PATH: resolve("tsconfig.json") },
  });
  after(() => child.kill("SIGKILL"));
  return child;
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  let text = "";
  for await (const part of child.stdout.setEncoding("utf8")) {
    text += String(part);
    if (text.includes("\n")) return text;
  }
  return text;
}

describe("journal serve", () => {
  it("prints the address, answers there, and ends with 0 on Ctrl-C and on SIGTERM", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const child = start(makeJournal(), "--port", "0");
      const url = (await firstLine(child)).trim();
      assert.match(url, /^http:\/\/localhost:\d+\/$/);
      assert.match(await (await fetch(url)).text(), /Cats and dogs/);
      child.kill(signal);
      assert.deepEqual(await once(child, "exit"), [0, null]);
    }
  });

  it("prints one document at once with --json", async () => {
    const child = start(makeJournal(), "--port", "0", "--json");
    const { ok, schema, data } = JSON.parse(await firstLine(child)) as { ok: boolean; schema: string; data: { url: string; port: number } };
    assert.deepEqual([ok, schema, data.url], [true, "journal/serve@1", `http://localhost:${data.port}/`]);
    let rest = "";
    child.stdout.on("data", (part: string) => {
      rest += part;
    });
    child.kill("SIGINT");
    await once(child, "exit");
    assert.equal(rest, "");
  });

  it("serves a journal whose settings cannot be read", async () => {
    const child = start(makePlace({ "journal.yaml": "title: [\n" }), "--port", "0");
    const url = (await firstLine(child)).trim();
    assert.equal((await fetch(url)).status, 200);
    child.kill("SIGINT");
    await once(child, "exit");
  });

  it("names a port that is free when the wanted one is taken, and refuses what is no port", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const address = holder.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const { exit, err } = await makeJournal().call("serve", "--port", String(port));
    holder.close();
    assert.equal(exit, 4);
    const free = Number(/journal serve --port (\d+)/.exec(err)?.[1]);
    assert.ok(free > 0 && free !== port, err);
    for (const wrong of ["x", "-1", "65536", "80.5"]) assert.equal((await makeJournal().call("serve", "--port", wrong)).exit, 2, wrong);
  });

  it("says where there is no journal", async () => {
    assert.equal((await makePlace().call("serve")).exit, 3);
  });
});
