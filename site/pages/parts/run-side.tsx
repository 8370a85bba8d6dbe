// Beside a run: how to do it again, its kin, the machine, the files.

import { Fragment, type VNode } from "preact";
import { wayFrom } from "../../../src/base/address.ts";
import type {
  Child,
  Fact,
  FileLink,
  Origin as OriginModel,
  Reproduce as ReproduceModel,
  Side as SideModel,
} from "../../../src/report/run-page-side.ts";
import { way } from "./curve.tsx";
import { GlyphMark, RunId } from "./run.tsx";
import { Command } from "./sentence.tsx";

export function Side({ side, path }: { readonly side: SideModel; readonly path: string }): VNode {
  const { reproduce, origin, setup, files, artifacts, other } = side;
  return (
    <>
      <Reproduce reproduce={reproduce} />
      <Origin origin={origin} path={path} />
      {setup.length > 0 && (
        <>
          <h2>Setup</h2>
          <Facts facts={setup} />
        </>
      )}
      <h2>Files</h2>
      <ul>
        {files.map((file) => (
          <li key={file.name}>
            <File file={file} path={path} />
          </li>
        ))}
      </ul>
      {artifacts.length > 0 && (
        <>
          <h2>Artifacts</h2>
          <Facts facts={artifacts} />
        </>
      )}
      {other.length > 0 && (
        <>
          <h2>Other fields</h2>
          <Facts facts={other} />
        </>
      )}
    </>
  );
}

function Reproduce({ reproduce }: { readonly reproduce: ReproduceModel }): VNode | null {
  const { again, command, facts, missing } = reproduce;
  if (again === undefined && facts.length === 0 && missing.length === 0) return null;
  return (
    <>
      <h2>Reproduce</h2>
      {again !== undefined && (
        <p>
          <Command text={again} />
        </p>
      )}
      {command !== undefined && (
        <pre class="command" data-copy="">
          {command}
        </pre>
      )}
      <Facts facts={facts} />
      {missing.length > 0 && <p class="note">Not recorded: {missing.join(", ")}.</p>}
    </>
  );
}

function Origin({ origin, path }: { readonly origin: OriginModel; readonly path: string }): VNode | null {
  const { bases, notes, children, rest } = origin;
  if (bases.length + notes.length + children.length === 0) return null;
  return (
    <>
      {bases.length + notes.length > 0 && (
        <>
          <h2>Base</h2>
          <ul>
            {bases.map((run) => (
              <Kin key={run.id} kin={{ run }} path={path} />
            ))}
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
      {children.length > 0 && (
        <>
          <h2>Led to</h2>
          <ul>
            {children.map((child) => (
              <Kin key={child.run.id} kin={child} path={path} />
            ))}
            {rest !== undefined && (
              <li>
                <a href={wayFrom(path, rest.address)}>{rest.text}</a>
              </li>
            )}
          </ul>
        </>
      )}
    </>
  );
}

function Kin({ kin: { run, change }, path }: { readonly kin: Child; readonly path: string }): VNode {
  return (
    <li>
      <GlyphMark glyph={run.glyph} /> <RunId run={run} path={path} /> {run.title}
      {change !== undefined && `, ${change}`}
    </li>
  );
}

function Facts({ facts }: { readonly facts: readonly Fact[] }): VNode | null {
  if (facts.length === 0) return null;
  return (
    <dl>
      {facts.map((fact) => (
        <Fragment key={fact.name + fact.text}>
          <dt>{fact.name}</dt>
          <dd title={fact.title}>
            <FactText fact={fact} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function FactText({ fact: { text, code, url } }: { readonly fact: Fact }): VNode | string {
  const shown = code === true ? <code>{text}</code> : text;
  if (url === undefined) return shown;
  return (
    <a href={url} rel="noreferrer">
      {shown}
    </a>
  );
}

function File({ file, path }: { readonly file: FileLink; readonly path: string }): VNode {
  const { name, note, address, url } = file;
  const href = url ?? (address === undefined ? undefined : way(path, address));
  return (
    <>
      {href === undefined ? name : <a href={href}>{name}</a>}
      {note !== "" && <span class="note"> {note}</span>}
    </>
  );
}
