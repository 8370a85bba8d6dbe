// The search field with its list: a combobox that opens the run that was chosen.

import { render, type VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { plural } from "../../../src/report/counts.ts";
import { GlyphMark } from "../../pages/parts/run.tsx";
import { ownStudy, way } from "./page.ts";
import { loadSearch, type SearchData, searchData } from "./search-data.ts";
import { type SearchFound, type SearchRun, searchRuns } from "./search-rank.ts";

export interface SearchOptions {
  readonly label: string;
  readonly hint: string;
  /** The key that leads here is shown in the field. */
  readonly slash: boolean;
}

/** A list of our own, not one that the browser draws. */
const ownList = { list: undefined } as const;
const most = 12;
let fields = 0;

export function mountSearch(place: Element, options: SearchOptions): void {
  fields += 1;
  render(<Search {...options} id={`search-${fields}`} />, place);
}

function Search({ label, hint, slash, id }: SearchOptions & { readonly id: string }): VNode {
  const [words, setWords] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [, setLoaded] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const data = searchData();
  const found = searchRuns(data.entries, words, most);
  const shown = open && words.trim() !== "";
  const at = Math.min(active, found.runs.length - 1);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at, words]);
  const close = (): void => {
    setOpen(false);
    setWords("");
    field.current?.blur();
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && found.runs.length > 0) setActive((at + step + found.runs.length) % found.runs.length);
    else if (event.key === "Enter") follow(box.current, event);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  return (
    <div
      class="finder-box"
      ref={box}
      onFocusOut={(event) => {
        if (!(event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget))) setOpen(false);
      }}
    >
      <input
        ref={field}
        type="search"
        role="combobox"
        {...ownList}
        aria-label={label}
        aria-expanded={shown}
        aria-controls={id}
        aria-autocomplete="list"
        {...(shown && at >= 0 ? { "aria-activedescendant": `${id}-${at}` } : {})}
        {...(slash ? { "aria-keyshortcuts": "/" } : {})}
        placeholder={hint}
        autocomplete="off"
        spellcheck={false}
        value={words}
        onFocus={() => {
          setOpen(true);
          loadSearch(() => setLoaded((times) => times + 1));
        }}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={press}
      />
      {slash && (
        <span class="key" aria-hidden="true">
          /
        </span>
      )}
      <Results {...{ id, words, found, data, at, shown }} />
    </div>
  );
}

/** Enter opens the run, or with Ctrl, Cmd or Shift a new page of it. */
function follow(box: Element | null, { ctrlKey, metaKey, shiftKey }: KeyboardEvent): void {
  const link = box?.querySelector<HTMLAnchorElement>('[aria-selected="true"]');
  if (link === null || link === undefined) return;
  if (ctrlKey || metaKey || shiftKey) window.open(link.href, "_blank", "noopener");
  else location.href = link.href;
}

interface ResultsProps {
  readonly id: string;
  readonly words: string;
  readonly found: SearchFound;
  readonly data: SearchData;
  /** Which one is active. */
  readonly at: number;
  readonly shown: boolean;
}

function Results({ id, words, found, data, at, shown }: ResultsProps): VNode {
  return (
    <div class="hits" hidden={!shown}>
      <div role="listbox" id={id} aria-label="Runs">
        {shown && found.runs.map((run, place) => <Result key={run.id} run={run} id={`${id}-${place}`} active={place === at} />)}
      </div>
      <p class="meta" role="status">
        {shown ? statusText(words, found, data) : ""}
      </p>
      {shown && data.missing.length > 0 && <p class="meta">Did not load: {data.missing.join(", ")}.</p>}
      {shown && data.complete && (
        <p class="meta">
          <a href={way(logAddress(words))}>Filter the log by these words</a>
        </p>
      )}
    </div>
  );
}

function Result({ run, id, active }: { readonly run: SearchRun; readonly id: string; readonly active: boolean }): VNode {
  return (
    <a role="option" id={id} aria-selected={active} tabIndex={-1} class="hit" href={way(run.address)}>
      <GlyphMark glyph={run.glyph} /> <span class="id">{run.id}</span> <span class="title">{run.title}</span>
      {run.tags.length > 0 && <span class="tags">{run.tags.join(" ")}</span>}
    </a>
  );
}

function statusText(words: string, { runs, count }: SearchFound, { complete, entries, missing }: SearchData): string {
  const more = complete ? "" : " so far";
  if (count === 0 && complete && entries.length === 0 && missing.length > 0) return "The runs could not be loaded.";
  if (count === 0) return complete ? `No run matches “${words.trim()}”.` : `Loading the runs…`;
  return `${count > runs.length ? `${runs.length} of ` : ""}${plural(count, "run")}${more}`;
}

/** In the log of this study, else of the first one: its filter also reads what the list does not show. */
function logAddress(words: string): string {
  const studies = window.journal?.site?.studies ?? [];
  const own = studies.find(({ name }) => name === ownStudy()) ?? studies[0];
  return `${own?.folder ?? ""}log.html#where=${encodeURIComponent(`text ~ ${JSON.stringify(words.trim())}`)}`;
}
