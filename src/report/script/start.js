// Everything into its place, drawn anew whenever the width changes.

themeSwitch(document.getElementById("theme"));

const raw = held("data");
if (raw) {
  showRun(raw);
  makeCharts(document);
  new Controls(document.getElementById("controls"));
  new Standing(document.getElementById("standing"));
  drawAll();

  let width = 0;
  const plot = document.querySelector(".plot");
  const redraw = () => {
    if (plot.clientWidth !== width) {
      width = plot.clientWidth;
      drawAll();
    }
  };
  new ResizeObserver(() => requestAnimationFrame(redraw)).observe(plot);
  // on paper the charts are as wide as the sheet, with letters of the usual size
  const print = (isPrint) => {
    document.body.classList.toggle("print", isPrint);
    drawAll();
  };
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
}
