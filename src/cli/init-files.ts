// The texts that `journal init` writes.

/** A whole file, or lines that a file must have. */
export type Addition = { readonly path: string; readonly text: string } | { readonly path: string; readonly lines: readonly string[] };

export const ignores: readonly string[] = ["# journal: cache and live runs; the built site", ".journal/", "_site/"];

export const attributes = (lines: readonly string[]): readonly string[] => [
  "# journal: merge runs by key and section; each clone runs `journal merge-driver --install`",
  ...lines,
];

/** Everything has a default, so all but the title, and what nobody wants to be a change, is an example. */
export const settingsText = (title: string): string => `title: ${quoted(title)}
ignore: [seed] # never a change: runs that differ in it alone are repeats of one configuration

# Everything below has a working default. Take away the \`#\` where you want to say more.
#
# metrics:
#   val_accuracy: { goal: max, unit: "%", min_effect: 0.3pp, label: Validation accuracy }
#   training_time: { goal: min }
# parameters:
#   batch_size: { category: Batch Size, scale: log }
# study:
#   question: What do we want to find out?
#   primary: val_accuracy
#   goals: { accuracy: max val_accuracy, speed: min training_time }
`;

/** Plain YAML where nothing in it could be read as more than text. */
const quoted = (title: string): string =>
  /^[A-Za-z][\w ()/.-]*$/.test(title) && !/^(?:true|false|null|yes|no|on|off)$/i.test(title) && title === title.trim()
    ? title
    : JSON.stringify(title);

export const readme = (title: string): string => `# ${title.replace(/\s+/g, " ")}

What is this journal to find out, and what is known so far? Write it here. \`journal index\` puts the tables below and leaves this text alone.
`;
