// The compare page in the browser.

import { mountCompare } from "./compare/view.tsx";

for (const place of document.querySelectorAll('[data-island="compare"]')) mountCompare(place);
