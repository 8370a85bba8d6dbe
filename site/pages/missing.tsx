import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { MissingPage } from "../../src/report/missing-page.ts";
import { Layout } from "./layout.tsx";
import { RunLines } from "./parts/run-lines.tsx";
import { renderPage } from "./render.tsx";

export function renderMissing(page: MissingPage): string {
  return renderPage(<Missing page={page} />);
}

function Missing({ page }: { readonly page: MissingPage }): VNode {
  const { frame, newest } = page;
  return (
    <Layout frame={frame}>
      <h1>There is no such page</h1>
      <p class="lead">
        The run may have been removed, or the address is wrong. <a href={wayFrom(frame.path, "index.html")}>The front page</a> leads
        everywhere.
      </p>
      {newest.length > 0 && (
        <>
          <h2>Newest runs</h2>
          <RunLines lines={newest} path={frame.path} name="Newest runs" metric="Result" dates />
        </>
      )}
    </Layout>
  );
}
