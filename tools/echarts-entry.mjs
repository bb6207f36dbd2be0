// The chart bundle: only the parts of ECharts that Tunewise draws with, behind six functions.
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

  /** The chart of the option in `json` as the text of an SVG of this size, in pixels, drawn beside the page. */
  svg(json, width, height) {
    const handle = init(null, null, { renderer: "svg", ssr: true, width, height });
    try {
      handle.setOption({ ...JSON.parse(json), animation: false, tooltip: undefined });
      return handle.renderToSVGString();
    } finally {
      handle.dispose();
    }
  },

  /** An SVG of this size as the bytes of a PNG with twice as many pixels each way. */
  async png(svg, width, height) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    return new Uint8Array(await blob.arrayBuffer());
  },

  /** Free the chart. Calling it twice does no harm. */
  dispose(handle) {
    if (!handle.isDisposed()) handle.dispose();
  },
});
