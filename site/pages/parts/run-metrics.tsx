// A run's metrics beside its base's. On a phone a row is two lines, so the roles are said aloud. Columns are styled by their place, for ten
// thousand of these pages are written.

import type { VNode } from "preact";
import type { Measure, Measures as MeasuresModel, Shown } from "../../../src/report/run-page-metrics.ts";
import { Absent, ChangeBar } from "./bar.tsx";
import { TickStrip } from "./tick-strip.tsx";

const whole = { role: "table" } as const;
const row = { role: "row" } as const;
const head = { role: "columnheader" } as const;
const name = { role: "rowheader" } as const;
const cell = { role: "cell" } as const;

export function Measures({ measures }: { readonly measures: MeasuresModel }): VNode {
  const { base, rows, compared, notes } = measures;
  return (
    <>
      <h2>Metrics</h2>
      <table class={compared ? "measures" : "measures alone"} {...whole}>
        <thead>
          <tr {...row}>
            <Head text="Metric" />
            {compared && <Head text={base ?? "Before"} />}
            <Head text={compared ? "This run" : "Value"} />
            {compared && (
              <>
                <Head text="Change, worse | better" />
                <Head text="Evidence, n" />
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((measure) => (
            <Row key={measure.label} measure={measure} compared={compared} />
          ))}
        </tbody>
      </table>
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </>
  );
}

function Head({ text }: { readonly text: string }): VNode {
  return <th {...head}>{text}</th>;
}

function Row({ measure, compared }: { readonly measure: Measure; readonly compared: boolean }): VNode {
  const { label, before, after, why } = measure;
  return (
    <tr {...row}>
      <th {...name}>{label}</th>
      {compared && <td {...cell}>{before ?? <Absent />}</td>}
      <Value shown={after} />
      {compared &&
        (why === undefined ? (
          <Change measure={measure} />
        ) : (
          <td {...cell} class="why" colSpan={2}>
            {why}
          </td>
        ))}
    </tr>
  );
}

function Change({ measure: { change, word, bar, strip, evidence } }: { readonly measure: Measure }): VNode {
  return (
    <>
      <td {...cell} class={word}>
        {change ?? <Absent label="no change to tell" />} {strip === undefined ? <ChangeBar bar={bar} /> : <TickStrip strip={strip} />}
      </td>
      <td {...cell}>{evidence}</td>
    </>
  );
}

function Value({ shown }: { readonly shown: Shown | undefined }): VNode {
  if (shown === undefined)
    return (
      <td {...cell}>
        <Absent />
      </td>
    );
  const { text, word, title } = shown;
  return (
    <td {...cell} title={title}>
      {word === "invalid" ? (
        <>
          <span class="invalid">{text}</span> invalid
        </>
      ) : (
        text
      )}
    </td>
  );
}
