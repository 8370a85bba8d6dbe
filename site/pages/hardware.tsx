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

/** A class that is called after its processor says so once. */
const headsOf = (byProcessor: boolean): readonly string[] => [
  ...(byProcessor ? ["CPU", "GPU"] : ["Class", "GPU", "CPU"]),
  ...["Memory", "Software", "Runs", "Median time"],
];

function Machines({ section }: { readonly section: HardwareSection }): VNode {
  const { machines, title, notes } = section;
  if (machines.length === 0) return <p class="muted">No run says which machine it ran on.</p>;
  const byProcessor = machines.every(({ name, cpu }) => name === cpu);
  const heads = headsOf(byProcessor);
  return (
    <>
      <Scroll label={`Machines of ${title}`}>
        <table class="machines" {...roles.table}>
          <thead {...roles.rows}>
            <tr {...roles.row}>
              {heads.map((label, at) => (
                <th key={label} {...roles.head} class={at >= heads.length - 2 ? "right" : undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...roles.rows}>
            {machines.map((machine) => (
              <Row key={machine.name} machine={machine} byProcessor={byProcessor} />
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

function Row({ machine, byProcessor }: { readonly machine: MachineRow; readonly byProcessor: boolean }): VNode {
  const { name, gpu, cpu, ram, software, runs, time } = machine;
  return (
    <tr {...roles.row}>
      <th {...roles.name}>{name}</th>
      <td {...roles.cell}>{gpu ?? <Absent />}</td>
      {!byProcessor && <td {...roles.cell}>{cpu ?? <Absent />}</td>}
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
