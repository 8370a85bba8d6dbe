// What other tools' bytes say, in one shape whatever the tool, and what every decoder is.

import type { Json } from "../record/tree.ts";

export interface Point {
  readonly kind: "point";
  /** As the tool calls it: may hold `/`, spaces, any letter. */
  readonly name: string;
  /** NaN and the infinities as they are. */
  readonly value: number;
  /** As printed behind the value; a percentage is a fraction already. */
  readonly unit?: string;
  readonly step?: number;
  readonly epoch?: number;
  /** Milliseconds since 1970. */
  readonly time?: number;
}

export interface Parameter {
  readonly kind: "parameter";
  /** Dotted where the tool nests: `optimizer.lr`. */
  readonly name: string;
  readonly value: Json;
  /** As written, where that says more than the value: `3e-4`. */
  readonly text?: string;
  readonly from: "flag" | "default" | "file" | "logger" | "output";
}

export type FactName =
  | "id"
  | "title"
  | "notes"
  | "tags"
  | "group"
  | "started"
  | "ended"
  | "seconds"
  | "exit"
  | "status"
  | "deleted"
  | "commit"
  | "branch"
  | "remote"
  | "host"
  | "user"
  | "command"
  | "python"
  | "gpu"
  | "cpu";

export interface Fact {
  readonly kind: "fact";
  readonly name: FactName;
  /** `started` and `ended` are milliseconds since 1970; `status` is a word of the format: finished, running, failed, lost. */
  readonly value: Json;
}

/** Something that could not be read: a truncated record, a checksum that does not match. The rest goes on. */
export interface Fault {
  readonly kind: "fault";
  readonly message: string;
  /** Of the byte, from the start of the file. */
  readonly offset?: number;
  /** 1-based. */
  readonly line?: number;
}

export type Item = Point | Parameter | Fact | Fault;

/** The items are the same however the bytes are cut; memory stays bounded however many there are. */
export interface Decoder {
  push(bytes: Uint8Array): readonly Item[];
  /** What only the end tells; called once. */
  end(): readonly Item[];
}

export function fault(message: string, place: { readonly offset?: number; readonly line?: number } = {}): Fault {
  return { kind: "fault", message, ...place };
}
