// Everything into its place, drawn anew whenever the width changes.

themeSwitch(document.getElementById("theme"));

const raw = held("data");
if (raw) {
  showRun(raw);
  makeCharts(document);
  new Controls(document.getElementById("controls"));
  new Standing(document.getElementById("standing"));
  const steps = document.getElementById("steps");
  if (steps) new Lesson(steps);
  drawAll();

  let width = 0;
  // charts may be hidden; they are as wide as what they stand in allows
  const main = document.querySelector("main");
  const redraw = () => {
    if (main.clientWidth !== width) {
      width = main.clientWidth;
      drawAll();
    }
  };
  new ResizeObserver(() => requestAnimationFrame(redraw)).observe(main);
  // on paper the charts are as wide as the sheet, with letters of the usual size, and show the whole run
  let before = null;
  const print = (isPrint) => {
    document.body.classList.toggle("print", isPrint);
    if (isPrint) before = { ...chosen };
    chosen.future = isPrint || before.future;
    if (steps) choosePeriod(isPrint ? run.last : before.at);
    drawAll();
  };
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
}
