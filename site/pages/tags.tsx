import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { TagPage, TagsPage } from "../../src/report/tags-page.ts";
import { Layout } from "./layout.tsx";
import { NameRows } from "./parts/name-rows.tsx";
import { Pager } from "./parts/pager.tsx";
import { RunLines } from "./parts/run-lines.tsx";
import { StudySection } from "./parts/section.tsx";
import { renderPage } from "./render.tsx";

export function renderTags(page: TagsPage): string {
  return renderPage(<Tags page={page} />);
}

export function renderTag(page: TagPage): string {
  return renderPage(<Tag page={page} />);
}

function Tags({ page }: { readonly page: TagsPage }): VNode {
  const { frame, several, sections, pager } = page;
  return (
    <Layout frame={frame}>
      <h1>Tags</h1>
      {sections.map(({ key, title, rows }) => (
        <StudySection key={key} name={key} title={title} several={several}>
          {rows.length === 0 ? (
            <p class="muted">No run has a tag.</p>
          ) : (
            <NameRows rows={rows} path={frame.path} label="Tag" title={`Tags of ${title}`} />
          )}
        </StudySection>
      ))}
      <Pager pager={pager} path={frame.path} />
    </Layout>
  );
}

function Tag({ page }: { readonly page: TagPage }): VNode {
  const { frame, tag, several, summary, sections } = page;
  return (
    <Layout frame={frame}>
      <p class="crumb">
        <a href={wayFrom(frame.path, "tags.html")}>Tags</a>
      </p>
      <h1>{tag}</h1>
      <p class="meta">{summary}</p>
      {sections.map(({ key, title, metric, lines, log }) => (
        <StudySection key={key} name={key} title={title} several={several}>
          <RunLines lines={lines} path={frame.path} name={`Runs of ${title}`} metric={metric} dates />
          <p class="more">
            <a href={wayFrom(frame.path, log.address)}>{log.text}</a>
          </p>
        </StudySection>
      ))}
    </Layout>
  );
}
