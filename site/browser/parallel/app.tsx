// The filter of all runs at once: a box, the axes as menus, how many match. What matches is told to the picture and the table.

import type { VNode } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Group } from "../../../src/analysis/study.ts";
import { JournalError, type Problem } from "../../../src/base/problem.ts";
import { parseState, plainState, stateHash } from "../../../src/report/log-state.ts";
import type { ParallelAxis } from "../../../src/report/parallel-rows.ts";
import { Box } from "../log/box.tsx";
import { Menu } from "../log/menu.tsx";
import { type LogTable, maskOf, readWhere } from "../log/table.ts";
import { partsOf, readFilter } from "../log/terms.ts";
import { knownWords } from "../log/words.ts";
import type { Brushed } from "./brush.ts";
import { fieldsTerm, placesTerm, wordsTerm } from "./terms.ts";

export interface AppProps {
  readonly table: LogTable;
  readonly axes: readonly ParallelAxis[];
  /** Rows with a value of the primary metric that counts. */
  readonly measured: readonly number[];
  /** `undefined`: no filter. Also the axes whose own term is in it. */
  readonly show: (groups: readonly Group[] | undefined, axes: ReadonlySet<string>) => void;
  /** Calls back with what is drawn on the axes; returns how to stop. */
  readonly listen: (tell: (brushed: Brushed) => void) => () => void;
}

interface Found {
  readonly groups?: readonly Group[];
  readonly problem?: Problem;
}

/** The terms that the axes wrote, by their names: a new one takes the place of the old one. */
type Written = Readonly<Record<string, string>>;

export function App({ table, axes, measured, show, listen }: AppProps): VNode {
  const [where, setWhere] = useState(() => parseState(location.hash).where);
  const [written, setWritten] = useState<Written>({});
  const known = useMemo(() => knownWords(table), [table]);
  const found = useMemo(() => find(table, measured, where), [table, measured, where]);
  useEffect(() => {
    if (found.problem !== undefined) return;
    const parts = new Set(partsOf(readFilter(where) ?? { text: "" }).map(({ text }) => text));
    show(found.groups, new Set(Object.keys(written).filter((name) => parts.has(written[name] ?? ""))));
    keep(where);
  }, [found]);
  const put = (axis: ParallelAxis, term: string | undefined): void => {
    setWhere((now) => replaced(now, written[axis.name], term));
    setWritten((now) => ({ ...now, [axis.name]: term ?? "" }));
  };
  useEffect(() =>
    listen(({ axis, from, to }) => put(axis, from === undefined || to === undefined ? undefined : placesTerm(axis, from, to, table.known))),
  );
  const count = found.groups?.length;
  return (
    <div class="parallel-filter">
      <Box where={where} problem={found.problem} known={known} change={setWhere} />
      <div class="parallel-axes">
        {axes.map((axis) => (
          <AxisMenu key={axis.name} axis={axis} table={table} put={put} />
        ))}
        {where !== "" && (
          <button type="button" onClick={() => setWhere("")}>
            Clear
          </button>
        )}
      </div>
      <p class="note" role="status">
        {count === undefined
          ? `All ${measured.length} configurations. Draw along an axis, or press its name.`
          : count === 0
            ? "No configuration matches."
            : `${count} of ${measured.length} configurations match.`}
      </p>
    </div>
  );
}

function find(table: LogTable, measured: readonly number[], where: string): Found {
  if (where.trim() === "") return {};
  try {
    const mask = maskOf(table, readWhere(table, where));
    return { groups: measured.flatMap((row) => (mask[row] === 1 ? (table.entries[row]?.group ?? []) : [])) };
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const [problem] = error.problems;
    return problem === undefined ? {} : { problem };
  }
}

/** The filter with one part in the place of another, or at its end. */
function replaced(where: string, old: string | undefined, term: string | undefined): string {
  const filter = readFilter(where);
  if (filter?.root === undefined) return term ?? "";
  const parts = filter.root.kind === "or" ? [`(${where.trim()})`] : partsOf(filter).map(({ text }) => text);
  const kept = parts.filter((part) => part !== old);
  return [...kept, ...(term === undefined ? [] : [term])].join(" and ");
}

function keep(where: string): void {
  const hash = stateHash({ ...plainState, where });
  if (hash === stateHash({ ...plainState, where: parseState(location.hash).where })) return;
  try {
    history.replaceState(null, "", hash === "" ? location.pathname + location.search : hash);
  } catch {
    // Some browsers refuse this for files: then the address stays behind.
  }
}

interface AxisMenuProps {
  readonly axis: ParallelAxis;
  readonly table: LogTable;
  readonly put: (axis: ParallelAxis, term: string | undefined) => void;
}

function AxisMenu({ axis, table, put }: AxisMenuProps): VNode {
  const { label } = axis;
  const face = label.length > 24 ? `${label.slice(0, 23)}…` : label;
  return (
    <Menu label={label} face={face}>
      {(close) =>
        axis.kind === "words" ? (
          <Words axis={axis} take={(words) => put(axis, wordsTerm(axis, words, table.known))} />
        ) : (
          <Bounds
            axis={axis}
            take={(low, high) => {
              put(axis, fieldsTerm(axis, low, high, table.known));
              close();
            }}
          />
        )
      }
    </Menu>
  );
}

function Words({ axis, take }: { readonly axis: ParallelAxis; readonly take: (words: readonly string[]) => void }): VNode {
  const [off, setOff] = useState<readonly string[]>([]);
  return (
    <fieldset class="parallel-words">
      <legend>{axis.label}</legend>
      {axis.words.map((word) => (
        <label key={word}>
          <input
            type="checkbox"
            checked={!off.includes(word)}
            onChange={({ currentTarget: { checked } }) => {
              const next = checked ? off.filter((other) => other !== word) : [...off, word];
              setOff(next);
              take(axis.words.filter((other) => !next.includes(other)));
            }}
          />{" "}
          {word}
        </label>
      ))}
    </fieldset>
  );
}

function Bounds({ axis, take }: { readonly axis: ParallelAxis; readonly take: (low: string, high: string) => void }): VNode {
  const [low, setLow] = useState("");
  const [high, setHigh] = useState("");
  return (
    <form
      class="parallel-bounds"
      onSubmit={(event) => {
        event.preventDefault();
        take(low, high);
      }}
    >
      <label>
        From <input type="text" inputmode="decimal" value={low} onInput={({ currentTarget }) => setLow(currentTarget.value)} />
      </label>
      <label>
        to <input type="text" inputmode="decimal" value={high} onInput={({ currentTarget }) => setHigh(currentTarget.value)} />
      </label>
      {axis.unit !== undefined && <span class="muted">{axis.unit}</span>}
      <button type="submit">Apply</button>
    </form>
  );
}
