// The head of the table: names that sort when pressed, what a column holds as a small picture that filters when drawn on, a menu.

import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { LogColumn } from "../../../src/report/log-row.ts";
import { Label } from "../../pages/parts/label.tsx";
import { valuesOf } from "./columns.ts";
import { bins, type Histogram, histogramOf, type Share, sharesOf } from "./histogram.ts";
import { inTurn } from "./in-turn.ts";
import { Menu } from "./menu.tsx";
import { boundsTerm, rangeTerm } from "./range.ts";
import type { LogTable } from "./table.ts";
import { nameText, valueText } from "./terms.ts";
import { countValues } from "./words.ts";

export interface Sorting {
  readonly descending: boolean;
  /** 1 for the first key. */
  readonly rank: number;
  readonly keys: number;
}

export interface HeadActions {
  /** `more`: in addition to what sorts already. */
  readonly sort: (name: string, descending: boolean | undefined, more: boolean) => void;
  /** Puts a comparison into the filter in place of the one about that name. */
  readonly filter: (name: string, term: string | undefined) => void;
  readonly group: (name: string) => void;
  readonly hide: (name: string) => void;
  readonly move: (name: string, by: -1 | 1) => void;
}

export interface HeadProps {
  readonly table: LogTable;
  /** No runs are under way any more. */
  readonly complete: boolean;
  readonly rows: Int32Array;
  readonly column: LogColumn;
  readonly sorting: Sorting | undefined;
  readonly actions: HeadActions;
}

/** What is no word of the filter. */
const filters = ({ content }: LogColumn): boolean => content.kind !== "delta" && content.kind !== "note" && content.kind !== "changes";

/** A run may have several of them: what stands in a cell is not what one asks for. */
const lists: ReadonlySet<string> = new Set(["tag", "tags", "base", "aliases", "changed", "assumptions", "invalid"]);

export function Head({ table, complete, rows, column, sorting, actions }: HeadProps): VNode {
  const { align, width, title } = column;
  const pictured = column.content.kind !== "changes" && column.content.kind !== "note";
  return (
    <th scope="col" class={`${align} h-${width}`} aria-sort={ariaSort(sorting)}>
      <div class="top-row">
        <SortButton column={column} sorting={sorting} sort={actions.sort} {...(title === undefined ? {} : { title })} />
        <HeadMenu table={table} column={column} actions={actions} />
      </div>
      {column.content.kind === "delta" && <span class="sides">worse | better</span>}
      {pictured && <Picture table={table} complete={complete} rows={rows} column={column} actions={actions} />}
    </th>
  );
}

export function ariaSort(sorting: Sorting | undefined): "ascending" | "descending" | undefined {
  return sorting === undefined ? undefined : sorting.descending ? "descending" : "ascending";
}

interface SortProps {
  readonly column: Pick<LogColumn, "name" | "label">;
  readonly sorting: Sorting | undefined;
  readonly sort: HeadActions["sort"];
  readonly title?: string;
}

export function SortButton({ column, sorting, sort, title }: SortProps): VNode {
  return (
    <button
      type="button"
      class="sort"
      title={[title, "press to sort, with Shift as a second key"].filter(Boolean).join("; ")}
      onClick={(event) => sort(column.name, undefined, event.shiftKey)}
    >
      <Label text={column.label} />
      {sorting !== undefined && (
        <span class="sorted" aria-hidden="true">
          {sorting.descending ? "▼" : "▲"}
          {sorting.keys > 1 && sorting.rank}
        </span>
      )}
    </button>
  );
}

function Picture({ table, complete, rows, column, actions }: Omit<HeadProps, "sorting">): VNode {
  const [ready, setReady] = useState<LogTable>();
  // The rows come first, then one picture after the other: each reads its column of all runs.
  useEffect(() => (complete ? inTurn(() => setReady(table)) : undefined), [table, complete]);
  const last = useRef<PictureOf>({});
  const picture = useMemo(() => (ready === table ? pictureOf(table, rows, column) : last.current), [ready, table, rows, column]);
  last.current = picture;
  const { shares, histogram } = picture;
  if (shares !== undefined) return <Shares shares={shares} column={column} actions={actions} />;
  return histogram === undefined ? <div class="picture" /> : <Bars histogram={histogram} column={column} actions={actions} />;
}

interface PictureOf {
  readonly histogram?: Histogram | undefined;
  readonly shares?: readonly Share[];
}

function pictureOf(table: LogTable, rows: Int32Array, column: LogColumn): PictureOf {
  const values = valuesOf(table, column);
  const numbers = values.numeric || column.name === "date";
  return numbers ? { histogram: histogramOf(values.numbers, rows, isLog(table, column)) } : { shares: sharesOf(values.texts, rows) };
}

const isLog = ({ head }: LogTable, { content }: LogColumn): boolean =>
  content.kind === "parameter" &&
  Object.hasOwn(head.settings.parameters, content.parameter) &&
  head.settings.parameters[content.parameter]?.scale === "log";

interface BarsProps {
  readonly histogram: Histogram;
  readonly column: LogColumn;
  readonly actions: HeadActions;
}

const tall = 22;

