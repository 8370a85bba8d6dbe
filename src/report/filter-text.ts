// Links into the log: what a page asks for, as the filter would be typed.

const plainName = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** `config.batch_size`, `config."learning rate"`: a name that can be nothing else. */
export function filterName(name: string, scope: "config" | "metric"): string {
  return `${scope}.${plainName.test(name) ? name : quoted(name)}`;
}

/** `changed = "batch_size"` */
export const filterTerm = (name: string, operator: "=" | "~", value: string): string => `${name} ${operator} ${quoted(value)}`;

/** The log of a study with this filter; nothing else in the view. */
export function logAddress(folder: string, where: string): string {
  return `${folder}log.html#where=${encodeURIComponent(where.replace(/\p{Surrogate}/gu, "\ufffd"))}`;
}
