import type { VNode } from "preact";
import type { ReportPage } from "../../src/report/report-page.ts";
import { Layout } from "./layout.tsx";
import { Wrong } from "./live-block.tsx";
import { renderPage } from "./render.tsx";
import { Byline } from "./reports.tsx";

export function renderReport(page: ReportPage): string {
  return renderPage(<Report page={page} />);
}

function Report({ page }: { readonly page: ReportPage }): VNode {
  const { frame, title, date, author, prose, problems, source } = page;
  return (
    <Layout frame={frame}>
      <article class="report">
        <h1>{title}</h1>
        <Byline date={date} author={author} />
        {problems.map((problem) => (
          <Wrong key={problem.text} problem={problem} />
        ))}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by markdown/html.ts, filled by our own build */}
        <div class="prose" dangerouslySetInnerHTML={{ __html: prose }} />
        <p class="note source">
          {source.url === undefined ? (
            <code>{source.path}</code>
          ) : (
            <a href={source.url}>
              <code>{source.path}</code>
            </a>
          )}
        </p>
      </article>
    </Layout>
  );
}
