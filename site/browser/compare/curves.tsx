// The curves of the compared runs under one row of controls; the address keeps what the reader chose there.

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Head } from "../../../src/report/compare-page.ts";
import { type CurveRun, suggestsLog } from "../../../src/report/curve-chart.ts";
import { type CurvesHandle, drawCurves, runLook } from "../chart/curves.ts";
import { loadCurves } from "../chart/run-curves.ts";
import { parseChoice, printChoice } from "./choice.ts";
import { parseCurveChoice, printCurveChoice } from "./curve-choice.ts";

/** More lines than this nobody tells apart, and each is a file to load. */
const most = 40;

interface Loaded {
  readonly runs: readonly CurveRun[];
  /** Ids whose file did not load. */
  readonly missing: readonly string[];
}

export function Curves({ heads }: { readonly heads: readonly Head[] }): VNode {
  const place = useRef<HTMLDivElement>(null);
  const handle = useRef<CurvesHandle | undefined>(undefined);
  const [note, setNote] = useState("Loading …");
  const wanted = heads.filter(({ curves }) => curves !== undefined);
  const key = wanted.map(({ run, series }) => `${run.id} ${series}`).join();
  useEffect(() => {
    let isWanted = true;
    void load(wanted.slice(0, most)).then((loaded) => {
      if (!isWanted || place.current === null) return;
      setNote(noteOf(loaded, heads.length, wanted.length));
      handle.current = show(place.current, loaded.runs, handle.current);
    });
    return () => {
      isWanted = false;
    };
  }, [key, heads.length]);
  useEffect(() => () => handle.current?.close(), []);
  return (
    <>
      <p class="note" role="status">
        {note}
      </p>
      <div class="live-curves" ref={place} />
    </>
  );
}

async function load(heads: readonly Head[]): Promise<Loaded> {
  const missing: string[] = [];
  const runs = await Promise.all(
    heads.map(async ({ run: { id }, base, series, curves = "" }): Promise<readonly CurveRun[]> => {
      const look = base || series !== undefined ? runLook((series ?? 1) - 1, base) : { color: "var(--strong)", isFaint: true };
      try {
        const found = await loadCurves(id, curves);
        return found.length === 0 ? [] : [{ id, label: id, ...look, series: found }];
      } catch {
        missing.push(id);
        return [];
      }
    }),
  );
  return { runs: runs.flat(), missing };
}

function noteOf({ runs, missing }: Loaded, all: number, wanted: number): string {
  const parts = [
    ...(runs.length === 0 && missing.length === 0 ? ["None of these runs has curves."] : []),
    ...(runs.length > 0 && runs.length < Math.min(all, most) ? [`${runs.length} of ${all} runs have curves.`] : []),
    ...(wanted > most ? [`Drawn are the first ${most} runs.`] : []),
    ...(missing.length === 0 ? [] : [`The curves of ${missing.join(", ")} did not load.`]),
  ];
  return parts.join(" ");
}

function show(place: HTMLElement, runs: readonly CurveRun[], before: CurvesHandle | undefined): CurvesHandle | undefined {
  if (runs.length === 0) {
    before?.close();
    place.replaceChildren();
    return undefined;
  }
  if (before !== undefined) {
    before.update(runs);
    return before;
  }
  const usual = suggestsLog(runs);
  return drawCurves(place, runs, {
    ...parseCurveChoice(parseChoice(location.hash).rest, usual),
    // In place: a slider must not fill the way back, and the tables above stay as they are.
    onChange: (choice) =>
      history.replaceState(history.state, "", printChoice({ ...parseChoice(location.hash), rest: printCurveChoice(choice, usual) })),
  });
}
