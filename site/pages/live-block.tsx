// A live block inside of prose: its table or figure, what it counted, and what is wrong with it.

import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { LivePart, Said } from "../../src/report/live-part.ts";
import { Figure } from "./parts/figure.tsx";
import { Table } from "./parts/table.tsx";
import { renderPart } from "./render.tsx";

/** HTML that takes the place of the fence. `path` is the page's. */
export function renderLiveBlock(part: LivePart, path: string): string {
  return renderPart(<LiveBlock part={part} path={path} />);
}

export function LiveBlock({ part, path }: { readonly part: LivePart; readonly path: string }): VNode {
  const { title, problems, figure, table, said, link, source } = part;
  return (
    <div class="live">
      {title !== undefined && <p class="live-title">{title}</p>}
      {problems.map((problem) => (
        <Wrong key={problem.text} problem={problem} />
      ))}
      {figure !== undefined && <Figure figure={figure} path={path} />}
      {table !== undefined && <Table table={table} path={path} />}
      {(said.length > 0 || link !== undefined) && (
        <p class="note">
          {said.map((words, index) => (
            <span key={index}>
              {index > 0 && " · "}
              {words.map((word) => (word.code === true ? <code key={word.text}>{word.text}</code> : word.text))}
            </span>
          ))}
          {link !== undefined && (
            <>
              {said.length > 0 && " · "}
              <a href={wayFrom(path, link.address)}>{link.text}</a>
            </>
          )}
        </p>
      )}
      {source !== undefined && (
        <details class="source">
          <summary>As written</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>{source}</pre>
        </details>
      )}
    </div>
  );
}

/** What is wrong, where, and what to write instead. */
export function Wrong({ problem }: { readonly problem: Said }): VNode {
  const { text, place, hint, pointed, severe } = problem;
  return (
    <div class={`notice ${severe ? "bad" : "undecided"}`}>
      <p>
        {spoken(text)}
        {place !== undefined && <span class="place"> {place}.</span>}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      {pointed !== undefined && <pre tabIndex={0}>{pointed}</pre>}
      {hint !== undefined && <p>{spoken(hint)}</p>}
    </div>
  );
}

/** What stands between backticks is code. */
function spoken(text: string): readonly (string | VNode)[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
