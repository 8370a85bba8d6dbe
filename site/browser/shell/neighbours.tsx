// On a run's page: the runs before and after it, and where it stands among all of them.

import { render, type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { pageName } from "../../../src/base/address.ts";
import { formatDelta } from "../../../src/record/format.ts";
import { countText } from "../../../src/report/counts.ts";
import { type OrderData, orderAddress } from "../../../src/report/order-data.ts";
import { GlyphMark } from "../../pages/parts/run.tsx";
import { loadScript } from "../script.ts";
import { onTicks, tick, ticked } from "../ticks.ts";
import { glyphNamed } from "./glyphs.ts";
import { way } from "./page.ts";
import { rankIn } from "./rank.ts";

export function mountNeighbours(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-island="run-neighbours"]')) {
    const id = place.dataset["id"];
    if (id !== undefined) void mountOne(place, id);
  }
}

async function mountOne(place: HTMLElement, id: string): Promise<void> {
  const study = document.body.dataset["study"] ?? "";
  try {
    if (window.journal?.orders?.[study] === undefined) await loadScript(orderAddress(study));
  } catch {
    // The page says everything else.
  }
  render(<Neighbours id={id} order={window.journal?.orders?.[study]} />, place);
}

function Neighbours({ id, order }: { readonly id: string; readonly order: OrderData | undefined }): VNode {
  const place = order?.ids.indexOf(id) ?? -1;
  return (
    <nav class="neighbours" aria-label="Other runs">
      {order !== undefined && place !== -1 && (
        <>
          <Neighbour order={order} place={place - 1} word="Previous" rel="prev" />
          <Neighbour order={order} place={place + 1} word="Next" rel="next" />
          <Rank order={order} place={place} />
        </>
      )}
      <TickButton id={id} />
    </nav>
  );
}

interface NeighbourProps {
  readonly order: OrderData;
  readonly place: number;
  readonly word: string;
  readonly rel: string;
}

function Neighbour({ order, place, word, rel }: NeighbourProps): VNode | null {
  const id = order.ids[place];
  if (id === undefined) return null;
  return (
    <span class={rel}>
      {word} <GlyphMark glyph={glyphNamed(order.glyphs.charAt(place))} />{" "}
      <a class="id" rel={rel} href={way(`runs/${pageName(id)}.html`)}>
        {id}
      </a>
    </span>
  );
}

/** `Rank 3 of 126 by val accuracy, −0.6 pp on the best, EXP046` */
function Rank({ order, place }: { readonly order: OrderData; readonly place: number }): VNode | null {
  const found = rankIn(order, place);
  const { metric } = order;
  if (found === undefined || metric === undefined) return null;
  const best = found.best === undefined ? undefined : order.ids[found.best];
  const shown = { decimals: metric.decimals, screen: true };
  return (
    <span class="rank">
      Rank {countText(found.rank)} of {countText(found.of)} by {metric.label}
      {best !== undefined && found.bestValue !== undefined && found.best !== found.own && (
        <>
          , {formatDelta(found.bestValue, found.value, metric.unit, shown).absolute} on the best,{" "}
          <a class="id" href={way(`runs/${pageName(best)}.html`)}>
            {best}
          </a>
        </>
      )}
      {found.best === found.own && ", the best"}
    </span>
  );
}

function TickButton({ id }: { readonly id: string }): VNode {
  const [ids, setIds] = useState(ticked());
  useEffect(() => onTicks(setIds), []);
  const on = ids.includes(id);
  return (
    <button type="button" aria-pressed={on} onClick={() => tick([id], !on)}>
      {on ? "Ticked to compare" : "Tick to compare"}
    </button>
  );
}
