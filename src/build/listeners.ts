// The pages that are open, each with a line on which it hears of changes: Server-Sent Events at `/@live?page=<address>`.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Problem } from "../base/problem.ts";
import { addressOf, plain, safeHeaders, send } from "./http.ts";
import type { Live } from "./live.ts";

export interface Listeners {
  add(request: IncomingMessage, response: ServerResponse): void;
  /** That there is another version, or that something is broken or mended. */
  tell(): void;
  readonly count: () => number;
  close(): void;
}

/** What a page is told. */
export interface LiveState {
  readonly version: string;
  readonly problems: readonly { readonly place: string; readonly code: string; readonly message: string; readonly hint?: string }[];
}

const most = 64;
/** ms between signs of life, which also find out who is gone. */
const pulse = 20_000;

export function openListeners(live: Live, follow: (folders: readonly string[]) => void): Listeners {
  const open = new Map<ServerResponse, string>();
  const beat = setInterval(() => {
    for (const response of open.keys()) response.write(":\n\n");
  }, pulse);
  beat.unref();
  const followAll = (): void => follow(live.follow([...new Set(open.values())]));
  return {
    add: (request, response) => {
      if (open.size >= most) return send(request, response, { status: 503, type: plain, content: "Too many pages are open.\n" });
      response.writeHead(200, { ...safeHeaders, "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store" });
      if (request.method === "HEAD") return void response.end();
      open.set(response, pageOf(request.url ?? ""));
      response.on("close", () => open.delete(response));
      followAll();
      response.write(`retry: 500\n${message(live)}`);
    },
    tell: () => {
      if (open.size > 0) followAll();
      for (const response of open.keys()) response.write(message(live));
    },
    count: () => open.size,
    close: () => {
      clearInterval(beat);
      for (const response of open.keys()) response.end();
    },
  };
}

function pageOf(url: string): string {
  const page = new URLSearchParams(url.slice(url.indexOf("?") + 1)).get("page");
  return addressOf(page ?? "/") ?? "";
}

function message(live: Live): string {
  const state: LiveState = { version: live.version(), problems: live.problems().map(report) };
  return `data: ${JSON.stringify(state)}\n\n`;
}

function report({ path, line, column, code, message, hint }: Problem): LiveState["problems"][number] {
  const place = [path, line, column].filter((part) => part !== undefined).join(":");
  return { place, code, message, ...(hint === undefined ? {} : { hint }) };
}
