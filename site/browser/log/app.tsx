// The log with scripts: the filter and its parts, what is left, the table. One text is the state of it all.

import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { LogColumns } from "../../pages/parts/log-row.tsx";
import type { Loaded } from "../data.ts";
import { Above } from "./above.tsx";
import { Bar } from "./bar.tsx";
import { Box } from "./box.tsx";
import { saveRows } from "./download.ts";
import { ariaSort, Head, SortButton } from "./head.tsx";
import { type Actions, headActions } from "./head-actions.ts";
import { Lines } from "./lines.tsx";
import { type LogTable, openTable } from "./table.ts";
import { useLogState } from "./use-state.ts";
import { useSlots } from "./use-window.ts";
import { type LogView, viewOf } from "./view.ts";
import { knownWords } from "./words.ts";

export interface AppProps {
  readonly loaded: Loaded;
  /** Of the page, from the root of the site. */
  readonly path: string;
}

export function App({ loaded, path }: AppProps): VNode {
  const { state, change, keep } = useLogState();
  const table = useMemo(() => openTable(loaded.runs, loaded.head), [loaded]);
  const known = useMemo(() => knownWords(table), [table]);
  const last = useRef("");
  const slots = useSlots();
  const view = useMemo(() => viewOf(table, state, { last: last.current, slots }), [table, state, slots]);
  const [selecting, setSelecting] = useState(false);
  useEffect(() => {
    if (view.problem === undefined) last.current = state.where;
    keep(state, view.problem === undefined ? state : { ...state, where: last.current });
  }, [view]);
  const actions = headActions(state, view, change);
  // What is the same object is not drawn again: while a name is typed nothing below the filter changes.
  const lines = useMemo(
    () => <Table table={table} complete={loaded.complete} view={view} path={path} actions={actions} />,
    [table, path, view.rows, view.columns, view.filter.text, state.sort, state.group],
  );
  return (
    <div class={selecting ? "log-app selecting" : "log-app"}>
      <div class="query-row">
        <Box where={state.where} problem={view.problem} known={known} change={(where, passing) => change({ where }, { passing })} />
        <Bar
          table={table}
          complete={loaded.complete}
          state={state}
          columns={view.columns}
          change={change}
          save={() => saveRows(table, view.rows)}
          selecting={selecting}
          select={() => setSelecting(!selecting)}
        />
      </div>
      <Above table={table} view={view} state={state} loaded={loaded} change={change} />
      {view.rows.length > 0 && lines}
    </div>
  );
}

interface TableProps {
  readonly table: LogTable;
  readonly complete: boolean;
  readonly view: LogView;
  readonly path: string;
  readonly actions: Actions;
}

function Table({ table, complete, view, path, actions }: TableProps): VNode {
  const { columns, rows } = view;
  return (
    <Lines table={table} view={view} path={path}>
      <LogColumns columns={columns} />
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" class="left h-run" aria-sort={ariaSort(actions.sortingOf("id"))}>
            <SortButton column={{ name: "id", label: "Run" }} sorting={actions.sortingOf("id")} sort={actions.sort} />
          </th>
          {columns.map((column) => (
            <Head
              key={column.name}
              table={table}
              complete={complete}
              rows={rows}
              column={column}
              sorting={actions.sortingOf(column.name)}
              actions={actions}
            />
          ))}
        </tr>
      </thead>
    </Lines>
  );
}
