// The Vega runtime with its interpreter, for charts that were compiled at build. Loaded when a reader first touches a chart.

import { parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";

/** Programs only: a View that lay on the window could be reached from expressions. */
export interface Vega {
  readonly parse: typeof parse;
  readonly View: typeof View;
  readonly expressionInterpreter: typeof expressionInterpreter;
}

declare global {
  interface Window {
    journalVega?: Vega;
  }
}

window.journalVega = { parse, View, expressionInterpreter };
