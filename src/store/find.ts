// From what somebody typed to the one run that is meant. File names carry ids, so a full id or a number costs one file.

import { relative, resolve, sep } from "node:path";
import { exits, JournalError } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { RunFile } from "../record/experiment.ts";
import { indexIds, resolve as resolveId } from "../record/reference.ts";
import { idOfName } from "./ids.ts";
import { ambiguous, noRun } from "./messages.ts";
import type { Place } from "./root.ts";

export interface Runs {
  readonly root: string;
  /** Where the person stands: paths are read from here first, then from the root. */
  readonly start: string;
  readonly places: readonly Place[];
  /** The id that the file itself says; nothing when it cannot be read. */
  idIn(place: Place): string | undefined;
  files(): readonly RunFile[];
}

/** Refuses with exit 3, naming the candidates. */
export function findPlace(reference: string, runs: Runs): Place {
  return byPath(reference, runs) ?? byName(reference, runs) ?? byContent(reference, runs);
}

function byPath(reference: string, { root, start, places }: Runs): Place | undefined {
  if (!reference.includes("/") && !reference.includes(sep) && !reference.endsWith(".md")) return undefined;
  const paths = [resolve(start, reference), resolve(root, reference)].map((path) => relative(root, path).split(sep).join("/"));
  return (
    places.find((place) => paths.includes(place.path)) ??
    only(
      reference,
      places.filter((place) => place.name === reference),
    )
  );
}

/** Believed only when the file itself agrees; and a number or a short id only when every name carries an id. */
function byName(reference: string, runs: Runs): Place | undefined {
  const near: { readonly id: string; readonly place: Place }[] = [];
  const wanted = reference.toLowerCase();
  const number = Number(/^#?[a-z]*-?(\d{1,9})/.exec(wanted)?.[1] ?? Number.NaN);
  let nameless = 0;
  for (const place of runs.places) {
    const named = idOfName(place.name);
    if (named === undefined) nameless++;
    else if (named.number === number || named.id.toLowerCase().startsWith(wanted)) near.push({ id: named.id, place });
  }
  if (nameless > 0 && !near.some(({ id }) => id === reference)) return undefined;
  const found = resolveId(
    reference,
    near.map(({ id }) => id),
  );
  if (!("id" in found)) return undefined;
  const same = near.filter(({ id }) => id === found.id).map(({ place }) => place);
  const place = only(reference, same);
  return place !== undefined && runs.idIn(place) === found.id ? place : undefined;
}

function byContent(reference: string, runs: Runs): Place {
  const files = runs.files();
  const found = resolveId(reference, indexIds(files));
  if ("id" in found) {
    const paths = new Set(files.filter((file) => file.run.id === found.id).map((file) => file.path));
    const place = only(
      reference,
      runs.places.filter(({ path }) => paths.has(path)),
    );
    if (place !== undefined) return place;
  } else if (found.candidates.length > 0) throw new JournalError(ambiguous(reference, found.candidates), exits.notFound);
  return byBrokenName(reference, runs, files);
}

/** A file that cannot be parsed is still found by its name, so that it can be shown and mended. */
function byBrokenName(reference: string, runs: Runs, files: readonly RunFile[]): Place {
  const readable = new Set(files.map((file) => file.path));
  const broken = new Map<string, Place>();
  for (const place of runs.places) if (!readable.has(place.path)) broken.set(idOfName(place.name)?.id ?? place.name.slice(0, -3), place);
  const found = resolveId(reference, broken.keys());
  const place = "id" in found ? broken.get(found.id) : undefined;
  if (place !== undefined) return place;
  if ("candidates" in found && found.candidates.length > 0) throw new JournalError(ambiguous(reference, found.candidates), exits.notFound);
  throw new JournalError(
    noRun(
      reference,
      suggest(
        reference,
        files.map((file) => file.run.id),
      ),
    ),
    exits.notFound,
  );
}

function only(reference: string, places: readonly Place[]): Place | undefined {
  if (places.length > 1)
    throw new JournalError(
      ambiguous(
        reference,
        places.map(({ path }) => path),
      ),
      exits.notFound,
    );
  return places[0];
}
