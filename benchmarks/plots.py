"""Draw the results; runs in the environment ``plots``."""

import json
import sys
from pathlib import Path
from textwrap import fill

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt

OURS = "gazetteer"
STRONG, PLAIN = "#b3261e", "#5f6b7a"
PALETTE = ("#1f77b4", "#2a9d8f", "#8a5cb8", "#c77d0a", "#607d3b", "#9a6b4f", "#4c6a92",
           "#a0528a", "#6b7280")  # fmt: skip


def main(results, folder):
    plt.rcParams.update({
        "font.size": 9, "axes.spines.top": False, "axes.spines.right": False,
        "axes.edgecolor": "#c3c8ce", "axes.titlesize": 11, "axes.titlelocation": "left",
        "axes.grid": True, "grid.color": "#eceff1", "axes.axisbelow": True,
        "svg.hashsalt": "gazetteer", "svg.fonttype": "none", "figure.facecolor": "w",
        "legend.frameon": False,
    })  # fmt: skip
    cities = [c for c in results["contests"] if c["family"] == "cities"]
    largest = max(cities, key=lambda contest: contest["size"])
    drawn = {
        "speed": speed(cities),
        "recall": shares(largest, "recall@1", "Found first, by kind of noise"),
        "false": shares(largest, "false", "False answers to names that are not there"),
        "memory": memory(largest),
        "calibration": reliability(cities),
        "growth": growth(results.get("growth") or []),
    }
    for name, figure in drawn.items():
        if figure:
            path = folder / f"{name}.svg"
            figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
            # matplotlib leaves blanks at the ends of lines
            lines = path.read_text(encoding="utf-8").splitlines()
            text = "\n".join(line.rstrip() for line in lines) + "\n"
            path.write_text(text, encoding="utf-8")
            print(name)


def working(contest):
    return [entry for entry in contest["contenders"] if "failed" not in entry]


def speed(contests):
    """Queries a second of CPU against names; one edit."""
    lines = {}
    for contest in contests:
        for entry in working(contest):
            for mode in ("single", "batch"):
                got = entry["speed"].get(f"1 edit, {mode}")
                if got and not entry["title"].startswith("dict"):
                    points = lines.setdefault((entry["title"], mode), [])
                    points.append((contest["size"], got["cpu"]))
    figure, axes = plt.subplots(figsize=(7.2, 4.6))
    others = sorted({title for title, _ in lines} - {OURS})
    ends = []
    for (title, mode), points in lines.items():
        ours = title.startswith(OURS)
        axes.plot(
            *zip(*points, strict=True),
            "-" if mode == "batch" else "--",
            marker="o",
            markersize=4,
            linewidth=2.4 if ours else 1.4,
            color=STRONG if ours else PALETTE[others.index(title) % len(PALETTE)],
        )
        ends.append((points[-1][1], points[-1][0], f"{title}, {mode}"))
    axes.set(xscale="log", yscale="log", xlabel="names")
    axes.set_title("Queries a second of CPU, one edit (batch —, single - -)")
    beside(axes, ends)
    return figure


def beside(axes, ends):
    """Write labels at the ends of lines, none over another."""
    low, high = axes.get_ylim()
    step = (high / low) ** 0.042
    last = 0.0
    right = max(x for _, x, _ in ends)
    for value, _, text in sorted(ends):
        at = max(value, last * step)
        axes.annotate(text, (right * 1.15, at), va="center", fontsize=8,
                      color=STRONG if text.startswith(OURS) else "#333",
                      annotation_clip=False)  # fmt: skip
        last = at


def shares(contest, figure_of, title):
    """A table of shares, darker where larger."""
    entries = [e for e in working(contest) if not e["title"].startswith("dict")]
    kinds = [k for k, got in entries[0]["right"].items() if figure_of in got]
    rows = [[e["right"].get(k, {}).get(figure_of) for k in kinds] for e in entries]
    figure, axes = plt.subplots(figsize=(1.6 + 0.85 * len(kinds), 1 + 0.3 * len(rows)))
    blank = [[float("nan") if v is None else v for v in row] for row in rows]
    colours = "Greens" if figure_of != "false" else "Reds"
    axes.imshow(blank, cmap=colours, vmin=0, vmax=1.25, aspect="auto")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if value is not None:
                axes.text(x, y, f"{value:.2f}", ha="center", va="center", fontsize=8,
                          color="w" if value > 0.85 else "#222")  # fmt: skip
    axes.set_xticks(range(len(kinds)), [fill(kind, 12) for kind in kinds])
    axes.set_yticks(range(len(rows)), [e["title"] for e in entries])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.set_title(f"{title}, {contest['size']:,} names", pad=12)
    return figure


def memory(contest):
    """Memory above the libraries', in MB."""
    rows = sorted(
        ((e["rss at end"] - e["rss of libraries"]) / 1e6, e["title"])
        for e in working(contest)
    )
    figure, axes = plt.subplots(figsize=(6, 0.6 + 0.3 * len(rows)))
    axes.barh([t for _, t in rows], [m for m, _ in rows], height=0.6,
              color=[STRONG if title.startswith(OURS) else "#b8c2cc"
                     for _, title in rows])  # fmt: skip
    for y, (size, _) in enumerate(rows):
        axes.text(size + rows[-1][0] / 100, y, f"{size:,.0f}", va="center", fontsize=8)
    axes.set(title=f"Memory, MB, {contest['size']:,} names")
    axes.grid(visible=False, axis="y")
    return figure


def reliability(contests):
    """How often an answer of a score is right."""
    figure, axes = plt.subplots(figsize=(4.6, 4))
    axes.plot((0, 100), (0, 1), color="#c3c8ce", linewidth=1)
    for contest, colour in zip(contests, PALETTE, strict=False):
        counts = {}
        for entry in working(contest):
            for got in entry["right"].values():
                for step, (given, right) in got.get("scores", {}).items():
                    before = counts.get(int(step), (0, 0))
                    counts[int(step)] = (before[0] + given, before[1] + right)
        points = [
            (min(step + 2.5, 100), right / given, given)
            for step, (given, right) in sorted(counts.items())
            if given >= 20
        ]
        if points:
            x, y, n = zip(*points, strict=True)
            sizes = [max(8, min(90, 4 * each**0.4)) for each in n]
            axes.plot(x, y, color=colour, linewidth=1.2)
            axes.scatter(x, y, sizes, color=colour, label=f"{contest['size']:,} names")
    axes.set(xlim=(0, 102), ylim=(0, 1.02), xlabel="score", ylabel="share right")
    axes.set_title("Reliability, all kinds of query alike")
    axes.legend()
    return figure


def growth(points):
    """Time and memory against names."""
    points = [point for point in points if not point["failed"]]
    if len(points) < 2:
        return None
    sizes = [point["size"] for point in points]
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
    for mode, style in (("batch", "-"), ("single", "--")):
        left.plot(sizes, [1e6 / p["speed"][mode] for p in points], style, marker="o",
                  color=STRONG, label=mode)  # fmt: skip
    left.set(xscale="log", ylim=(0, None), xlabel="names", title="µs of CPU a query")
    left.legend()
    disk = [p["build"]["disk"] / p["size"] for p in points]
    held = [(p["rss at end"] - p["rss of libraries"]) / p["size"] for p in points]
    right.plot(sizes, disk, marker="o", color=PLAIN, label="on disk")
    right.plot(sizes, held, marker="o", color=STRONG, label="in memory")
    right.set(xscale="log", ylim=(0, None), xlabel="names", title="bytes a name")
    right.legend()
    return figure


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
