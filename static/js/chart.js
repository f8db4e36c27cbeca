/* The points of a chart, read with the arrow keys, a finger or a pointer. */

export function initChart(root) {
  root.querySelectorAll("[data-chart]:not([data-chart-ready])").forEach((chart) => {
    const svg = chart.querySelector("svg");
    const reading = chart.querySelector("[data-chart-reading]");
    const dots = [...chart.querySelectorAll(".chart-dot")];
    if (!dots.length) return;
    chart.dataset.chartReady = "";
    svg.tabIndex = 0;
    svg.setAttribute("role", "slider");
    svg.setAttribute("aria-valuemin", 1);
    svg.setAttribute("aria-valuemax", dots.length);
    // Its label says all that a drawing says; as a slider it is read with every step
    svg.setAttribute("aria-label", chart.querySelector("[data-chart-label]").textContent);
    let at = dots.length - 1;

    const say = () => {
      svg.setAttribute("aria-valuenow", at + 1);
      svg.setAttribute("aria-valuetext", dots[at].textContent);
    };
    const show = (number) => {
      delete dots[at].dataset.read;
      at = Math.min(Math.max(number, 0), dots.length - 1);
      dots[at].dataset.read = "";
      reading.textContent = dots[at].textContent;
      say();
    };
    say();

    svg.addEventListener("focus", () => show(at));
    svg.addEventListener("keydown", (event) => {
      const to = {
        ArrowLeft: at - 1,
        ArrowDown: at - 1,
        ArrowRight: at + 1,
        ArrowUp: at + 1,
        Home: 0,
        End: dots.length - 1,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      show(to);
    });
    ["pointerdown", "pointermove"].forEach((kind) => svg.addEventListener(kind, (event) => {
      const { left, width } = svg.getBoundingClientRect();
      const x = ((event.clientX - left) / width) * svg.viewBox.baseVal.width;
      const far = dots.map((dot) => Math.abs(dot.cx.baseVal.value - x));
      show(far.indexOf(Math.min(...far)));
    }));
  });
}
