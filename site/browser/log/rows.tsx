// One line of the table, as its kind asks.

import type { VNode } from "preact";
import { groupThousands } from "../../../src/base/number.ts";
import { asWritten, type LogCell, type LogColumn, type LogPart, type LogRow, logParts, logRow } from "../../../src/report/log-row.ts";
import { LogValue, partsText } from "../../pages/parts/log-row.tsx";
import { GlyphMark, RunCell, RunId } from "../../pages/parts/run.tsx";
import { type GroupFacts, groupFacts } from "./grouping.ts";
import type { Item } from "./items.ts";
import type { LogTable } from "./table.ts";

/** Rows and facts are worked out when they are first in sight. */
export interface Drawer {
  readonly columns: readonly LogColumn[];
  readonly row: (row: number) => LogRow | undefined;
  readonly parts: (row: number) => readonly LogPart[];
  readonly facts: (item: Item & { readonly kind: "group" }) => GroupFacts;
}

export function makeDrawer(table: LogTable, columns: readonly LogColumn[], groupBy: LogColumn | undefined): Drawer {
  const setting = { columns, settings: table.head.settings, show: asWritten };
  const by = groupBy?.content.kind === "parameter" ? groupBy.content.parameter : "";
  const rows = new Map<number, LogRow>();
  const facts = new Map<string, GroupFacts>();
  return {
    columns,
    row: (row) => {
      const entry = table.entries[row];
      const known = rows.get(row) ?? (entry === undefined ? undefined : logRow(entry, setting));
      if (known !== undefined) rows.set(row, known);
      return known;
    },
    parts: (row) => {
      const entry = table.entries[row];
      return entry === undefined ? [] : logParts(entry, setting);
    },
    facts: ({ group }) => {
      const known = facts.get(group.key) ?? groupFacts(table, group, by);
      facts.set(group.key, known);
      return known;
    },
  };
}

export interface LineProps {
  readonly drawer: Drawer;
  readonly table: LogTable;
  /** Of the page, from the root of the site. */
  readonly path: string;
  /** 1 for the line under the head. */
  readonly place: number;
  readonly ticked: boolean;
  readonly current: boolean;
  readonly open: boolean;
  readonly onTick: (range: boolean) => void;
  readonly onOpen: () => void;
}

export function Line({ item, ...props }: LineProps & { readonly item: Item }): VNode | null {
  if (item.kind === "group") return <GroupLine item={item} {...props} />;
  return item.kind === "row" ? <RowLine row={item.row} {...props} /> : <PartLine row={item.row} part={item.part} {...props} />;
}

function RowLine({ row, drawer, path, place, ticked, current, open, onTick, onOpen }: LineProps & { readonly row: number }): VNode | null {
  const model = drawer.row(row);
  if (model === undefined) return null;
  const { run, cells, parts } = model;
  return (
    <tr aria-rowindex={place + 1} data-line={place - 1} class={[ticked ? "ticked" : "", current ? "current" : ""].join(" ").trim()}>
      <td class="left run-cell">
        <span class="pick">
          <input type="checkbox" aria-label={`Select ${run.id}`} checked={ticked} onClick={(event) => onTick(event.shiftKey)} />
          <RunCell run={run} path={path} />
        </span>
      </td>
      {cells.map((cell, at) => {
        const column = drawer.columns[at];
        if (column === undefined) return null;
        const pooled = column.width === "primary" && parts > 0 && cell.kind === "value";
        return (
          <td key={column.name} class={`${column.align} d-${column.width}`} {...titleOf(cell, column)}>
            <LogValue cell={cell}>
              {pooled && (
                <button type="button" class="opens" aria-expanded={open} onClick={onOpen}>
                  <span aria-hidden="true">{open ? "▾" : "▸"}</span> {partsText(cell, parts)}
                </button>
              )}
            </LogValue>
          </td>
        );
      })}
    </tr>
  );
}

const titleOf = (cell: LogCell, { content }: LogColumn): { title?: string } =>
  cell.kind === "text" && content.kind !== "parameter" ? { title: cell.text } : {};

function PartLine({ row, part, drawer, path, place }: LineProps & { readonly row: number; readonly part: number }): VNode | null {
  const model = drawer.parts(row)[part];
  if (model === undefined) return null;
  return (
    <tr aria-rowindex={place + 1} class="part">
      <td class="left run-cell">
        {model.run === undefined ? (
          model.label
        ) : (
          <span class="run">
            <GlyphMark glyph={model.run.glyph} /> <RunId run={model.run} path={path} /> {model.label}
          </span>
        )}
      </td>
      {model.cells.map((cell, at) => (
        <td key={drawer.columns[at]?.name} class={`${drawer.columns[at]?.align} d-${drawer.columns[at]?.width}`}>
          {cell.kind === "absent" ? null : <LogValue cell={cell} />}
        </td>
      ))}
    </tr>
  );
}

function GroupLine({ item, drawer, table, path, place, onOpen }: LineProps & { readonly item: Item & { readonly kind: "group" } }): VNode {
  const { group, closed } = item;
  const { counts, mean, best, mixed } = drawer.facts(item);
  const winner = best === undefined ? undefined : drawer.row(best.row)?.run;
  const label = table.head.metrics.find(({ name }) => name === table.head.primary)?.label;
  return (
    <tr aria-rowindex={place + 1} class="group">
      <th scope="rowgroup" colSpan={drawer.columns.length + 1}>
        <span class="group-line">
          <button type="button" class="opens" aria-expanded={!closed} onClick={onOpen}>
            <span aria-hidden="true">{closed ? "▸" : "▾"}</span> <b>{group.key === "" ? "not recorded" : group.key}</b>
          </button>
          <span>
            {groupThousands(String(group.rows.length))} {group.rows.length === 1 ? "row" : "rows"}
          </span>
          <span class="glyphs">
            {counts.map(({ glyph, count }) => (
              <span key={glyph.word}>
                {count} <GlyphMark glyph={glyph} />
              </span>
            ))}
          </span>
          {mean !== undefined && (
            <span title={label}>
              {label} {mean}
            </span>
          )}
          {best !== undefined && winner !== undefined && (
            <span>
              best {best.text} <RunId run={winner} path={path} />
            </span>
          )}
          {mixed.length > 0 && (
            <span class="mixed">
              mixed: {mixed.slice(0, 3).join(", ")}
              {mixed.length > 3 ? ` and ${mixed.length - 3} more` : ""} differ
            </span>
          )}
        </span>
      </th>
    </tr>
  );
}
