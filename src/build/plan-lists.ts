// Pages that there are once per journal: next, hardware, tags, people, problems, what is missing; the feed.

import { renderHardware } from "../../site/pages/hardware.tsx";
import { renderMissing } from "../../site/pages/missing.tsx";
import { renderNext } from "../../site/pages/next.tsx";
import { renderPeople } from "../../site/pages/people.tsx";
import { renderProblems } from "../../site/pages/problems.tsx";
import { renderTag, renderTags } from "../../site/pages/tags.tsx";
import { tagAddress } from "../base/address.ts";
import { sha256 } from "../base/hash.ts";
import { once } from "../base/once.ts";
import { asksOf } from "../report/asks.ts";
import { feedOf, renderFeed } from "../report/feed.ts";
import { hardwarePage, hardwareParts } from "../report/hardware-page.ts";
import { type MissingPage, missingPage } from "../report/missing-page.ts";
import { countNext, nextFacts, nextPage, nextParts } from "../report/next-page.ts";
import { countPages, pageAddress } from "../report/paging.ts";
import { peoplePage } from "../report/people-page.ts";
import { publicModel } from "../report/private.ts";
import { problemsPage } from "../report/problems-page.ts";
import { type TaggedStudy, tagNames, tagPage, tagParts, tagsOf, tagsPage, tagsParts } from "../report/tags-page.ts";
import type { SiteContext } from "./context.ts";
import { fromRoot } from "./from-root.ts";
import { weighedKey } from "./inputs-evidence.ts";
import { groupInputs, studyInputs } from "./inputs-rows.ts";
import { type Entry, keyOf } from "./plan.ts";
import { placesOf } from "./prose-links.ts";
import { runPages } from "./run-pages.ts";
import { problemsOf } from "./study-problems.ts";

export function planLists(site: SiteContext): readonly Entry[] {
  return [...planNext(site), ...planHardware(site), ...planTags(site), ...planPeople(site), ...planProblems(site), ...planRest(site)];
}

/** A model is made once for its key and its page, and let go of with the page. */
function entryOf<Model>(site: SiteContext, address: string, model: () => Model, render: (model: Model) => string): Entry {
  let made: { readonly model: Model } | undefined;
  const known = (): Model => {
    made ??= { model: publicModel(model(), site.journal.settings) };
    return made.model;
  };
  const make = (): string => {
    const page = render(known());
    made = undefined;
    return page;
  };
  return [address, { key: () => keyOf(known()), make }];
}

function planNext(site: SiteContext): readonly Entry[] {
  const studies = site.studies.map(({ study, title }) => {
    const asks = () => site.known(`asks ${study.settings.name}`, weighedKey(site, study), () => asksOf(study));
    return { study, title, asks };
  });
  const pages = once(() => nextParts(studies));
  return numbersTo(countNext(studies)).map((number): Entry => {
    const path = pageAddress("next", number);
    const frame = site.frame({ path, title: titleOf("Next", number), tab: "next" });
    const [address, planned] = entryOf(site, path, () => nextPage(studies, pages(), number, frame), renderNext);
    const key = (): string => {
      const page = pages()[number - 1];
      const facts = page && nextFacts(page);
      return facts === undefined ? (planned.key?.() ?? "") : keyOf(facts, frame, pages().length, site.journal.settings.site);
    };
    return [address, { ...planned, key }];
  });
}

const numbersTo = (last: number): readonly number[] => Array.from({ length: last }, (_, at) => at + 1);

const titleOf = (title: string, number: number): string => (number === 1 ? title : `${title}, page ${number}`);

function planHardware(site: SiteContext): readonly Entry[] {
  const pages = hardwareParts(site.studies);
  return pages.map(({ number }) => {
    const path = pageAddress("hardware", number);
    const frame = site.frame({ path, title: titleOf("Hardware", number) });
    return entryOf(site, path, () => hardwarePage(site.studies, pages, number, frame), renderHardware);
  });
}

