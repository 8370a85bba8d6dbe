// What `serve` shows in the place of a page that it cannot make: why, where and what to do. It goes away by itself when that is mended.

import type { VNode } from "preact";
import type { Problem } from "../../src/base/problem.ts";
import { Layout } from "./layout.tsx";
import { renderPage } from "./render.tsx";

export interface Trouble {
  readonly title: string;
  readonly problems: readonly Problem[];
  /** Addresses of the style sheet and the scripts, by name. */
  readonly assets: Readonly<Record<string, string>>;
}

export function renderTrouble({ title, problems, assets }: Trouble): string {
  return renderPage(
    <Layout frame={{ title, path: "", journal: "journal", several: false, assets, scripts: [], live: true }}>
      <h1>{title}</h1>
      {problems.map((problem) => (
        <TroubleItem key={JSON.stringify(problem)} problem={problem} />
      ))}
    </Layout>,
  );
}

function TroubleItem({ problem }: { readonly problem: Problem }): VNode {
  const { path, line, column, message, hint } = problem;
  const place = [path, line, column].filter((part) => part !== undefined).join(":");
  return (
    <div class="notice bad">
      {place !== "" && <code>{place}</code>} {message}
      {hint !== undefined && <p class="muted">{hint}</p>}
    </div>
  );
}
