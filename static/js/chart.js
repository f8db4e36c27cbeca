/* The points of a chart, read with the arrow keys, a finger or a pointer. */
export function initChart(root) {
  root.querySelectorAll("[data-chart]:not([data-chart-ready])").forEach((chart) => {
    const dots = [...chart.querySelectorAll(".chart-dot")];
    if (dots.length) {
      chart.dataset.chartReady = "";
      read(chart, dots);
    }
  });
}

function read(chart, dots) {
  const svg = chart.querySelector("svg");
  const reading = chart.querySelector("[data-chart-reading]");
  const slider = Object.assign(document.createElement("input"), {
    type: "range",
    className: "visually-hidden",
    min: 1,
    max: dots.length,
    value: dots.length,
  });
  slider.setAttribute("aria-label", `Points of ${chart.querySelector("[data-chart-label]").textContent}`);
  svg.after(slider);

  const words = () => dots[slider.value - 1].textContent;
  const show = () => {
    dots.forEach((dot, number) => dot.toggleAttribute("data-read", number === slider.value - 1));
    reading.textContent = words();
    slider.setAttribute("aria-valuetext", words());
  };
  slider.setAttribute("aria-valuetext", words());
  slider.addEventListener("focus", show);
  slider.addEventListener("input", show);
  ["pointerdown", "pointermove"].forEach((kind) => svg.addEventListener(kind, ({ clientX }) => {
    const { left, width } = svg.getBoundingClientRect();
    const x = ((clientX - left) / width) * svg.viewBox.baseVal.width;
    const far = dots.map((dot) => Math.abs(dot.cx.baseVal.value - x));
    slider.value = far.indexOf(Math.min(...far)) + 1;
    show();
  }));
}
