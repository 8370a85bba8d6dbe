// A new run from the wishes of the command line and what its base says.

import { isoDateTime } from "../base/time.ts";
import type { Parameter } from "../formats/item.ts";
import type { NewRun } from "../record/new-run.ts";
import type { StudySettings } from "../record/settings.ts";
import type { Journal } from "../store/journal.ts";
import type { Assignment } from "./assignments.ts";
import { type Bases, readBase } from "./bases.ts";
import type { Io } from "./io.ts";
import { readExperimenter, readMachine } from "./machine.ts";
import { otherEra } from "./messages.ts";
import { metricText } from "./metric-text.ts";
import { planCaptured, planConfig, planMetrics } from "./plan-run.ts";

export interface Wishes {
  readonly title: string;
  readonly status: NewRun["status"];
  readonly set: readonly Assignment[];
  /** Whether the configuration begins as the base's. */
  readonly inherit: boolean;
  readonly captured?: readonly Parameter[];
  readonly date?: string | undefined;
  /** Asked of git where it is not given. */
  readonly experimenter?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly hypothesis?: string | undefined;
  readonly motivation?: readonly string[] | undefined;
  readonly protocol?: string | undefined;
  readonly more?: NewRun["more"] & {};
}

export function draftRun(journal: Journal, study: StudySettings, wishes: Wishes, bases: Bases, io: Io): Omit<NewRun, "id"> {
  const protocol = wishes.protocol ?? study.protocols.at(-1)?.name;
  const file = bases.files[0];
  const base = file === undefined ? undefined : readBase(journal, file);
  const sameEra = file === undefined || (file.run.protocol ?? study.protocols[0]?.name) === protocol;
  if (file !== undefined && !sameEra) io.warn(otherEra(file.run.id, protocol));
  const wished = wishes.inherit ? planConfig(base, wishes.set, study.ignore) : { config: {}, changes: [], warnings: [] };
  const { config, changes, warnings } = planCaptured(file, wished, wishes.captured ?? [], study.ignore);
  for (const warning of [...wished.warnings, ...warnings]) io.warn(warning);
  const experimenter = "experimenter" in wishes ? wishes.experimenter : readExperimenter(io, journal.root);
  const { tags, hypothesis, motivation } = wishes;
  return {
    title: wishes.title,
    date: wishes.date ?? isoDateTime(io.now()),
    ...(experimenter === undefined ? {} : { experimenter }),
    status: wishes.status,
    ...(tags === undefined ? {} : { tags }),
    ...(hypothesis === undefined ? {} : { hypothesis }),
    ...(bases.files.length === 0 ? {} : { base: bases.files.map(({ run }) => run.id) }),
    ...(protocol === undefined ? {} : { protocol }),
    config,
    changes,
    metrics: sameEra ? planMetrics(base, (metric) => metricText(metric, study.metrics)) : [],
    hardware: readMachine(),
    ...(wishes.more === undefined ? {} : { more: wishes.more }),
    ...(motivation === undefined ? {} : { prose: { motivation } }),
  };
}
