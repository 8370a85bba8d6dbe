// The body of the comparison. The page at build has no actions; in the browser they make its controls.

import type { ComponentChildren, VNode } from "preact";
import type { CompareCell, ComparePage, Head, Line } from "../../../src/report/compare-page.ts";
import { Absent, ChangeBar, DeltaText } from "./bar.tsx";
import { Forest } from "./forest.tsx";
import { Label } from "./label.tsx";
import { Notice } from "./notice.tsx";
import { GlyphMark, RunId } from "./run.tsx";
import { Scroll } from "./table.tsx";

export interface CompareActions {
  readonly setBase: (id: string) => void;
  readonly remove: (id: string) => void;
  readonly setMetric: (name: string) => void;
  readonly showAll: (all: boolean) => void;
  readonly all: boolean;
}

export interface ComparisonProps {
  readonly page: ComparePage;
  readonly actions?: CompareActions;
  /** Stands between metrics and parameters. */
  readonly curves?: ComponentChildren | undefined;
}

/** From here on a table turns: runs become rows. */
const mostColumns = 5;

export function Comparison({ page, actions, curves }: ComparisonProps): VNode {
  const { heads, forest, metrics, parameters, environment, code, notes, frame } = page;
  const sections = [
    ...(forest === undefined ? [] : [{ id: "result", title: "Result" }]),
    { id: "metrics", title: "Metrics" },
    ...(curves === undefined ? [] : [{ id: "curves", title: "Curves" }]),
    { id: "parameters", title: "Parameters" },
    ...(environment.length === 0 ? [] : [{ id: "environment", title: "Environment and hardware" }]),
    ...(code.length === 0 ? [] : [{ id: "code", title: "Code" }]),
    ...(notes.length === 0 ? [] : [{ id: "notes", title: "Notes" }]),
  ];
  const table = (label: string, lines: readonly Line[]): VNode => (
    <LineTable label={label} lines={lines} page={page} {...(actions === undefined ? {} : { actions })} />
  );
  return (
    <>
      {page.unknown.map((id) => (
        <p key={id} class="notice bad">
          <code>{id}</code> is not in this journal.{" "}
          {actions !== undefined && (
            <button type="button" onClick={() => actions.remove(id)}>
              Remove {id}
            </button>
          )}
        </p>
      ))}
      {page.notices.map((notice) => (
        <Notice key={notice.text} notice={notice} path={frame.path} />
      ))}
      {heads.length === 1 && <p class="notice">Pick another run to compare with.</p>}
      {heads.length > 1 && (
        <p class="anchors">
          {sections.map(({ id, title }) => (
            <a key={id} href={`#${id}`} data-anchor>
              {title}
            </a>
          ))}
        </p>
      )}
      {forest !== undefined && (
        <section id="result">
          <h2>Result</h2>
          {actions !== undefined && page.choices.length > 1 && (
            <label class="choice">
              Metric{" "}
              <select onChange={(event) => actions.setMetric((event.target as unknown as { value: string }).value)}>
                {page.choices.map(({ name, label }) => (
                  <option key={name} value={name} selected={name === forest.metric}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          )}
          <Forest forest={forest} path={frame.path} />
          {forest.notes.map((note) => (
            <p key={note} class="note">
              {note}
            </p>
          ))}
        </section>
      )}
      <section id="metrics">
        <h2>Metrics</h2>
        {metrics.length === 0 ? <p class="muted">None of these runs has a metric.</p> : table("Metrics", metrics)}
      </section>
      {curves !== undefined && (
        <section id="curves">
          <h2>Curves</h2>
          {curves}
        </section>
      )}
      <section id="parameters">
        <h2>Parameters</h2>
        {parameters.length === 0 ? <p class="muted">No parameter differs.</p> : table("Parameters", parameters)}
        {page.equal > 0 && (
          <p class="note">
            {page.equal} {page.equal === 1 ? "parameter is" : "parameters are"} equal in all of them.{" "}
            {actions !== undefined && (
              <button type="button" onClick={() => actions.showAll(!actions.all)}>
                {actions.all ? "Only what differs" : "Show all"}
              </button>
            )}
          </p>
        )}
      </section>
      {environment.length > 0 && (
        <section id="environment">
          <h2>Environment and hardware</h2>
          {table("Environment and hardware", environment)}
        </section>
      )}
      {code.length > 0 && (
        <section id="code">
          <h2>Code</h2>
          {table("Code", code)}
          {heads.length === 2 && (
            <p class="note">
              The difference itself:{" "}
              <code class="command" data-copy="">{`journal compare ${heads[0]?.run.id} ${heads[1]?.run.id} --code`}</code>
            </p>
          )}
        </section>
      )}
      {notes.length > 0 && <Notes page={page} />}
    </>
  );
}

function HeadCell({ head, path, actions }: { readonly head: Head; readonly path: string; readonly actions?: CompareActions }): VNode {
  const { run, date, study, base, series } = head;
  return (
    <span class="head">
      {series !== undefined && <Swatch series={series} />}
      <GlyphMark glyph={run.glyph} /> <RunId run={run} path={path} />
      <span class="title">{run.title}</span>
      <span class="meta">{[date, study, base && actions === undefined ? "baseline" : ""].filter(Boolean).join(" · ")}</span>
      {actions !== undefined && (
        <span class="controls">
          <label>
            <input type="radio" name="base" checked={base} onChange={() => actions.setBase(run.id)} /> baseline
          </label>
          <button type="button" class="quiet" aria-label={`Remove ${run.id}`} onClick={() => actions.remove(run.id)}>
            ×
          </button>
        </span>
      )}
    </span>
  );
}

function ShortHead({ head: { run, series }, path }: { readonly head: Head; readonly path: string }): VNode {
  return (
    <span class="head">
      {series !== undefined && <Swatch series={series} />}
      <GlyphMark glyph={run.glyph} /> <RunId run={run} path={path} />
    </span>
  );
}

function Swatch({ series }: { readonly series: number }): VNode {
  return (
    <svg class={`swatch s${series}`} width="16" height="8" aria-hidden="true">
      <line x1="0" x2="16" y1="4" y2="4" />
    </svg>
  );
}

interface LineTableProps {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly page: ComparePage;
  readonly actions?: CompareActions;
}

/** Titles and controls stand over the first table; below they would repeat. */
function LineTable({ label, lines, page, actions }: LineTableProps): VNode {
  const { heads, frame } = page;
  const head = (one: Head): VNode =>
    label === "Metrics" ? (
      <HeadCell head={one} path={frame.path} {...(actions === undefined ? {} : { actions })} />
    ) : (
      <ShortHead head={one} path={frame.path} />
    );
  if (heads.length > mostColumns) {
    return (
      <Scroll label={label}>
        <table class="compare turned">
          <thead>
            <tr>
              <th scope="col">Run</th>
              {lines.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heads.map((one, at) => (
              <tr key={one.run.id}>
                <th scope="row">{head(one)}</th>
                {lines.map(({ name, cells }) => (
                  <Value key={name} cell={cells[at] ?? {}} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    );
  }
  return (
    <Scroll label={label}>
      <table class={`compare even of-${heads.length}`}>
        <thead>
          <tr>
            <td />
            {heads.map((one) => (
              <th key={one.run.id} scope="col">
                {head(one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">
                <Label text={name} />
              </th>
              {cells.map((cell, at) => (
                <Value key={heads[at]?.run.id} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Value({ cell }: { readonly cell: CompareCell }): VNode {
  const { text, word, differs, delta, bar, apart } = cell;
  return (
    <td class={differs ? "differs" : undefined}>
      {text === "?" ? (
        <Absent />
      ) : text !== undefined ? (
        <span class="value">{text}</span>
      ) : word !== undefined ? (
        <span class="invalid">{word}</span>
      ) : (
        <Absent />
      )}
      {delta !== undefined && (
        <span class="against">
          <DeltaText delta={delta} />
          <ChangeBar bar={bar} width={48} />
        </span>
      )}
      {apart !== undefined && <span class="meta">{apart}</span>}
    </td>
  );
}

function Notes({ page }: { readonly page: ComparePage }): VNode {
  const { heads, notes, frame } = page;
  return (
    <section id="notes">
      <h2>Notes</h2>
      <Scroll label="Notes">
        <table class={`compare notes${heads.length > mostColumns ? "" : ` even of-${heads.length}`}`}>
          <thead>
            <tr>
              <td />
              {heads.map((head) => (
                <th key={head.run.id} scope="col">
                  <ShortHead head={head} path={frame.path} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {notes.map(({ heading, cells }) => (
              <tr key={heading}>
                <th scope="row">{heading}</th>
                {cells.map((texts, at) => (
                  <td key={heads[at]?.run.id}>
                    {texts.length === 0 ? <Absent label="nothing noted" /> : texts.map((text) => <p key={text}>{text}</p>)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
