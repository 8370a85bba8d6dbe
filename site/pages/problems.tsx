import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { ProblemRow, ProblemsPage, ProblemsSection } from "../../src/report/problems-page.ts";
import { Layout } from "./layout.tsx";
import { StudySection } from "./parts/section.tsx";
import { Command, Sentence } from "./parts/sentence.tsx";
import { renderPage } from "./render.tsx";

export function renderProblems(page: ProblemsPage): string {
  return renderPage(<Problems page={page} />);
}

function Problems({ page }: { readonly page: ProblemsPage }): VNode {
  const { frame, several, summary, sections } = page;
  return (
    <Layout frame={frame}>
      <h1>Problems</h1>
      <p class="meta">
        {summary === "" ? "Nothing is wrong with the runs and settings of this journal." : `${summary} in runs and settings.`}{" "}
        <code>journal check</code> tells too what is wrong in prose, links and live blocks.
      </p>
      {(summary === "" ? [] : sections).map((section) => (
        <Section key={section.key ?? ""} section={section} several={several} path={frame.path} />
      ))}
    </Layout>
  );
}

interface SectionProps {
  readonly section: ProblemsSection;
  readonly several: boolean;
  readonly path: string;
}

function Section({ section, several, path }: SectionProps): VNode | null {
  const { key, title, rows, more } = section;
  const list = (
    <>
      <ol class="problems">
        {rows.map((row, at) => (
          <Row key={at} row={row} path={path} />
        ))}
      </ol>
      {more > 0 && (
        <p class="more">
          {more} more: <Command text="journal check" />
        </p>
      )}
    </>
  );
  if (key === undefined) {
    return rows.length === 0 ? null : (
      <section>
        <h2>{title}</h2>
        {list}
      </section>
    );
  }
  return (
    <StudySection name={key} title={title} several={several}>
      {rows.length === 0 ? several && <p class="muted">Nothing is wrong here.</p> : list}
    </StudySection>
  );
}

function Row({ row, path }: { readonly row: ProblemRow; readonly path: string }): VNode {
  const { severity, file, place, address, code, message, cure } = row;
  const where = file === undefined ? undefined : `${file}${place === undefined ? "" : `:${place}`}`;
  return (
    <li class={`at-${severity}`}>
      <p class="message">
        <span class="severity">{severity}</span> <Sentence words={message} path={path} />
      </p>
      {cure !== undefined && (
        <p class="cure">
          <Sentence words={cure} path={path} />
        </p>
      )}
      <p class="meta">
        {where !== undefined &&
          (address === undefined ? (
            <span class="file">{where}</span>
          ) : (
            <a class="file" href={wayFrom(path, address)}>
              {where}
            </a>
          ))}{" "}
        <span class="problem-code">{code}</span>
      </p>
    </li>
  );
}
