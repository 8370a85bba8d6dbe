// Beside the filter: groups, columns, views, the file.

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { View } from "../../../src/record/settings.ts";
import type { LogColumn } from "../../../src/report/log-row.ts";
import { type LogState, plainState } from "../../../src/report/log-state.ts";
import { nameList } from "./columns.ts";
import { inTurn } from "./in-turn.ts";
import { Menu } from "./menu.tsx";
import type { LogTable } from "./table.ts";
import type { Change } from "./use-state.ts";
import { groupNames, metricNames, parameterNames } from "./words.ts";

export interface BarProps {
  readonly table: LogTable;
  readonly complete: boolean;
  readonly state: LogState;
  readonly columns: readonly LogColumn[];
  readonly change: Change;
  readonly save: () => void;
  readonly selecting: boolean;
  readonly select: () => void;
}

export function Bar({ table, complete, state, columns, change, save, selecting, select }: BarProps): VNode {
  const { views } = table.head;
  return (
    <div class="tools-row">
      <GroupField table={table} complete={complete} group={state.group} change={change} />
      <ColumnMenu table={table} columns={columns} change={change} />
      {Object.keys(views).length > 0 && <ViewField views={views} state={state} change={change} />}
      <button type="button" onClick={save} title="The runs below as a CSV file">
        CSV
      </button>
      <button type="button" class="select" aria-pressed={selecting} onClick={select}>
        Select
      </button>
    </div>
  );
}

function GroupField({
  table,
  complete,
  group,
  change,
}: Pick<BarProps, "table" | "complete" | "change"> & { readonly group: string }): VNode {
  const [names, setNames] = useState(table.head.parameters);
  useEffect(() => (complete ? inTurn(() => setNames(groupNames(table))) : undefined), [table, complete]);
  const all = group === "" || names.includes(group) ? names : [group, ...names];
  return (
    <select aria-label="Group" value={group} onChange={(event) => change({ group: event.currentTarget.value })}>
      <option value="">Group</option>
      {all.map((name) => (
        <option key={name} value={name}>
          by {name}
        </option>
      ))}
    </select>
  );
}

function ViewField({
  views,
  state,
  change,
}: {
  readonly views: Readonly<Record<string, View>>;
  readonly state: LogState;
  readonly change: Change;
}): VNode {
  const stateOf = (name: string): LogState => viewState(Object.hasOwn(views, name) ? views[name] : undefined);
  const current = Object.keys(views).find((name) => JSON.stringify(stateOf(name)) === JSON.stringify(state)) ?? "";
  return (
    <select aria-label="View" value={current} onChange={(event) => change(stateOf(event.currentTarget.value))}>
      <option value="">View</option>
      {Object.keys(views).map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

function viewState(view: View | undefined): LogState {
  if (view === undefined) return plainState;
  return { ...plainState, where: view.where ?? "", sort: view.sort ?? "", columns: nameList(view.columns) };
}

const fields = [
  "date",
  "experimenter",
  "tags",
  "status",
  "decision",
  "protocol",
  "base",
  "hypothesis",
  "reason",
  "hardware.class",
  "run.seconds",
  "repeats",
];

function ColumnMenu({
  table,
  columns,
  change,
}: {
  readonly table: LogTable;
  readonly columns: readonly LogColumn[];
  readonly change: Change;
}): VNode {
  const [part, setPart] = useState("");
  const shown = columns.map(({ name }) => name);
  const wanted = part.trim().toLowerCase();
  const toggle = (name: string): void =>
    change({ columns: nameList(shown.includes(name) ? shown.filter((other) => other !== name) : [...shown, name]) });
  return (
    <Menu label="Columns">
      {() => {
        const names = [...new Set([...shown, "changes", ...metricNames(table), "vs_base", ...parameterNames(table), "note", ...fields])];
        const fitting = names.filter((name) => name.toLowerCase().includes(wanted));
        return (
          <>
            <input
              type="search"
              aria-label="Find a column"
              placeholder="Find a column"
              value={part}
              onInput={(event) => setPart(event.currentTarget.value)}
              list={undefined}
            />
            <ul class="choices">
              {fitting.slice(0, mostChoices).map((name) => (
                <li key={name}>
                  <label>
                    <input type="checkbox" checked={shown.includes(name)} onChange={() => toggle(name)} /> {name}
                  </label>
                </li>
              ))}
            </ul>
            {fitting.length > mostChoices && <p class="muted">{fitting.length - mostChoices} more: type a part of the name</p>}
            <button type="button" onClick={() => change({ columns: "" })}>
              As usual
            </button>
          </>
        );
      }}
    </Menu>
  );
}

const mostChoices = 60;
