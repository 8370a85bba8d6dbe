// The filter: one line of text that completes names and values, the place of a mistake under it, and its parts as chips.

import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../../src/base/problem.ts";
import { accept, type Completion, complete, type Known, type Word } from "./complete.ts";
import { fixOf } from "./fix.ts";
import { Prose } from "./prose.tsx";

export interface BoxProps {
  readonly where: string;
  readonly problem: Problem | undefined;
  readonly known: Known;
  readonly change: (where: string, passing: boolean) => void;
}

const list = { list: undefined } as const;

/** The completions at the cursor, and how a key or a press takes one. */
function useWords({ where, known, change }: Omit<BoxProps, "problem">) {
  const field = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<Completion>();
  const [active, setActive] = useState(-1);
  const typed = useRef(where);
  const next = useRef<number | undefined>(undefined);
  const close = (): void => setFound(undefined);
  const look = (text: string, caret: number): void => {
    setFound(text === "" ? undefined : complete(text, caret, known));
    setActive(-1);
  };
  const type = (text: string, caret: number): void => {
    typed.current = text;
    change(text, true);
    look(text, caret);
  };
  const take = (word: Word): void => {
    if (found === undefined) return;
    const { text, caret } = accept(where, found, word, tailOf(word, where.slice(0, found.start)));
    next.current = caret;
    type(text, caret);
  };
  useLayoutEffect(() => {
    // The cursor stands behind what was taken; a filter that came from elsewhere completes nothing.
    if (next.current !== undefined) field.current?.setSelectionRange(next.current, next.current);
    else if (typed.current !== where) close();
    next.current = undefined;
  }, [where]);
  const press = (event: KeyboardEvent): void => {
    const words = found?.words ?? [];
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const word = words[active];
    if (step !== 0 && words.length > 0) setActive((active + step + words.length + (active === -1 && step === -1 ? 1 : 0)) % words.length);
    else if (event.key === "ArrowDown") look(where, field.current?.selectionStart ?? where.length);
    else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && word !== undefined) take(word);
    else if (event.key === "Enter") {
      close();
      change(where, false);
    } else if (event.key === "Escape" && found !== undefined) close();
    else if (event.key === "Escape") field.current?.blur();
    else return;
    event.preventDefault();
  };
  return { field, found, active, close, type, take, press };
}

export function Box({ where, problem, known, change }: BoxProps): VNode {
  const { field, found, active, close, type, take, press } = useWords({ where, known, change });
  const rests = useRest(where);
  const mistake = rests && found === undefined ? problem : undefined;
  return (
    <div class="query">
      <input
        ref={field}
        type="text"
        role="combobox"
        {...list}
        data-filter
        aria-label="Filter"
        aria-expanded={found !== undefined}
        aria-controls="log-words"
        aria-autocomplete="list"
        aria-keyshortcuts="f"
        {...(active >= 0 && found !== undefined ? { "aria-activedescendant": `log-word-${active}` } : {})}
        {...(mistake === undefined ? {} : { "aria-invalid": true, "aria-describedby": "log-problem" })}
        placeholder="Filter: val_accuracy > 87% and tag:x"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={where}
        onInput={({ currentTarget: { value, selectionStart } }) => type(value, selectionStart ?? value.length)}
        onKeyDown={press}
        onBlur={() => {
          close();
          change(where, false);
        }}
      />
      <Words found={found} active={active} take={take} />
      {mistake !== undefined && <Mistake problem={mistake} where={where} change={change} />}
    </div>
  );
}

const patience = 500;

/** Whether the text has stayed the same for a moment: half a word is no mistake yet. */
function useRest(text: string): boolean {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), patience);
    return () => clearTimeout(timer);
  }, [text]);
  return rested === text;
}

/** After a name an operator is next, after a value a blank. */
function tailOf({ hint, text }: Word, before: string): string {
  if (/[<>=~:≤≥≠]\s*"?$/.test(before)) return " ";
  return hint === "" && text !== "text" && text !== "title" && text !== "date" ? ":" : " ";
}

interface WordsProps {
  readonly found: Completion | undefined;
  readonly active: number;
  readonly take: (word: Word) => void;
}

function Words({ found, active, take }: WordsProps): VNode {
  return (
    <div id="log-words" role="listbox" aria-label="Completions" hidden={found === undefined}>
      {found?.words.map((word, at) => (
        <div
          key={word.text}
          id={`log-word-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          onPointerDown={(event) => {
            event.preventDefault();
            take(word);
          }}
        >
          <span>{word.text}</span> <span class="hint">{word.hint}</span>
        </div>
      ))}
    </div>
  );
}

interface MistakeProps {
  readonly problem: Problem;
  readonly where: string;
  readonly change: (where: string, passing: boolean) => void;
}

/** The text again with carets under the place, what is wrong, and what was probably meant, to press. */
function Mistake({ problem, where, change }: MistakeProps): VNode {
  const [shown = "", carets = "", ...hints] = (problem.hint ?? "").split("\n");
  const fix = fixOf(problem, where);
  // Right below the box the text need not be said again, unless it was cut to show the place.
  return (
    <div class="mistake" id="log-problem" role="status">
      <pre aria-hidden="true">{shown === where ? carets : `${shown}\n${carets}`}</pre>
      <p>
        <Prose text={sentence(problem.message)} />{" "}
        {fix === undefined ? (
          hints.length > 0 && (
            <span class="muted">
              <Prose text={sentence(hints.join(" "))} />
            </span>
          )
        ) : (
          <button type="button" onClick={() => change(fix.where, false)}>
            {fix.text}
          </button>
        )}
      </p>
    </div>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!)]$/.test(text) ? "" : "."}`;
}
