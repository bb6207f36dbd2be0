// The chart bundle: only the parts of ECharts that Tunewise draws with, behind four functions.
//
// The page loads it when the first chart comes near the view and talks to it through
// `window.tunewiseCharts`; options arrive as JSON text, built by the page's own program.
import { init, use } from "echarts/core";
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([
  AriaComponent,
  BarChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
]);

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

// ECharts' default tooltip is HTML with inline styles: the content security policy blocks those,
// and the HTML could carry markup from a scenario's name. Rich text is drawn inside the SVG.
function withSafeTooltip(tooltip) {
  return Array.isArray(tooltip)
    ? tooltip.map(withSafeTooltip)
    : { ...tooltip, renderMode: "richText" };
}

window.tunewiseCharts = Object.freeze({
  /** Draw into `element`, which needs a height from CSS. Returns the handle for the others. */
  init: (element) => init(element, null, { renderer: "svg" }),

  /** Replace the whole chart by the option in `json`. Throws if that is not JSON. */
  set(handle, json) {
    const option = JSON.parse(json);
    if (option.tooltip) option.tooltip = withSafeTooltip(option.tooltip);
    // Asked for at each drawing, so that a change of the setting needs no reload.
    if (reducedMotion.matches) option.animation = false;
    handle.setOption(option, { notMerge: true });
  },

  /** Fit the chart to its element again. */
  resize: (handle) => handle.resize(),

  /** Free the chart. Calling it twice does no harm. */
  dispose(handle) {
    if (!handle.isDisposed()) handle.dispose();
  },
});
