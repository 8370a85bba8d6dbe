// The system's own Chromium; playwright-core brings none.

import { existsSync } from "node:fs";

const places = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Absent where none is installed. */
export const program: string | undefined = places.find((place) => place !== undefined && existsSync(place));
