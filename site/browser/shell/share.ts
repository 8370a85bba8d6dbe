// What several scripts of a page need is there once: the shell, which every page has, brings it, and scripts/build.mjs lets the other
// scripts find it here. Whoever needs more of preact adds its name.

import { Fragment, render } from "preact";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { jsx, jsxs } from "preact/jsx-runtime";
import {
  decimalsOf,
  durationUnit,
  formatBeside,
  formatDelta,
  formatNumber,
  formatQuantity,
  formatReading,
  withUnit,
} from "../../../src/record/format.ts";
import { loadShards } from "../data.ts";
import { clearTicks, onTicks, tick, ticked } from "../ticks.ts";

export function shareParts(): void {
  window.journal ??= {};
  window.journal.parts = {
    preact: { Fragment, render },
    "preact/hooks": { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState },
    "preact/jsx-runtime": { Fragment, jsx, jsxs },
    data: { loadShards },
    ticks: { clearTicks, onTicks, tick, ticked },
    format: { decimalsOf, durationUnit, formatBeside, formatDelta, formatNumber, formatQuantity, formatReading, withUnit },
  };
}
