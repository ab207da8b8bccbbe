"""Draw how often an answer of a score is right; runs in the environment ``plots``."""

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt

# Readable on white and on black alike: 4.3 to 1 on the one, 4.9 on the other.
GREY = "#76797d"
COLOURS = {"shipped": "#d1495b", "thin": "#2e86ab", "dense": "#3c9d4e"}
LABELS = {
    "shipped": "shipped data",
    "thin": "{thin:,} settlements",
    "dense": "{dense:,} settlements",
}
LEAST = 20  # answers that make a point


def main(results, path):
    plt.rcParams.update({
        "font.size": 9, "axes.spines.top": False, "axes.spines.right": False,
        "axes.edgecolor": GREY, "axes.labelcolor": GREY, "text.color": GREY,
        "xtick.color": GREY, "ytick.color": GREY, "axes.titlelocation": "left",
        "svg.hashsalt": "gazetteer", "svg.fonttype": "none", "legend.frameon": False,
        "figure.facecolor": "none", "axes.facecolor": "none",
        "savefig.facecolor": "none",
    })  # fmt: skip
    held = results["held back"]
    figure, axes = plt.subplots(figsize=(5.4, 4.6))
    axes.plot((0, 100), (0, 1), color=GREY, linewidth=0.8, linestyle=":")
    for threshold, name in ((70, "review"), (90, "accept")):
        axes.axvline(threshold, color=GREY, linewidth=0.8, alpha=0.6)
        axes.text(threshold - 0.8, 0.02, name, rotation=90, ha="right", va="bottom")
    for corpus, colour in COLOURS.items():
        rows = [row for row in held[corpus]["scores"] if row["count"] >= LEAST]
        axes.scatter(
            [row["score"] for row in rows],
            [row["right"] for row in rows],
            [max(10, 5 * row["count"] ** 0.4) for row in rows],
            color=colour,
            alpha=0.75,
            linewidths=0,
            label=LABELS[corpus].format(**results),
        )
    rows = [row for row in held["scores"] if row["count"] >= LEAST]
    axes.plot(
        [row["score"] for row in rows],
        [row["right"] for row in rows],
        color=GREY,
        linewidth=1.6,
        label="all",
    )
    axes.set(xlim=(0, 102), ylim=(0, 1.03), xlabel="score", ylabel="share right")
    axes.set_title("Held-back queries: how often the best candidate is right")
    axes.legend(loc="upper left")
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    # matplotlib leaves blanks at the ends of lines
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{x.rstrip()}\n" for x in lines), encoding="utf-8")


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
