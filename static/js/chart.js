/* A finger that moves over a chart reads the point below it; keys and pointers do without this. */
export function initChart(root) {
  root.querySelectorAll("[data-chart]:not([data-chart-ready])").forEach((chart) => {
    chart.dataset.chartReady = "";
    const svg = chart.querySelector("svg");
    const points = [...svg.querySelectorAll(".chart-reach")].map((reach) => ({
      end: reach.x.baseVal.value + reach.width.baseVal.value,
      button: reach.parentElement.querySelector("input"),
    }));
    const read = ({ clientX }) => {
      const { left, width } = svg.getBoundingClientRect();
      const x = ((clientX - left) / width) * svg.viewBox.baseVal.width;
      (points.find(({ end }) => x < end) ?? points.at(-1)).button.checked = true;
    };
    svg.addEventListener("pointerdown", read);
    svg.addEventListener("pointermove", (event) => event.pointerType === "touch" && read(event));
  });
}
