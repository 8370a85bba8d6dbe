// The runs that the reader ticked, at the foot of every page.

import { render, type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { plural } from "../../../src/report/counts.ts";
import { clearTicks, onTicks, ticked } from "../ticks.ts";
import { copyText } from "./copy.ts";
import { downloadCsv } from "./csv.ts";
import { compareLinks, compareWay, say } from "./page.ts";

export function mountTray(): void {
  const place = document.createElement("div");
  place.className = "tray-place";
  document.body.append(place);
  render(<Tray />, place);
}

function Tray(): VNode | null {
  const [ids, setIds] = useState(ticked());
  useEffect(() => onTicks(setIds), []);
  useEffect(() => say(ids.length === 0 ? "" : `${plural(ids.length, "run")} ticked`), [ids.length]);
  useEffect(() => {
    document.body.classList.toggle("has-tray", ids.length > 0);
  }, [ids.length]);
  useEffect(() => {
    const address = compareWay(ids);
    for (const link of compareLinks()) link.setAttribute("href", address);
  }, [ids]);
  if (ids.length === 0) return null;
  return (
    <section class="tray" aria-label="Ticked runs">
      <span class="count">{plural(ids.length, "run")}</span>
      <a class="button primary" href={compareWay(ids)}>
        Compare
      </a>
      <Action text="Copy ids" does={() => copyText(ids.join(" "))} done="Copied" failed="Not allowed" />
      <Action text="CSV" does={() => downloadCsv(ids)} done="Saved" failed="Did not load" />
      <button type="button" class="bare" onClick={clearTicks}>
        Clear
      </button>
    </section>
  );
}

interface ActionProps {
  readonly text: string;
  readonly does: () => Promise<boolean>;
  readonly done: string;
  readonly failed: string;
}

/** Says for a moment how it went. */
function Action({ text, does, done, failed }: ActionProps): VNode {
  const [said, setSaid] = useState<string>();
  const press = async (): Promise<void> => {
    const result = (await does()) ? done : failed;
    setSaid(result);
    say(result);
    setTimeout(() => setSaid(undefined), 2000);
  };
  return (
    <button type="button" class="bare" onClick={() => void press()}>
      {said ?? text}
    </button>
  );
}
