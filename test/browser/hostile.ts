// Runs whose every field tries something.

const payloads = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '\\"><svg onload=alert(1)>',
  "javascript:alert(1)",
  "{{ constructor.constructor('alert(1)')() }}",
  "${alert(1)}",
  "{% raw %}<lr>{% endraw %}",
  "</title></script><script>alert(1)</script>",
  "&lt;b&gt; \\u202e evil",
  "' onmouseover='alert(1)",
];

const file = (number: number, payload: string): readonly [string, string] => {
  const id = `EXP${String(number).padStart(3, "0")}-zzz${number % 10}`;
  const text = `"${payload}"`;
  const front = [
    `id: ${id}`,
    `title: ${text}`,
    `date: 2026-11-${String(number + 1).padStart(2, "0")}`,
    `experimenter: ${text}`,
    "status: finished",
    `tags: [${text}, ok]`,
    `hypothesis: ${text}`,
    ...(number > 1 ? ["base: EXP001-zzz1"] : []),
    `config: { ${text}: ${number}, lr: ${text}, size: ${number} }`,
    `metrics: { val_accuracy: 8${number}%, ${text}: ${number} }`,
    `hardware: { gpu: ${text}, cpu: ${text} }`,
    `software: { ${text}: ${text} }`,
    `decision: ${number % 2 === 0 ? "keep" : "discard"}`,
    `reason: ${text}`,
    `run: { command: [python, ${text}], cwd: /home/somebody/secret }`,
    `artifacts: [ { path: ${text}, role: ${text} } ]`,
  ];
  const plain = JSON.parse(text) as string;
  const body = `## Observations\n### What worked\n- ${plain}\n\n## Next steps\n- [ ] ${plain}\n\n[x](javascript:alert(2)) ![y](https://evil.example/y.png)\n\n\`\`\`vega-lite\n{"data": {"url": "https://evil.example/data.json"}, "mark": "bar"}\n\`\`\`\n`;
  return [`experiments/${id}-x.md`, `---\n${front.join("\n")}\n---\n${body}`];
};

export const hostile: Readonly<Record<string, string>> = Object.fromEntries(payloads.map((payload, at) => file(at + 1, payload)));
