// The table itself: of ten thousand lines those in sight, in a region that scrolls, with keys for a row.

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ColumnWidth, LogColumn } from "../../../src/report/log-row.ts";
import { onWish } from "../keys.ts";
import { onTicks, tick, ticked } from "../ticks.ts";
import { type Item, itemsOf, rowsBetween } from "./items.ts";
import { Line, makeDrawer } from "./rows.tsx";
import type { LogTable } from "./table.ts";
import { useLines, useNarrow, usePrinting, useRoom } from "./use-window.ts";
import type { LogView } from "./view.ts";

export interface LinesProps {
  readonly table: LogTable;
  readonly view: LogView;
  readonly path: string;
  /** Columns and head. */
  readonly children: ComponentChildren;
}

const lineHeight = { wide: 28, narrow: 52 };
/** Paper takes no more. */
const mostPrinted = 1000;

export function Lines({ table, view, path, children }: LinesProps): VNode {
  const region = useRef<HTMLElement>(null);
  const narrow = useNarrow();
  const printing = usePrinting();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const drawer = useMemo(() => makeDrawer(table, view.columns, view.groupBy), [table, view.columns, view.groupBy]);
  const { rows, groups } = view;
  const items = useMemo(
    () => itemsOf({ rows, closed, open, partsIn: (row) => drawer.row(row)?.parts ?? 0, ...(groups === undefined ? {} : { groups }) }),
    [rows, groups, closed, open, drawer],
  );
  const height = narrow ? lineHeight.narrow : lineHeight.wide;
  const { from, to, reveal } = useLines(region, items.length, height, printing && items.length <= mostPrinted);
  useEffect(() => {
    if (region.current !== null) region.current.scrollTop = 0;
  }, [rows]);
  const rowsOf = useRowKeys({ table, items, reveal });
  useRoom(region, printing);
  const toggleRow = (row: number): void => setOpen((known) => toggled(known, row));
  const toggleGroup = (key: string): void => setClosed((known) => toggled(known, key));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section class="scroll log-scroll" aria-label="Runs" tabIndex={0} ref={region}>
      <table class="log scripted" style={{ minWidth: `${widthOf(view.columns, narrow)}px` }} aria-rowcount={items.length + 1}>
        {children}
        <tbody>
          <Pad lines={from} height={height} />
          {items.slice(from, to).map((item, at) => (
            <Line
              key={keyOf(item)}
              item={item}
              drawer={drawer}
              table={table}
              path={path}
              place={from + at + 1}
              ticked={item.kind === "row" && rowsOf.ticked.has(idOf(table, item.row))}
              current={rowsOf.current === from + at}
              open={item.kind === "row" && open.has(item.row)}
              onTick={(range) => rowsOf.tickLine(from + at, range)}
              onOpen={() => (item.kind === "group" ? toggleGroup(item.group.key) : toggleRow(item.row))}
            />
          ))}
          <Pad lines={items.length - to} height={height} />
        </tbody>
      </table>
    </section>
  );
}

/** As in the style sheet, which widens some where that leaves a note this much. */
const widths: Readonly<Record<ColumnWidth | "run", number>> = {
  run: 260,
  changes: 200,
  primary: 112,
  delta: 144,
  metric: 88,
  parameter: 80,
  wide: 108,
  time: 84,
  text: 108,
  note: 140,
};
const narrowWidths: Partial<typeof widths> = { run: 124, changes: 162 };

function widthOf(columns: readonly LogColumn[], narrow: boolean): number {
  const width = (name: ColumnWidth | "run"): number => (narrow ? narrowWidths[name] : undefined) ?? widths[name];
  return columns.reduce((sum, column) => sum + width(column.width), width("run"));
}

/** The room of lines that are not drawn. */
function Pad({ lines, height }: { readonly lines: number; readonly height: number }): VNode | null {
  return lines <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus, and it is no row
    <tr class="pad" aria-hidden="true">
      <td style={{ height: `${lines * height}px` }} />
    </tr>
  );
}

function keyOf(item: Item): string {
  if (item.kind === "group") return `g${item.group.key}`;
  return item.kind === "row" ? `r${item.row}` : `p${item.row}.${item.part}`;
}

const idOf = ({ entries }: LogTable, row: number): string => entries[row]?.group.key ?? "";

function toggled<T>(known: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(known);
  if (!next.delete(value)) next.add(value);
  return next;
}

interface RowKeys {
  readonly ticked: ReadonlySet<string>;
  /** The line that the keys stand on, from 0. */
  readonly current: number;
  /** `range`: everything since the last one. */
  readonly tickLine: (line: number, range: boolean) => void;
}

function useRowKeys({
  table,
  items,
  reveal,
}: {
  readonly table: LogTable;
  readonly items: readonly Item[];
  readonly reveal: (line: number) => void;
}): RowKeys {
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set(ticked()));
  const [current, setCurrent] = useState(-1);
  // Keys come faster than pages are drawn: what they stand on is kept apart from what is drawn.
  const at = useRef({ line: -1, ticked: -1 });
  useEffect(() => onTicks((all) => setIds(new Set(all))), []);
  useLayoutEffect(() => {
    at.current = { line: -1, ticked: -1 };
    setCurrent(-1);
  }, [items]);
  const tickLine = (line: number, range: boolean): void => {
    const item = items[line];
    if (item?.kind !== "row") return;
    const from = at.current.ticked;
    const rows = range && from !== -1 ? rowsBetween(items, from, line) : [item.row];
    const on = range || !ticked().includes(idOf(table, item.row));
    tick(
      rows.map((row) => idOf(table, row)),
      on,
    );
    at.current.ticked = line;
  };
  const step = (by: 1 | -1): boolean => {
    let line = at.current.line + by;
    while (items[line] !== undefined && items[line]?.kind !== "row") line += by;
    if (items[line] === undefined) return at.current.line !== -1;
    at.current.line = line;
    setCurrent(line);
    reveal(line);
    requestAnimationFrame(() => requestAnimationFrame(() => focusLine(line)));
    return true;
  };
  useLayoutEffect(
    () =>
      onWish((wish) => {
        if (wish === "next" || wish === "previous") return step(wish === "next" ? 1 : -1);
        if ((wish !== "tick" && wish !== "tick-range") || at.current.line === -1) return false;
        tickLine(at.current.line, wish === "tick-range");
        return true;
      }),
    [items],
  );
  return { ticked: ids, current, tickLine };
}

/** The run's link has the focus, so that Enter opens it. */
function focusLine(line: number): void {
  document.querySelector<HTMLElement>(`.log.scripted tr[data-line="${line}"] a.id`)?.focus({ preventScroll: true });
}
