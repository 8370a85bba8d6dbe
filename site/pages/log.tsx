// The log without scripts: counts, what is the same everywhere, the table, the way to older rows.

import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { LogCount, LogLink, LogPage } from "../../src/report/log-page.ts";
import type { LogColumn, LogPart, LogRow } from "../../src/report/log-row.ts";
import { Layout } from "./layout.tsx";
import { fit, LogColumns, LogHead, LogParts, LogValue } from "./parts/log-row.tsx";
import { Same } from "./parts/log-same.tsx";
import { Notice } from "./parts/notice.tsx";
import { RunCell } from "./parts/run.tsx";
import { Scroll } from "./parts/table.tsx";
import { renderPage } from "./render.tsx";

export function renderLog(page: LogPage): string {
  return renderPage(<Log page={page} />);
}

function Log({ page }: { readonly page: LogPage }): VNode {
  const { frame, heading, counts, notices, same, rows, notes, blocks, study } = page;
  const { path } = frame;
  return (
    <Layout frame={frame}>
      <h1>{heading}</h1>
      <div class="log-page" {...(study === undefined ? {} : { "data-island": "log", "data-log": study, "data-path": path })}>
        {notices.map((notice) => (
          <Notice key={notice.text} notice={notice} path={path} />
        ))}
        {rows.length > 0 && (
          <div class="rows">
            <Counts counts={counts} path={path} />
            {same !== undefined && <Same same={same} />}
            <LogTable page={page} />
            {blocks.length > 0 && <Blocks blocks={blocks} path={path} />}
          </div>
        )}
        {notes.map((note) => (
          <p key={note} class="note">
            {note}
          </p>
        ))}
      </div>
    </Layout>
  );
}

function Counts({ counts, path }: { readonly counts: readonly LogCount[]; readonly path: string }): VNode {
  return (
    <p class="counts">
      {counts.map(({ text, address }, at) => (
        <span key={text}>
          {at > 0 && " · "}
          {address === undefined ? text : <a href={wayFrom(path, address)}>{text}</a>}
        </span>
      ))}
    </p>
  );
}

function LogTable({ page: { columns, rows, frame } }: { readonly page: LogPage }): VNode {
  const extra = columns.map((_, at) => fit(columns, at));
  return (
    <Scroll label="Runs">
      <table class={`log slots-${extra.filter((name) => name !== "").length}`}>
        <LogColumns columns={columns} extra={extra} />
        <thead>
          <tr>
            <th scope="col" class="left h-run">
              <span class="label">Run</span>
            </th>
            {columns.map((column, at) => (
              <LogHead key={column.name} column={column} fit={extra[at] ?? ""} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.run.id}>
              <td class="left run-cell">
                <RunCell run={row.run} path={frame.path} />
              </td>
              {row.cells.map((_, at) => (
                <Cell key={columns[at]?.name} row={row} columns={columns} at={at} extra={extra[at] ?? ""} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface CellProps {
  readonly row: LogRow & { readonly inside: readonly LogPart[] };
  readonly columns: readonly LogColumn[];
  readonly at: number;
  readonly extra: string;
}

function Cell({ row, columns, at, extra }: CellProps): VNode | null {
  const cell = row.cells[at];
  const column = columns[at];
  if (cell === undefined || column === undefined) return null;
  const pooled = column.width === "primary" && cell.kind === "value" && row.inside.length > 0;
  return (
    <td
      class={`${column.align} d-${column.width} ${extra}`}
      {...(cell.kind === "text" && column.width !== "parameter" ? { title: cell.text } : {})}
    >
      <LogValue cell={cell}>{pooled && <LogParts cell={cell} parts={row.inside} at={at} />}</LogValue>
    </td>
  );
}

function Blocks({ blocks, path }: { readonly blocks: readonly LogLink[]; readonly path: string }): VNode {
  return (
    <nav class="blocks" aria-label="Older runs">
      {blocks.map(({ text, address }) => (
        <a key={address} href={wayFrom(path, address)}>
          {text}
        </a>
      ))}
    </nav>
  );
}
