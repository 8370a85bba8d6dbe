import { Fragment, type VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { PageFrame } from "../../src/report/page.ts";
import type { ProblemLine, RawPart, RunPage } from "../../src/report/run-page.ts";
import { Layout } from "./layout.tsx";
import { ConfigDiff } from "./parts/config-diff.tsx";
import { Curves, way } from "./parts/curve.tsx";
import { Chips } from "./parts/run.tsx";
import { Measures } from "./parts/run-metrics.tsx";
import { Side } from "./parts/run-side.tsx";
import { Verdict } from "./parts/run-verdict.tsx";
import { Sentence } from "./parts/sentence.tsx";
import { renderPage, renderPart } from "./render.tsx";

/** The frames of ten thousand runs differ in title and address only, so that one is rendered for all of them. */
export function renderRun(page: RunPage): string {
  const { title, url = "", journal, study } = page.frame;
  if (marks.test(`${journal}${study?.title}`))
    return renderPage(
      <Layout frame={page.frame}>
        <Run page={page} />
      </Layout>,
    );
  const content = renderPart(<Run page={page} />);
  return frameOf(page.frame)
    .map((part) => (part === titleMark ? textOf(title) : part === urlMark ? textOf(url) : part === contentMark ? content : part))
    .join("");
}

const marks = /[\u0001-\u0003]/;
const [titleMark, urlMark, contentMark] = ["\u0001", "\u0002", "\u0003"] as const;
/** By the assets of a site, then by what a frame says besides title and address. */
const frames = new WeakMap<PageFrame["assets"], Map<string, readonly string[]>>();

function frameOf(frame: PageFrame): readonly string[] {
  const { title, url, path, study, journal, several, tab, scripts, live, assets } = frame;
  // A title that says the same as the study's or the journal's stands there once.
  const shown = title === study?.title || title === journal ? title : titleMark;
  const key = [
    shown,
    path.split("/").length,
    study?.title,
    study?.folder,
    study?.name,
    journal,
    several,
    tab,
    scripts.join(),
    live,
    url === undefined,
  ];
  const known = frames.get(assets) ?? new Map<string, readonly string[]>();
  frames.set(assets, known);
  const parts = known.get(key.join("\n")) ?? renderFrame({ ...frame, title: shown, ...(url === undefined ? {} : { url: urlMark }) });
  known.set(key.join("\n"), parts);
  return parts;
}

function renderFrame(frame: PageFrame): readonly string[] {
  return renderPage(<Layout frame={frame}>{contentMark}</Layout>).split(new RegExp(`(${marks.source})`));
}

/** Escaped as in a page. */
const textOf = (text: string): string => renderPart(<b>{text}</b>).slice("<b>".length, -"</b>".length);

function Run({ page }: { readonly page: RunPage }): VNode {
  const { frame, notices, verdict, id, side, problems, moreProblems } = page;
  const { path } = frame;
  return (
    <>
      <Title page={page} />
      {notices.map((words, at) => (
        <p key={at} class="notice bad">
          <Sentence words={words} path={path} />
        </p>
      ))}
      {verdict !== undefined && <Verdict verdict={verdict} path={path} />}
      <div class="main-side run-page">
        <div>
          <Story page={page} />
        </div>
        <aside>
          <Side side={side} path={path} />
          <Problems problems={problems} more={moreProblems} path={path} />
        </aside>
      </div>
      <div data-island="run-neighbours" data-id={id} />
    </>
  );
}

function Title({ page }: { readonly page: RunPage }): VNode {
  const { frame, id, title, date, who, tags } = page;
  const to = (address: string): string => wayFrom(frame.path, address);
  return (
    <>
      <p class="crumb">
        <a href={to(`${frame.study?.folder ?? ""}log.html`)}>Log</a>
      </p>
      <h1>{title}</h1>
      <p class="meta">
        <code>{id}</code>
        {date !== undefined && ` · ${date}`}
        {who !== undefined && who !== "" && ` · ${who}`}
        {tags.map(({ text, address }, at) => (
          <Fragment key={text}>
            {at === 0 ? " · " : ", "}
            <a href={to(address)}>{text}</a>
          </Fragment>
        ))}
      </p>
    </>
  );
}

function Prose({ body }: { readonly body: string }): VNode {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by markdown/html.ts
  return <div class="prose" dangerouslySetInnerHTML={{ __html: body }} />;
}

/** As it stands in a page. */
export const renderProse = (body: string): string => renderPart(<Prose body={body} />);

/** What was done and what came of it, top to bottom. */
function Story({ page }: { readonly page: RunPage }): VNode {
  const { frame, id, chips, confounded, measures, tail, curves, body, raw, diff } = page;
  const { path } = frame;
  return (
    <>
      <Idea page={page} />
      {chips.length > 0 && (
        <p class="changed">
          <Chips chips={chips} /> {confounded}
        </p>
      )}
      {tail !== undefined && <Tail name={tail.name} text={tail.text} />}
      {measures !== undefined && <Measures measures={measures} />}
      {curves !== undefined && <Curves curves={curves} path={path} id={id} />}
      <Pictures page={page} />
      {raw === undefined ? <Prose body={body} /> : <Raw parts={raw} />}
      {diff !== undefined && <ConfigDiff diff={diff} />}
      <Tried page={page} />
    </>
  );
}

function Idea({ page: { hypothesis, assumptions } }: { readonly page: RunPage }): VNode {
  return (
    <>
      {hypothesis !== undefined && (
        <p class="hypothesis">
          <b>Hypothesis</b> {hypothesis}
        </p>
      )}
      {assumptions.length > 0 && (
        <p class="hypothesis">
          <b>Assuming</b> {assumptions.join("; ")}
        </p>
      )}
    </>
  );
}

/** Where the numbers of a run that failed would stand. */
function Tail({ name, text }: { readonly name: string; readonly text: string }): VNode {
  return (
    <>
      <h2>Last lines of {name}</h2>
      <pre class="tail">{text}</pre>
    </>
  );
}

function Pictures({ page: { pictures, frame } }: { readonly page: RunPage }): VNode | null {
  if (pictures.length === 0) return null;
  return (
    <>
      <h2>Figures</h2>
      <div class="pictures">
        {pictures.map(({ name, address }) => (
          <figure key={name}>
            <a href={way(frame.path, address)}>
              <img loading="lazy" src={way(frame.path, address)} alt={name} />
            </a>
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </div>
    </>
  );
}

function Raw({ parts }: { readonly parts: readonly RawPart[] }): VNode {
  return (
    <>
      <h2>The file as it stands</h2>
      <pre class="raw">{parts.map(({ text, marked }, at) => (marked ? <mark key={at}>{text}</mark> : text))}</pre>
    </>
  );
}

function Tried({ page: { tried, frame } }: { readonly page: RunPage }): VNode | null {
  if (tried.length === 0) return null;
  return (
    <p class="tried">
      Tried elsewhere:{" "}
      {tried.map(({ text, address }, at) => (
        <Fragment key={text}>
          {at > 0 && " · "}
          <a href={wayFrom(frame.path, address)}>{text}</a>
        </Fragment>
      ))}
    </p>
  );
}

function Problems({
  problems,
  more,
  path,
}: {
  readonly problems: readonly ProblemLine[];
  readonly more: number;
  readonly path: string;
}): VNode | null {
  if (problems.length === 0) return null;
  return (
    <>
      <h2>Problems in the file</h2>
      <ul>
        {problems.map(({ place, text, hint }, at) => (
          <li key={at}>
            {place !== "" && <b>{place}</b>} <Sentence words={text} path={path} />
            {hint !== undefined && (
              <span class="note">
                {" "}
                <Sentence words={hint} path={path} />
              </span>
            )}
          </li>
        ))}
        {more > 0 && (
          <li>
            <a href={wayFrom(path, "problems.html")}>{more} more</a>
          </li>
        )}
      </ul>
    </>
  );
}
