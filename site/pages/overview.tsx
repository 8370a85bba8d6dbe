import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { OverviewPage } from "../../src/report/overview-page.ts";
import { Layout } from "./layout.tsx";
import { Figure } from "./parts/figure.tsx";
import { Headlines } from "./parts/headlines.tsx";
import { Notice } from "./parts/notice.tsx";
import { RunLines } from "./parts/run-lines.tsx";
import { Sentence } from "./parts/sentence.tsx";
import { Steps } from "./parts/steps.tsx";
import { Versus } from "./parts/versus.tsx";
import { renderPage } from "./render.tsx";

export function renderOverview(page: OverviewPage): string {
  return renderPage(<Overview page={page} />);
}

function Overview({ page }: { readonly page: OverviewPage }): VNode {
  const { frame, figure, values } = page;
  const left = page.quick.length > 0;
  const right = page.steps.length > 0 || page.worth.length > 0;
  return (
    <Layout frame={frame}>
      <h1>{frame.title}</h1>
      {page.question !== undefined && (
        <p class="lead">
          <Sentence words={page.question} path={frame.path} />
        </p>
      )}
      {page.conclusion !== undefined && <Conclusion html={page.conclusion} />}
      {page.notices.map((notice) => (
        <Notice key={notice.text} notice={notice} path={frame.path} />
      ))}
      <Headlines headlines={page.headlines} path={frame.path} />
      {figure !== undefined && <Figure figure={figure} path={frame.path} />}
      {values !== undefined && (
        <p>
          <Sentence words={values} path={frame.path} />
        </p>
      )}
      {(left || right) && (
        <div class="halves front">
          {left && (
            <div class="left">
              <BaselineAndBest page={page} />
              <QuickResults page={page} />
            </div>
          )}
          {right && (
            <div class="right">
              <NextSteps page={page} />
              <Worth page={page} />
            </div>
          )}
        </div>
      )}
      {page.prose !== undefined && <Prose prose={page.prose} />}
    </Layout>
  );
}

function BaselineAndBest({ page }: { readonly page: OverviewPage }): VNode | null {
  const { versus, versusEmpty, versusNote, frame } = page;
  if (versus === undefined && versusEmpty === undefined) return null;
  return (
    <section class="versus">
      <h2>Baseline and best</h2>
      {versus === undefined ? (
        <p class="muted">
          <Sentence words={versusEmpty ?? []} path={frame.path} />
        </p>
      ) : (
        <Versus versus={versus} path={frame.path} />
      )}
      {versusNote !== undefined && <p class="note">{versusNote}</p>}
    </section>
  );
}

function QuickResults({ page }: { readonly page: OverviewPage }): VNode {
  const { frame, log } = page;
  return (
    <section class="quick">
      <h2>Quick results</h2>
      <RunLines lines={page.quick} path={frame.path} name="Quick results" metric={page.metric} />
      <p class="more">
        <a href={wayFrom(frame.path, log.address)}>{log.text}</a>
      </p>
    </section>
  );
}

function NextSteps({ page }: { readonly page: OverviewPage }): VNode | null {
  const { frame, next } = page;
  if (page.steps.length === 0) return null;
  return (
    <section class="open">
      <h2>Open next steps</h2>
      <Steps steps={page.steps} path={frame.path} mark="☐" />
      <p class="more">
        <a href={wayFrom(frame.path, next.address)}>{next.text}</a>
      </p>
    </section>
  );
}

function Worth({ page }: { readonly page: OverviewPage }): VNode | null {
  if (page.worth.length === 0) return null;
  return (
    <section class="worth">
      <h2>Worth a look</h2>
      <ul>
        {page.worth.map((words, at) => (
          <li key={at}>
            <Sentence words={words} path={page.frame.path} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The switch stands before the text, so that no script is needed; it is shown below. */
function Prose({ prose }: { readonly prose: NonNullable<OverviewPage["prose"]> }): VNode {
  return (
    <section class="readme" aria-label="About">
      {prose.folded && (
        <details class="fold">
          <summary>
            <span class="closed">Show all</span>
            <span class="opened">Show less</span>
          </summary>
        </details>
      )}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by toHtml */}
      <div class="prose text" dangerouslySetInnerHTML={{ __html: prose.html }} />
    </section>
  );
}

/** Its first paragraph; whoever wants the reasons opens them. */
function Conclusion({ html }: { readonly html: string }): VNode {
  const end = html.startsWith("<p>") ? html.indexOf("</p>") + "</p>".length : html.length;
  const [first, rest] = [html.slice(0, end), html.slice(end).trim()];
  return (
    <section class="conclusion prose" aria-label="Conclusion">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by toHtml */}
      <div dangerouslySetInnerHTML={{ __html: first }} />
      {rest !== "" && (
        <details class="more">
          <summary>The whole conclusion</summary>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by toHtml */}
          <div dangerouslySetInnerHTML={{ __html: rest }} />
        </details>
      )}
    </section>
  );
}
