import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { NextPage, NextSection } from "../../src/report/next-page.ts";
import { Layout } from "./layout.tsx";
import { Pager } from "./parts/pager.tsx";
import { RunLines } from "./parts/run-lines.tsx";
import { StudySection } from "./parts/section.tsx";
import { Command, Sentence } from "./parts/sentence.tsx";
import { Steps } from "./parts/steps.tsx";
import { renderPage } from "./render.tsx";

export function renderNext(page: NextPage): string {
  return renderPage(<Next page={page} />);
}

function Next({ page }: { readonly page: NextPage }): VNode {
  const { frame, several, sections, pager } = page;
  return (
    <Layout frame={frame}>
      <h1>Next</h1>
      {sections.map((section) => (
        <StudySection key={section.key} name={section.key} title={section.title} several={several} narrow>
          <Section section={section} path={frame.path} />
        </StudySection>
      ))}
      <Pager pager={pager} path={frame.path} />
    </Layout>
  );
}

function Section({ section, path }: { readonly section: NextSection; readonly path: string }): VNode {
  const { running, planned, metric, asks, open, questions, done, more, empty } = section;
  return (
    <>
      {empty && (
        <p class="muted">
          No open steps. <code>- [ ]</code> items under Next steps of any run appear here.
        </p>
      )}
      {running.length > 0 && (
        <>
          <h3>Running</h3>
          <RunLines lines={running} path={path} name="Running" metric={metric} dates />
        </>
      )}
      {planned.length > 0 && (
        <>
          <h3>Planned</h3>
          <RunLines lines={planned} path={path} name="Planned" metric={undefined} dates />
        </>
      )}
      {asks.length > 0 && (
        <>
          <h3>What the numbers ask for</h3>
          <ul class="asks">
            {asks.map(({ words, command }, at) => (
              <li key={at}>
                <span>
                  <Sentence words={words} path={path} />
                </span>
                {command !== undefined && (
                  <span class="do">
                    <Command text={command} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {open.length > 0 && (
        <>
          <h3>Open steps</h3>
          <Steps steps={open} path={path} mark="☐" />
        </>
      )}
      {questions.length > 0 && (
        <>
          <h3>Open questions</h3>
          <Steps steps={questions} path={path} mark="?" />
        </>
      )}
      {done.length > 0 && (
        <details class="done">
          <summary>Done, {done.length}</summary>
          <Steps steps={done} path={path} mark="☑" />
        </details>
      )}
      {more !== undefined && (
        <p class="more">
          <a href={wayFrom(path, more.address)}>{more.text}</a>
        </p>
      )}
    </>
  );
}
