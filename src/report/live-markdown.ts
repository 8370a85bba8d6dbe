// A live block as markdown, for readers of the file itself: its table, or the data of its chart, and what was counted.

import type { LiveView } from "./live-view.ts";
import { type Link, toMarkdown } from "./markdown.ts";
import type { Table } from "./table.ts";

export function liveMarkdown({ table, chart, said, problems }: LiveView, link: Link): string {
  const shown: Table | undefined = table ?? chart?.data;
  const sentence = said.map((words) => words.map(({ text, code }) => (code === true ? codeOf(text) : text)).join("")).join(", ");
  const parts = [
    ...problems.map(({ message }) => `**Not shown:** ${plain(message)}.`),
    ...(shown === undefined ? [] : [toMarkdown(shown, link)]),
    ...(sentence === "" ? [] : [`${sentence}.`]),
  ];
  return parts.join("\n\n");
}

/** A span that holds any text. */
function codeOf(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const room = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${room}${line}${room}${fence}`;
}

/** What would be a mark of markdown is only a sign. */
const plain = (text: string): string => text.replace(/\s+/g, " ").replace(/[<>*_[\]\\]/g, (sign) => `\\${sign}`);
