import type { VNode } from "preact";
import type { HardwarePage, HardwareSection, MachineRow } from "../../src/report/hardware-page.ts";
import { Layout } from "./layout.tsx";
import { Absent } from "./parts/bar.tsx";
import { Pager } from "./parts/pager.tsx";
import * as roles from "./parts/roles.ts";
import { StudySection } from "./parts/section.tsx";
import { Scroll } from "./parts/table.tsx";
import { renderPage } from "./render.tsx";

export function renderHardware(page: HardwarePage): string {
  return renderPage(<Hardware page={page} />);
}

function Hardware({ page }: { readonly page: HardwarePage }): VNode {
  const { frame, several, sections, pager } = page;
  return (
    <Layout frame={frame}>
      <h1>Hardware</h1>
      {sections.map((section) => (
        <StudySection key={section.key} name={section.key} title={section.title} several={several}>
          <Machines section={section} />
        </StudySection>
      ))}
      <Pager pager={pager} path={frame.path} />
    </Layout>
  );
}

const columns = ["Class", "GPU", "CPU", "Memory", "Software", "Runs", "Median time"];

function Machines({ section }: { readonly section: HardwareSection }): VNode {
  const { machines, title, notes } = section;
  if (machines.length === 0) return <p class="muted">No run says which machine it ran on.</p>;
  return (
    <>
      <Scroll label={`Machines of ${title}`}>
        <table class="machines" {...roles.table}>
          <thead {...roles.rows}>
            <tr {...roles.row}>
              {columns.map((label, at) => (
                <th key={label} {...roles.head} class={at > 4 ? "right" : undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...roles.rows}>
            {machines.map((machine) => (
              <Row key={machine.name} machine={machine} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </>
  );
}

function Row({ machine }: { readonly machine: MachineRow }): VNode {
  const { name, gpu, cpu, ram, software, runs, time } = machine;
  return (
    <tr {...roles.row}>
      <th {...roles.name}>{name}</th>
      <td {...roles.cell}>{gpu ?? <Absent />}</td>
      <td {...roles.cell}>{cpu ?? <Absent />}</td>
      <td {...roles.cell} class="short">
        {ram ?? <Absent />}
      </td>
      <td {...roles.cell} class="long">
        {software ?? <Absent />}
      </td>
      <td {...roles.cell} class="right runs">
        {runs}
      </td>
      <td {...roles.cell} class="right time">
        {time ?? <Absent />}
      </td>
    </tr>
  );
}
