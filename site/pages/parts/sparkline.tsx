// A word-sized picture of how the best so far went.

import type { VNode } from "preact";
import type { Sparkline as SparklineModel } from "../../../src/report/sparkline.ts";

export function Sparkline({ spark }: { readonly spark: SparklineModel }): VNode {
  const { width, height, line, open, baseline, dots, label } = spark;
  return (
    <svg
      class={open ? "spark open" : "spark"}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {baseline !== undefined && <path class="base" d={`M0 ${baseline}H${width}`} />}
      {line !== undefined && <path class="line" d={line} />}
      {dots.map(({ x, y }) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="2.5" />
      ))}
    </svg>
  );
}
