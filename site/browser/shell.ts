// On every page: the header's tools, tips, keys, the tray, and what the content asks for by a mark of its own.

import { onContent, onData } from "./content.ts";
import { mountCopy } from "./shell/copy.ts";
import { fillHeader, mountHeader } from "./shell/header.ts";
import { mountNeighbours } from "./shell/neighbours.tsx";
import { mountSearch } from "./shell/search.tsx";
import { forgetSearch } from "./shell/search-data.ts";
import { shareParts } from "./shell/share.ts";
import { mountShortcuts } from "./shell/shortcuts.ts";
import { mountTabs } from "./shell/tabs.ts";
import { mountTray } from "./shell/tray.tsx";
import { mountTips } from "./tip.ts";

shareParts();
mountHeader();
mountTips();
mountShortcuts();
mountTray();
onData(() => {
  forgetSearch();
  fillHeader();
});
onContent("shell", () => {
  mountCopy();
  mountTabs();
  mountNeighbours();
  for (const place of document.querySelectorAll('main [data-island="search"]'))
    mountSearch(place, { label: "Search runs", hint: "id, number, title, tag or note", slash: false });
});
