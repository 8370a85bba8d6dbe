// The Vega runtime with its interpreter, for charts that were compiled at build. Loaded when a reader first touches a chart.

import { parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";

declare global {
  interface Window {
    journalVega?: { parse: typeof parse; View: typeof View; expressionInterpreter: typeof expressionInterpreter };
  }
}

window.journalVega = { parse, View, expressionInterpreter };