function planTags(site: SiteContext): readonly Entry[] {
  const studies = site.studies.map(({ study, title, folder }) => ({
    study,
    title,
    log: `${folder}log.html`,
    names: once(() => tagsOf(study)),
  }));
  const names = studies.map(({ study }) => tagNames(study));
  const pages = once(() => tagsParts(studies));
  const several = studies.length > 1;
  return [
    ...numbersTo(countPages(names.map(({ size }) => size))).map((number): Entry => {
      const path = pageAddress("tags", number);
      const frame = site.frame({ path, title: titleOf("Tags", number) });
      return entryOf(site, path, () => tagsPage(pages(), number, { frame, several }), renderTags);
    }),
    ...[...new Set(names.flatMap((some) => [...some]))].map((tag): Entry => {
      const path = tagAddress(tag);
      const frame = once(() => site.frame({ path, title: `Tag ${tag}` }));
      const [address, { make }] = entryOf(site, path, () => tagPage(tag, studies, frame()), renderTag);
      return [address, { key: () => keyOf(frame(), tagInputs(site, tag, studies)), make }];
    }),
  ];
}

/** What the page of a tag shows: how many runs, and the newest of them. */
function tagInputs({ journal }: SiteContext, tag: string, studies: readonly TaggedStudy[]): readonly unknown[] {
  return tagParts(tag, studies).map(({ study, title, log, groups, shown }) => [
    title,
    log,
    groups.length,
    groups.filter(({ decision }) => decision === "keep").length,
    study.primary?.name,
    studyInputs(study, journal.settings),
    shown.map((group) => groupInputs(study, group)),
  ]);
}

function planPeople(site: SiteContext): readonly Entry[] {
  const studies = site.studies.map(({ study, title, folder }) => ({ study, title, log: `${folder}log.html` }));
  const frame = site.frame({ path: "people.html", title: "People" });
  return [entryOf(site, "people.html", () => peoplePage(studies, site.journal.settings, frame), renderPeople)];
}

function planProblems(site: SiteContext): readonly Entry[] {
  const frame = site.frame({ path: "problems.html", title: "Problems" });
  // Most problems are of runs, and to name every place of the site takes longer.
  const addressOf = (file: string): string | undefined => {
    const run = runPages(site).get(file);
    return run === undefined ? placesOf(site).pages.get(file) : `runs/${run}.html`;
  };
  const model = () => {
    const sections = [
      { title: "The journal", problems: problemsOf(site, undefined) },
      ...site.studies.map((at) => ({ study: at.study.settings.name, title: at.title, problems: problemsOf(site, at) })),
    ];
    return problemsPage({ frame, several: site.studies.length > 1, sections, addressOf });
  };
  return [entryOf(site, "problems.html", model, renderProblems)];
}

function planRest(site: SiteContext): readonly Entry[] {
  const { settings } = site.journal;
  const { url: _address, ...frame } = site.frame({ path: "404.html", title: "Not found" });
  const studies = site.studies.map(({ study }) => study);
  const root = rootOf(site);
  const render = (page: MissingPage): string => (root === undefined ? renderMissing(page) : fromRoot(renderMissing(page), root));
  return [
    entryOf(site, "404.html", () => missingPage(studies, frame), render),
    ["feed.xml", { make: () => renderFeed(feedOf(site.studies, settings), lastingId) }],
    [".nojekyll", { key: () => "empty", make: () => "" }],
  ];
}

/** Where the site lies on its host: `/lab/`. `serve` sees to that itself. */
function rootOf({ journal, live }: SiteContext): string | undefined {
  const { url } = journal.settings.site;
  if (url === undefined || live) return undefined;
  const path = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? "";
  return `${path.replace(/\/+$/, "").split("/").map(encodePart).join("/")}/`;
}

/** What is encoded already stays so. */
const encodePart = (part: string): string => encodeURIComponent(part).replace(/%25(?=[0-9a-f]{2})/gi, "%");

/** A name for ever, from what never changes. */
function lastingId(name: string): string {
  const hex = sha256(`journal ${name}`);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
