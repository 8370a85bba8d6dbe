// What a reader sees of the log as the part of its address behind `#`. The keys are those of a view in journal.yaml; what is as usual is
// left out, so that a plain view has a plain address.

export interface LogState {
  /** A filter, as typed. */
  readonly where: string;
  /** `-val_accuracy,date`; newest first where empty. */
  readonly sort: string;
  /** Names between commas; the usual ones where empty. */
  readonly columns: string;
  /** One name, or nothing. */
  readonly group: string;
  /** Ids between commas: these runs alone. */
  readonly runs: string;
}

export const plainState: LogState = { where: "", sort: "", columns: "", group: "", runs: "" };

const keys = ["where", "sort", "columns", "group", "runs"] as const;
const longest = 20_000;

/** Unknown keys are left alone, and an address that is damaged still shows what can be read of it. */
export function parseState(hash: string): LogState {
  const state: { -readonly [key in keyof LogState]: string } = { ...plainState };
  for (const part of hash.replace(/^#/, "").slice(0, longest).split("&")) {
    const at = part.indexOf("=");
    const key = keys.find((known) => known === part.slice(0, at));
    if (key !== undefined) state[key] = decode(part.slice(at + 1)).trim();
  }
  return state;
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** "" for a plain view, else from `#` on. */
export function stateHash(state: LogState): string {
  const parts = keys.filter((key) => state[key].trim() !== "").map((key) => `${key}=${encode(state[key].trim())}`);
  return parts.length === 0 ? "" : `#${parts.join("&")}`;
}

/** As readable as an address may be; half of a surrogate pair cannot be written. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"))
    .replaceAll("%20", "+")
    .replace(/%(?:2C|3A|2F)/g, decodeURIComponent);
}
