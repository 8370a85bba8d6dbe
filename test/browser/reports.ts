// A journal with reports, views, live blocks and charts: right ones, wrong ones and hostile ones.

const run = (number: number, value: string, more = ""): readonly [string, string] => {
  const id = `EXP00${number}-${"abcdefghjk"[number]?.repeat(4)}`;
  const front = `id: ${id}\ntitle: Run ${number} of a long and winding title that goes on\ndate: 2026-11-0${number}\nstatus: finished\nconfig: { lr: 0.${number}, opt: adam }\nmetrics: { val_accuracy: ${value}, val_loss: 0.${number} }\n${more}`;
  return [`experiments/${id}-run.md`, `---\n${front}---\n\n\`\`\`journal compare\nruns: [EXP001, EXP002]\n\`\`\`\n`];
};

const fence = (info: string, body: string): string => `\`\`\`${info}\n${body}\n\`\`\`\n\n`;
const evil = "<script>alert(1)</script><img src=x onerror=alert(1)>";
const blocks = [
  fence("journal table", "where: decision:keep\ncolumns: [title, changes, val_accuracy, val_loss, lr, opt, date, experimenter, base]"),
  fence("journal chart", ""),
  fence("journal chart", "title: By rate\ncolumns: [lr, val_accuracy]"),
  fence("journal compare", "runs: [EXP001, EXP002, EXP003, EXP004]"),
  fence("journal best", ""),
  fence("journal impact", ""),
  fence(
    "vega-lite",
    "title: Own\nmark: point\nencoding: { x: { field: date, type: temporal }, y: { field: val_accuracy, type: quantitative }, color: { field: decision } }",
  ),
  fence("journal chart", "file: share"),
];
const wrong = [
  fence("journal tabel", ""),
  fence("journal table", `where: "${evil}"\ntitle: "${evil}"`),
  fence("journal table", "columns: [lr, los]\nlimit: many"),
  fence("journal table", "as_of: deadbeef"),
  fence("vega-lite", `{"data": {"url": "https://evil.example/x.json"}, "mark": "bar"}`),
  fence(
    "vega-lite",
    `{"title": ${JSON.stringify(evil)}, "mark": {"type": "text", "text": ${JSON.stringify(evil)}}, "encoding": {"x": {"field": "id", "title": ${JSON.stringify(evil)}}}}`,
  ),
  fence(
    "vega-lite",
    `mark: bar\ntransform: [{ calculate: "'ur' + 'l(https://evil.example/a#b)'", as: c }]\nencoding: { x: { field: lr, type: quantitative }, color: { field: c, scale: null } }`,
  ),
];
const wide = `| ${Array.from({ length: 30 }, (_, at) => `column ${at}`).join(" | ")} |\n|${"---|".repeat(30)}\n| ${"1 | ".repeat(30)}\n`;
const prose = `Words, EXP001 and EXP002. ${evil} {{ x }} \${y} <lr>\n\nEXP001 has 12.3% val_accuracy.\n\n[a](../experiments/README.md) [b](none.md) ![c](https://evil.example/y.png) ![d](none.png)\n\n- [ ] a task\n\n[^1]\n\n[^1]: A note.\n\n${"longword".repeat(40)}\n\n\`\`\`\n${"code ".repeat(60)}\n\`\`\`\n\n`;

export const reportSettings: string = `title: Reports
metrics: { val_accuracy: { goal: max, unit: "%" } }
study: { primary: val_accuracy }
views:
  keeps: { where: decision:keep, sort: -date, columns: [title, changes, val_accuracy] }
  wrong: { where: "nonsense >", columns: [los] }
`;

export const reports: Readonly<Record<string, string>> = {
  ...Object.fromEntries([
    run(1, "80%"),
    run(2, "82%", "base: EXP001-bbbb\ndecision: keep\n"),
    run(3, "81%", "base: EXP002-cccc\ndecision: discard\n"),
    run(4, "84%", "base: EXP002-cccc\ndecision: keep\n"),
  ]),
  "experiments/README.md": `# Reports\n\n${prose}${blocks.join("")}## Conclusion\n\nIt works.\n`,
  "reports/right.md": `---\ntitle: What we learnt\ndate: 2026-11-09\nauthor: Ada\n---\n${prose}${blocks.join("## A heading\n\n")}${wide}`,
  "reports/wrong.md": `---\ntitle: ${JSON.stringify(evil)}\nauthor: ${JSON.stringify(evil)}\n---\n${wrong.join("")}`,
  "charts/share.vl.yaml": "title: Share\nmark: bar\nencoding: { x: { field: decision }, y: { aggregate: count } }\n",
  "charts/broken.vl.json": '{"mark": ',
};
