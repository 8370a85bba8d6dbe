// The site on loopback, always as the files are now. Nothing but what the plan names is answered, so there is no path to escape from.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { renderTrouble } from "../../site/pages/trouble.tsx";
import { sha256 } from "../base/hash.ts";
import { JournalError, type Problem } from "../base/problem.ts";
import type { Assets } from "./assets.ts";
import { type Answer, addressOf, plain, refusalOf, send, typeOf } from "./http.ts";
import { openListeners } from "./listeners.ts";
import { type Live, openLive } from "./live.ts";
import { internal } from "./messages.ts";
import { watchJournal } from "./watch.ts";

export interface ServeOptions {
  readonly port: number;
  /** Of the journal. */
  readonly root: string;
  readonly assets: Assets;
}

/** ms without a question after which there is time to keep what was made. */
const rest = 3000;

/** ms in which open pages get what changed before anything else is done. */
const quiet = 400;

export interface Served {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  close(): Promise<void>;
}

/** Listens at once and then reads the journal: a page that is asked for meanwhile waits. Fails with EADDRINUSE for a port that is taken. */
export async function serve({ port, root, assets }: ServeOptions): Promise<Served> {
  const live = openLive(root, assets, process.hrtime.bigint().toString(36));
  const ready = soon();
  const server = createServer((request, response) => {
    ready
      .then(() => answer(request, response))
      .catch((error: unknown) => send(request, response, { status: 500, type: plain, content: `${text(error)}\n` }));
  });
  const answer = (request: IncomingMessage, response: ServerResponse): Promise<void> | void => {
    const refusal = refusalOf(request);
    if (refusal !== undefined) return send(request, response, { status: refusal.status, type: plain, content: refusal.text });
    if (request.url?.startsWith("/@live") === true) return listeners.add(request, response);
    return answerPage(request, live, assets).then((page) => {
      send(request, response, page);
      keepLater();
    });
  };
  let pause: NodeJS.Timeout | undefined;
  let keeping: NodeJS.Timeout | undefined;
  const keepLater = (): void => {
    clearTimeout(keeping);
    keeping = setTimeout(() => {
      if (!look())
        live
          .keep()
          .then(() => (listeners.count() > 0 ? live.prepare() : undefined))
          .catch(() => {});
    }, rest);
    keeping.unref();
  };
  const settle = (): void => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (live.settle()) listeners.tell();
    }, quiet);
    pause.unref();
  };
  const look = (only?: ReadonlySet<string>): boolean => {
    const changed = live.look(only);
    if (!changed) return false;
    listeners.tell();
    settle();
    return true;
  };
  const listeners = openListeners(live, (folders) => watch.follow(folders));
  Object.assign(server, { maxConnections: 256, headersTimeout: 10_000, requestTimeout: 30_000 });
  const actual = await listen(server, port);
  const watch = watchJournal(root, look);
  const stopLooking = keepLooking(look, () => watch.deaf(), listeners.count);
  setImmediate(() => {
    live.look();
    ready.now();
  });
  return { url: `http://localhost:${actual}/`, port: actual, server, close };

  function close(): Promise<void> {
    clearTimeout(pause);
    clearTimeout(keeping);
    stopLooking();
    watch.close();
    listeners.close();
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

function soon(): Promise<void> & { readonly now: () => void } {
  let now = (): void => {};
  const promise = new Promise<void>((resolve) => {
    now = resolve;
  });
  return Object.assign(promise, { now });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Some disks (of other machines and containers) report nothing: while somebody reads, the files are looked at now and then. */
function keepLooking(look: () => void, deaf: () => boolean, listeners: () => number): () => void {
  let timer: NodeJS.Timeout;
  const again = (wait: number): void => {
    timer = setTimeout(() => {
      const start = performance.now();
      if (listeners() > 0) look();
      const cost = performance.now() - start;
      again(deaf() ? Math.max(500, 10 * cost) : Math.max(3000, 50 * cost));
    }, wait);
    timer.unref();
  };
  again(3000);
  return () => clearTimeout(timer);
}

async function answerPage(request: IncomingMessage, live: Live, assets: Assets): Promise<Answer> {
  const address = addressOf(request.url ?? "/");
  if (address === undefined) return { status: 400, type: plain, content: "This is no address.\n" };
  const asset = assets.files.get(address);
  if (asset !== undefined) return { status: 200, type: typeOf(address), content: asset, hash: address };
  try {
    return (await shown(address, live)) ?? (await missing(address, live, assets));
  } catch (error) {
    const problems = error instanceof JournalError ? error.problems : [internal(text(error))];
    return { status: 500, ...page(trouble(assets, "The site cannot be made at the moment", problems)) };
  }
}

/** Also without `.html`, as hosts of static sites do it; a folder leads to its front page. */
async function shown(address: string, live: Live): Promise<Answer | undefined> {
  const found = await live.page(address);
  if (found !== undefined) return { status: 200, type: typeOf(address), ...found };
  const named = await live.page(`${address}.html`);
  if (named !== undefined) return { status: 200, type: typeOf("x.html"), ...named };
  if ((await live.page(`${address}/index.html`)) === undefined) return undefined;
  return { status: 302, type: plain, content: "", headers: { Location: `/${address.split("/").map(encodeURIComponent).join("/")}/` } };
}

/** The page says its ways from the root of the site, wherever it is shown. */
async function missing(address: string, live: Live, assets: Assets): Promise<Answer> {
  if (/^(?:assets|data)\//.test(address)) return { status: 404, type: plain, content: "There is no such file.\n" };
  const own = await live.page("404.html");
  return { status: 404, ...page(own === undefined ? trouble(assets, "There is no such page", []) : fromRoot(String(own.content))) };
}

/** A page that is none of the site's can change too. */
function page(content: string): Pick<Answer, "type" | "content" | "hash"> {
  return { type: typeOf("x.html"), content, hash: sha256(content).slice(0, 16) };
}

function fromRoot(html: string): string {
  return html.replace(/ (href|src|data-root)="(?![a-z]+:|[/#])/g, ' $1="/');
}

function trouble(assets: Assets, title: string, problems: readonly Problem[]): string {
  return fromRoot(renderTrouble({ title, problems, assets: assets.addresses }));
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));
