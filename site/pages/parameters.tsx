import type { VNode } from "preact";
import type { ParametersPage } from "../../src/report/parameters-page.ts";
import { Layout } from "./layout.tsx";
import { Figure } from "./parts/figure.tsx";
import { ImpactTable, Names } from "./parts/impact.tsx";
import { Notice } from "./parts/notice.tsx";
import { ParallelTable } from "./parts/parallel.tsx";
import { renderPage } from "./render.tsx";

export function renderParameters(page: ParametersPage): string {
  return renderPage(<Parameters page={page} />);
}

function Parameters({ page }: { readonly page: ParametersPage }): VNode {
  const { frame, notices, method, rows, weak, more, metric, time } = page;
  return (
    <Layout frame={frame}>
      <h1>Parameters</h1>
      {method !== undefined && <p class="lead">{method}</p>}
      {notices.map((notice) => (
        <Notice key={notice.text} notice={notice} path={frame.path} />
      ))}
      {rows.length > 0 && (
        <>
          <h2 id="impact">Parameter impact summary</h2>
          <ImpactTable id="impact" rows={rows} metric={metric} time={time} path={frame.path} />
        </>
      )}
      {weak.length > 0 && (
        <>
          <h2 id="weak">Confounded or too few</h2>
          <ImpactTable id="weak" rows={weak} metric={metric} time={time} path={frame.path} weak />
        </>
      )}
      {more.length > 0 && (
        <details class="more">
          <summary>{more.length} more</summary>
          <Names names={more} path={frame.path} />
        </details>
      )}
      <Untold page={page} />
      <Parallel page={page} />
    </Layout>
  );
}

const shownFixed = 24;

/** What the runs cannot tell. */
function Untold({ page: { fixed, inseparable, remarks } }: { readonly page: ParametersPage }): VNode {
  return (
    <>
      {inseparable.length > 0 && (
        <>
          <h2>Inseparable</h2>
          <ul class="plain">
            {inseparable.map(({ names, rest, runs }) => (
              <li key={names.join(" ")}>
                {names.map((name, at) => (
                  <>
                    {at > 0 && ", "}
                    <code>{name}</code>
                  </>
                ))}
                {rest > 0 && ` and ${rest} more`} always changed together <span class="muted">({runs})</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {remarks.length > 0 && (
        <>
          <h2>To keep in mind</h2>
          <ul class="plain">
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </>
      )}
      {fixed.length > 0 && (
        <>
          <h2>Never varied</h2>
          <FixedList fixed={fixed.slice(0, shownFixed)} />
          {fixed.length > shownFixed && (
            <details class="more">
              <summary>{fixed.length - shownFixed} more</summary>
              <FixedList fixed={fixed.slice(shownFixed)} />
            </details>
          )}
        </>
      )}
    </>
  );
}

function FixedList({ fixed }: Pick<ParametersPage, "fixed">): VNode {
  return (
    <ul class="fixed">
      {fixed.map(({ name, text, part }) => (
        <li key={name} title={part}>
          <code class="chip">
            {name} {text}
          </code>
          {part !== undefined && <span class="hidden"> ({part})</span>}
        </li>
      ))}
    </ul>
  );
}

function Parallel({ page: { parallel, parallelMissing, frame } }: { readonly page: ParametersPage }): VNode | null {
  if (parallel === undefined) return parallelMissing === undefined ? null : <p class="muted parallel-missing">{parallelMissing}</p>;
  const { figure, rows, frame: axes, lines } = parallel;
  return (
    <section
      class="parallel"
      aria-labelledby="runs"
      data-island="parallel"
      data-study={frame.study?.name}
      data-path={frame.path}
      data-axes={JSON.stringify(rows.axes)}
      data-frame={JSON.stringify(axes)}
      data-lines={lines}
    >
      <h2 id="runs">All runs at once</h2>
      <Figure figure={figure} path={frame.path} />
      <h3 id="best-rows">
        The best {rows.rows.length} of {rows.of}
      </h3>
      <div class="parallel-rows">
        <ParallelTable rows={rows} path={frame.path} labelledBy="best-rows" />
      </div>
    </section>
  );
}
