import type { VNode } from "preact";
import type { PeoplePage } from "../../src/report/people-page.ts";
import { Layout } from "./layout.tsx";
import { NameRows } from "./parts/name-rows.tsx";
import { renderPage } from "./render.tsx";

export function renderPeople(page: PeoplePage): string {
  return renderPage(<People page={page} />);
}

function People({ page }: { readonly page: PeoplePage }): VNode {
  const { frame, people, unnamed } = page;
  const logs = new Map(people.map((person) => [person.name, person.logs]));
  return (
    <Layout frame={frame}>
      <h1>People</h1>
      {people.length === 0 ? (
        <p class="muted">
          No run says who made it. <code>experimenter: Ada</code> in a run does.
        </p>
      ) : (
        <NameRows rows={people} path={frame.path} label="Name" title="People" places={({ name }) => logs.get(name) ?? []} />
      )}
      {unnamed > 0 && people.length > 0 && <p class="note">{unnamed === 1 ? "1 run names nobody." : `${unnamed} runs name nobody.`}</p>}
    </Layout>
  );
}
