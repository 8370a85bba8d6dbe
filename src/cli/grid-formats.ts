// The list for other programs: markdown for a pull request, CSV for a spreadsheet, LaTeX for a paper.

import { safeLine } from "../base/terminal.ts";
import { csvLine } from "../report/csv.ts";
import { toMarkdown } from "../report/markdown.ts";
import type { Grid } from "./grid.ts";

type Print = (grid: Grid) => string;

const markdown: Print = ({ columns, rows }) =>
  `${toMarkdown({
    name: "list",
    title: "",
    columns: columns.map(({ name, label, number }) => ({ key: name, label, align: number ? "right" : "left" })),
    rows: rows.map((row) => row.map(({ text }) => ({ text: safeLine(text) }))),
    notes: [],
    empty: "No run matches.",
  })}\n`;

/** With numbers in full. */
const csv: Print = ({ columns, rows }) =>
  [columns.map(({ name }) => name), ...rows.map((row) => row.map(({ value, text }) => value ?? text))].map(csvLine).join("");

const latex: Print = ({ columns, rows }) =>
  [
    `\\begin{tabular}{${columns.map(({ number }) => (number ? "r" : "l")).join("")}}`,
    "\\hline",
    latexRow(columns.map(({ label }) => label)),
    "\\hline",
    ...rows.map((row) => latexRow(row.map(({ text }) => text))),
    "\\hline",
    "\\end{tabular}",
    "",
  ].join("\n");

const latexRow = (cells: readonly string[]): string => `${cells.map((text) => escapeLatex(safeLine(text))).join(" & ")} \\\\`;

const latexMarks: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "→": "$\\rightarrow$",
  "±": "$\\pm$",
  "–": "--",
  "—": "---",
  "−": "$-$",
  "≈": "$\\approx$",
  "×": "$\\times$",
  "≤": "$\\leq$",
  "≥": "$\\geq$",
  "…": "\\dots{}",
  "|": "\\textbar{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
};

const escapeLatex = (text: string): string => text.replace(/[\\~^→±–—−≈×≤≥…|<>&%$#_{}]/g, (mark) => latexMarks[mark] ?? `\\${mark}`);

export const formats: Readonly<Record<"markdown" | "csv" | "latex", Print>> = { markdown, csv, latex };
