// The field that adds a run: by full id, short id, number or a word of the title.

import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { findRuns } from "./find.ts";
import type { Found } from "./rank.ts";

const enough = 8;

export function Finder({ add }: { readonly add: (id: string) => void }): VNode {
  const [found, setFound] = useState<readonly Found[]>([]);
  const [said, setSaid] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const look = async (words: string): Promise<readonly Found[]> => {
    const runs = words.trim() === "" ? [] : (await findRuns(words)).slice(0, enough);
    if (field.current?.value === words) setFound(runs);
    return runs;
  };
  const choose = (id: string): void => {
    if (field.current !== null) field.current.value = "";
    setFound([]);
    setSaid(`${id} added`);
    add(id);
  };
  const submit = async (): Promise<void> => {
    const words = field.current?.value ?? "";
    const [first] = await look(words);
    if (first !== undefined) choose(first.id);
    else if (words.trim() !== "") setSaid(`No run for ${words}`);
  };
  return (
    <form
      class="finder"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label>
        Add a run{" "}
        <input
          ref={field}
          type="search"
          placeholder="number, id or title"
          autocomplete="off"
          onInput={(event) => void look(event.currentTarget.value)}
        />
      </label>
      <button type="submit">Add</button>
      <span class="meta" role="status">
        {said}
      </span>
      {found.length > 0 && (
        <ul>
          {found.map(({ id, title }) => (
            <li key={id}>
              <button type="button" class="quiet" onClick={() => choose(id)}>
                <span class="id">{id}</span> {title}
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