function Bars({ histogram, column, actions }: BarsProps): VNode {
  const [drawn, setDrawn] = useState<readonly [number, number]>();
  const from = useRef<number | undefined>(undefined);
  const most = Math.max(1, ...histogram.all);
  const binAt = (event: PointerEvent): number => {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    return Math.min(bins - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * bins)));
  };
  const able = filters(column);
  const down = (event: PointerEvent): void => {
    if (!able || event.button !== 0) return;
    from.current = binAt(event);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    setDrawn([from.current, from.current]);
  };
  const move = (event: PointerEvent): void => {
    if (from.current !== undefined) setDrawn([from.current, binAt(event)]);
  };
  const up = (event: PointerEvent): void => {
    if (from.current === undefined) return;
    actions.filter(column.name, rangeTerm(column, histogram, from.current, binAt(event)));
    from.current = undefined;
    setDrawn(undefined);
  };
  const cancel = (): void => {
    from.current = undefined;
    setDrawn(undefined);
  };
  return (
    <svg
      class={able ? "picture bars able" : "picture bars"}
      viewBox={`0 0 ${bins * 4} ${tall}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={cancel}
    >
      <path class="all" d={outline(histogram.all, most)} />
      <path class="left" d={outline(histogram.left, most)} />
      {drawn !== undefined && (
        <rect class="drawn" x={Math.min(...drawn) * 4} y="0" width={(Math.abs(drawn[1] - drawn[0]) + 1) * 4} height={tall} />
      )}
    </svg>
  );
}

/** A bin with a single run still shows. */
function outline(counts: readonly number[], most: number): string {
  return counts
    .map((count, at) => {
      const height = count === 0 ? 0 : Math.max(1, Math.round((count / most) * (tall - 1) * 10) / 10);
      return height === 0 ? "" : `M${at * 4} ${tall}v${-height}h3v${height}z`;
    })
    .join("");
}

interface SharesProps {
  readonly shares: readonly Share[];
  readonly column: LogColumn;
  readonly actions: HeadActions;
}

function Shares({ shares, column, actions }: SharesProps): VNode {
  let at = 0;
  const able = filters(column) && !lists.has(column.name);
  return (
    <svg class={able ? "picture shares able" : "picture shares"} viewBox={`0 0 100 ${tall}`} preserveAspectRatio="none" aria-hidden="true">
      {shares.map(({ text, count, share }, index) => {
        const x = at;
        at += share * 100;
        const press =
          able && text !== "" ? { onClick: () => actions.filter(column.name, `${nameText(column.name)} = ${valueText(text)}`) } : {};
        return (
          <rect key={text} class={`share-${index}`} x={x} y="7" width={Math.max(share * 100 - 0.8, 0.4)} height="8" {...press}>
            <title>{`${text === "" ? "others" : text}: ${count}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function HeadMenu({ table, column, actions }: Pick<HeadProps, "table" | "column" | "actions">): VNode {
  const { name, label } = column;
  return (
    <Menu
      label={`${label}: sort, filter, group, hide`}
      face={<span aria-hidden="true">▾</span>}
      class={column.align === "right" ? "head-menu right" : "head-menu"}
    >
      {(close) => {
        const act = (does: () => void) => () => {
          does();
          close();
        };
        return (
          <>
            <p class="name">{column.title ?? name}</p>
            <button type="button" onClick={act(() => actions.sort(name, false, false))}>
              Sort up
            </button>
            <button type="button" onClick={act(() => actions.sort(name, true, false))}>
              Sort down
            </button>
            {filters(column) && <FilterFields table={table} column={column} actions={actions} close={close} />}
            {filters(column) && (
              <button type="button" onClick={act(() => actions.group(name))}>
                Group by it
              </button>
            )}
            <button type="button" onClick={act(() => actions.move(name, -1))}>
              Move left
            </button>
            <button type="button" onClick={act(() => actions.move(name, 1))}>
              Move right
            </button>
            <button type="button" onClick={act(() => actions.hide(name))}>
              Hide
            </button>
          </>
        );
      }}
    </Menu>
  );
}

/** Bounds for numbers, the most used values for words. */
function FilterFields({
  table,
  column,
  actions,
  close,
}: Pick<HeadProps, "table" | "column" | "actions"> & { readonly close: () => void }): VNode {
  const values = valuesOf(table, column);
  const [low, setLow] = useState("");
  const [high, setHigh] = useState("");
  if (!values.numeric && column.name !== "date") {
    return (
      <>
        {countValues(table, column.name)
          .slice(0, mostChoices)
          .map(([text, count]) => (
            <button
              key={text}
              type="button"
              onClick={() => {
                actions.filter(column.name, `${nameText(column.name)} = ${valueText(text)}`);
                close();
              }}
            >
              Only {text} <span class="hint">{count}</span>
            </button>
          ))}
      </>
    );
  }
  const submit = (event: Event): void => {
    event.preventDefault();
    actions.filter(column.name, boundsTerm(column.name, low.trim() || undefined, high.trim() || undefined));
    close();
  };
  return (
    <form class="bounds" onSubmit={submit}>
      <input
        type="text"
        aria-label="From"
        placeholder="from"
        value={low}
        onInput={(event) => setLow(event.currentTarget.value)}
        {...noList}
      />
      <input
        type="text"
        aria-label="To"
        placeholder="to"
        value={high}
        onInput={(event) => setHigh(event.currentTarget.value)}
        {...noList}
      />
      <button type="submit">Filter</button>
    </form>
  );
}

const mostChoices = 6;
const noList = { list: undefined } as const;
