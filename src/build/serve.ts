// The site on loopback, rendered from the files as they are at each request. Read-only: GET and HEAD, own Host only, and
// nothing but the pages the plan names, so there is no path to escape from.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Content, Plan } from "./plan.ts";

export interface ServeOptions {
  readonly port: number;
  /** Plans the site anew at each request; only the page asked for is rendered. */
  readonly site: () => Plan;
}

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  md: "text/plain; charset=utf-8",
};

export function serve({ port, site }: ServeOptions): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    answer(request, response, site).catch((error: unknown) => {
      send(
        response,
        500,
        "text/plain; charset=utf-8",
        `The site could not be made: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const actual = typeof address === "object" && address !== null ? address.port : port;
      resolve({ server, url: `http://localhost:${actual}/` });
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, site: ServeOptions["site"]): Promise<void> {
  if (!ownHost(request)) return send(response, 403, types["md"], "Only this machine may ask.\n");
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, types["md"], "Read-only.\n");
  const path = pathOf(request.url ?? "/");
  const text = path === undefined ? undefined : await site().get(path)?.make();
  if (text === undefined) return send(response, 404, types["md"], "There is no such page.\n");
  send(
    response,
    200,
    types[path?.slice(path.lastIndexOf(".") + 1) ?? ""] ?? "application/octet-stream",
    request.method === "HEAD" ? "" : text,
  );
}

/** A page of another name that resolves to this machine (DNS rebinding) is refused. */
function ownHost(request: IncomingMessage): boolean {
  const port = request.socket.localPort;
  const names = ["localhost", "127.0.0.1", "[::1]"].map((name) => `${name}:${port}`);
  const origin = request.headers.origin;
  return names.includes(request.headers.host ?? "") && (origin === undefined || names.some((name) => origin === `http://${name}`));
}

function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? "/").slice(1);
    return path === "" || path.endsWith("/") ? `${path}index.html` : path;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, type: string | undefined, text: Content): void {
  response.writeHead(status, { "Content-Type": type ?? "text/plain", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store" });
  response.end(text);
}
