// The frame of every page: head, policy, header, content. Nothing inline, nothing from outside.

import type { ComponentChildren, VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { PageFrame, Tab } from "../../src/report/page.ts";

/** `serve` also sends it as a header. */
export const policy = (live: boolean): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ...(live ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

export function Layout({ frame, children }: { readonly frame: PageFrame; readonly children: ComponentChildren }): VNode {
  const to = (address: string): string => wayFrom(frame.path, address);
  const asset = (name: string): string => to(frame.assets[name] ?? name);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy(frame.live)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>
          {[frame.title, frame.study?.title, frame.journal].filter((part, at, all) => part && all.indexOf(part) === at).join(" · ")}
        </title>
        {frame.url !== undefined && <link rel="canonical" href={frame.url} />}
        <link rel="icon" href={asset("favicon.svg")} />
        {!ofOneRun(frame) && <link rel="alternate" type="application/atom+xml" title={frame.journal} href={to("feed.xml")} />}
        <script src={asset("theme.js")} />
        <link rel="stylesheet" href={asset("site.css")} />
        <script defer src={to("data/site.js")} />
        {["shell", ...frame.scripts, ...(frame.live ? ["live"] : [])].map((name) => (
          <script key={name} defer src={asset(`${name}.js`)} />
        ))}
      </head>
      <body data-root={to("")} data-study={frame.study?.name} data-tab={frame.tab}>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <Header frame={frame} to={to} />
        <main id="content">{children}</main>
        <Footer frame={frame} to={to} />
      </body>
    </html>
  );
}

const words: Readonly<Record<Tab, string>> = {
  overview: "Overview",
  log: "Log",
  compare: "Compare",
  parameters: "Parameters",
  best: "Best",
  lineage: "Lineage",
  next: "Next",
  reports: "Reports",
};
const ofStudy: readonly Tab[] = ["overview", "log", "parameters", "best", "lineage"];

/** There are as many of these as runs: they carry nothing that another page can. */
const ofOneRun = ({ path }: PageFrame): boolean => path.startsWith("runs/");

/** Links that differ by page only in the way back: what grows with the journal is filled in from data/site.js. */
function Header({ frame, to }: { readonly frame: PageFrame; readonly to: (address: string) => string }): VNode {
  const { study, several, tab } = frame;
  const tabs = (Object.keys(words) as Tab[]).filter((name) => study !== undefined || !ofStudy.includes(name));
  const address = (name: Tab): string => {
    if (name === "overview") return `${study?.folder ?? ""}index.html`;
    if (ofStudy.includes(name) || name === "compare") return `${study?.folder ?? ""}${name}.html`;
    return `${name}.html${name === "next" && several && study !== undefined ? `#${sectionId(study.name)}` : ""}`;
  };
  return (
    <header class="top">
      <nav class="crumbs" aria-label="Journal">
        <a class="home" href={to("index.html")}>
          <i class="logo" />
          <span>{frame.journal}</span>
        </a>
        {several && study !== undefined && (
          <a class="study" href={to(address("overview"))}>
            {study.title}
          </a>
        )}
      </nav>
      <nav class="tabs" aria-label="Pages">
        {tabs.map((name) => (
          <a key={name} href={to(address(name))} {...(name === tab ? { "aria-current": "page" as const } : {})}>
            {words[name]}
          </a>
        ))}
      </nav>
      <div class="tools" data-island="tools" />
    </header>
  );
}

type Further = readonly (readonly [address: string, text: string])[];
const further: Further = [
  ["tags.html", "Tags"],
  ["people.html", "People"],
  ["hardware.html", "Hardware"],
  ["problems.html", "Problems"],
];
const data: Further = [
  ["data/runs.csv", "CSV"],
  ["data/runs.json", "JSON"],
];

/** What the tabs have no room for: no page is reached by typing its address alone. A page of a run, of which there are thousands, says less. */
function Footer({ frame, to }: { readonly frame: PageFrame; readonly to: (address: string) => string }): VNode {
  return (
    <nav class="foot" aria-label="More">
      {(ofOneRun(frame) ? further : [...further, ...data]).map(([address, text]) => (
        <a key={address} href={to(address)}>
          {text}
        </a>
      ))}
    </nav>
  );
}

/** Ids of the sections of a page that has one per study; `main` is the default study. */
export function sectionId(study: string): string {
  return `s-${study === "" ? "main" : study.replace(/[^A-Za-z0-9_-]/g, "_")}`;
}
