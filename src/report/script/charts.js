// Every chart that a run has, in its place on the page.

import { run } from "./base.js";
import { LineChart } from "./lines.js";
import { ValueChart } from "./value.js";
import { PlaneChart } from "./plane.js";
import { MapChart } from "./map.js";

const KINDS = { firms: LineChart, market: LineChart, value: ValueChart, plane: PlaneChart, map: MapChart };

/** Makes the charts for which there are figures below an element, and gives them. */
export function makeCharts(root) {
  const charts = [];
  for (const spec of run.charts) {
    const figure = root.querySelector(`[data-chart="${spec.id}"]`);
    if (figure) charts.push(new KINDS[spec.kind](figure, spec));
  }
  return charts;
}
