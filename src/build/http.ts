// What the server says and whom it answers: own Host and Origin only, no page of another site, reading only.

import type { IncomingMessage, ServerResponse } from "node:http";
import { policy } from "../../site/pages/layout.tsx";
import type { Content } from "./plan.ts";

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  xml: "application/xml; charset=utf-8",
  md: "text/plain; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  log: "text/plain; charset=utf-8",
  yaml: "text/plain; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  pdf: "application/pdf",
};

export const plain = "text/plain; charset=utf-8";

export function typeOf(address: string): string {
  const ending = address.slice(address.lastIndexOf(".") + 1).toLowerCase();
  return (Object.hasOwn(types, ending) ? types[ending] : undefined) ?? "application/octet-stream";
}

/** Why a request is not answered; nothing for one that is. */
export function refusalOf(request: IncomingMessage): { readonly status: number; readonly text: string } | undefined {
  if (!isOwn(request)) return { status: 403, text: "Only this machine may ask, and only from the site's own pages.\n" };
  if (request.method !== "GET" && request.method !== "HEAD") return { status: 405, text: "Read-only.\n" };
  return undefined;
}

/**
 * A name that resolves to this machine (DNS rebinding) is refused, and so is what a page of another site loads or frames: its scripts
 * would see the journal. A link from there is followed.
 */
function isOwn({ headers, socket }: IncomingMessage): boolean {
  const names = ["localhost", "127.0.0.1", "[::1]"].map((name) => `${name}:${socket.localPort}`);
  if (!names.includes(headers.host ?? "")) return false;
  if (headers.origin !== undefined && !names.some((name) => headers.origin === `http://${name}`)) return false;
  const site = headers["sec-fetch-site"];
  const followed = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  return site === undefined || site === "same-origin" || site === "none" || followed;
}

/** The address a URL asks for; nothing for one that is not well formed. */
export function addressOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? "/").slice(1);
    return path === "" || path.endsWith("/") ? `${path}index.html` : path;
  } catch {
    return undefined;
  }
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly content: Content;
  /** Of the content: a reader who has it gets no body. */
  readonly hash?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Pages may run the site's own scripts; what is no page may do nothing at all, were it opened by itself. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, type, content, hash, headers = {} } = answer;
  const known = hash !== undefined && status === 200 && knows(request.headers["if-none-match"], hash);
  const page = type === types["html"];
  response.writeHead(known ? 304 : status, {
    ...safeHeaders,
    "Content-Type": type,
    "Content-Security-Policy": `${page ? policy(true) : "default-src 'none'; sandbox"}; frame-ancestors 'none'`,
    "Cache-Control": hash === undefined ? "no-store" : "no-cache",
    ...(hash === undefined ? {} : { ETag: `"${hash}"`, "Server-Timing": `content;desc="${hash}"` }),
    ...(known ? {} : { "Content-Length": String(Buffer.byteLength(content)) }),
    ...headers,
  });
  response.end(known || request.method === "HEAD" ? undefined : content);
}

export const safeHeaders: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
};

function knows(header: string | undefined, hash: string): boolean {
  return header?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === `"${hash}"`) === true;
}
