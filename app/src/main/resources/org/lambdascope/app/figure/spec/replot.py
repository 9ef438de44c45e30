"""Draws figure.json and data.csv with matplotlib.

    python replot.py [OUT.pdf]        (default: replot.pdf beside this script)

Needs matplotlib and NumPy. Edit it: it is yours.
"""

import csv
import json
import sys
import textwrap
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

HERE = Path(__file__).parent
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#663311"]
DASHES = {
    "solid": "-",
    "dashed": (0, (6, 4)),
    "dotted": (0, (1.1, 1.9)),
    "dash_dotted": (0, (6, 2, 1.2, 2)),
    "long_dashed": (0, (11, 3)),
}
MARKS = {
    "none": "", "circle": "o", "square": "s", "triangle": "^", "diamond": "D", "inverted_triangle": "v",
    "plus": "P", "cross": "X", "star": "*", "pentagon": "p",
}  # fmt: skip
SIZES = {"plus": 4.5, "cross": 4.5, "star": 6}  # those of which matplotlib draws little
DIVERGING = LinearSegmentedColormap.from_list(
    "diverging", ["#08304F", "#1D79B6", "#A5C4DF", "#F7F7F7", "#EDB599", "#DB7033", "#5F2400"]
)
MM = 1 / 25.4
NEAR = 0.35  # lines nearer than that, in points, cannot be told apart
STROKE = 6  # of lines that take turns, in their widths
SANS = ["Liberation Sans", "Arial", "Helvetica", "DejaVu Sans"]
SERIF = ["Liberation Serif", "Times New Roman", "Times", "DejaVu Serif"]


def number(text, categories):
    if text in categories:
        return float(categories.index(text))
    return float(text) if text else np.nan


def column(rows, name, categories=()):
    return np.array([number(row[name], list(categories)) for row in rows])


def colour_map(scale):
    name = scale.get("map", "viridis")
    return DIVERGING if name == "diverging" else matplotlib.colormaps[name]


def colour(series, index, panel):
    kind, _, value = series.get("colour", f"palette {index}").partition(" ")
    if kind == "neutral":
        return "#6E6E6E"
    if kind == "scale":
        scale = panel["scale"]
        low, high = scale["range"]["min"], scale["range"]["max"]
        return colour_map(scale)((float(value) - low) / ((high - low) or 1))
    return PALETTE[int(value) % len(PALETTE)]


def label(series):
    name = series.get("name", "")
    return f"{name}, {series['variant']}" if series.get("variant") else name


def take_turns(axes, dashes):
    """Where lines of several colours lie on one another their strokes follow one another: else the last would hide the rest.

    Call it when the figure has been laid out; nearness is measured on the page.
    """
    axes.autoscale(False)
    lines = list(dashes)
    points = [axes.transData.transform(line.get_xydata()) * 72 / axes.figure.dpi for line in lines]
    colours = list(dict.fromkeys(line.get_color() for line in lines))
    shares = []
    for line, own in zip(lines, points):
        met = {c: np.zeros(len(own), bool) for c in colours}
        both = {c: np.zeros(max(0, len(own) - 1), bool) for c in colours}
        for other, its in zip(lines, points):
            meets = np.zeros(len(own), bool)
            n = min(len(own), len(its))
            same = line.get_xdata()[:n] == other.get_xdata()[:n]
            meets[:n] = same & (np.abs(own[:n, 1] - its[:n, 1]) <= NEAR)
            met[other.get_color()] |= meets
            both[other.get_color()] |= meets[:-1] & meets[1:]
        before = colours[: colours.index(line.get_color())]
        shares.append([
            (sum((found[c] for c in before), np.zeros(len(found[line.get_color()]), int)), sum(found.values(), 0))
            for found in (met, both)
        ])  # fmt: skip
    for line, ((mark_turn, mark_of), (turn, of)) in zip(lines, shares):
        if not np.any(of > 1):
            continue
        x, y = line.get_xydata().T
        if line.get_markevery() == 1:
            line.set_markevery([i for i in range(len(x)) if i % max(1, mark_of[i]) == mark_turn[i]])
        usual = DASHES[dashes[line]]
        line.set_linestyle("none")
        share = np.where(of > 1, of * len(colours) + turn, 0)
        starts = [0, *(np.flatnonzero(np.diff(share)) + 1), len(share)]
        for start, end in zip(starts, starts[1:]):
            k, m = int(turn[start]), int(of[start])
            dash = usual if m < 2 else (0 if k == 0 else STROKE * (m - k), (STROKE, STROKE * (m - 1)))
            axes.plot(x[start : end + 1], y[start : end + 1], color=line.get_color(), ls=dash, lw=line.get_linewidth(),
                      zorder=line.get_zorder())  # fmt: skip


def draw(axes, panel, rows):
    """Draws the series of a panel; returns its lines with their dashes, and what its colour bar describes, if anything."""
    lines = {}
    mappable = None
    bars = [s for s in panel["series"] if s["kind"] == "bars" and "width" not in s]
    norm = None
    if "scale" in panel:
        span = panel["scale"]["range"]
        norm = matplotlib.colors.Normalize(span["min"], span["max"])
        mappable = matplotlib.cm.ScalarMappable(norm, colour_map(panel["scale"]))
    for index, series in enumerate(panel["series"]):
        chosen = [r for r in rows if all(r[k] == v for k, v in series.get("where", {}).items())]
        x = column(chosen, series["x"], panel["x"].get("categories", ()))
        paint = colour(series, index, panel)
        if series["kind"] == "histogram":
            axes.hist(x[np.isfinite(x)], bins=series.get("bins", 30), color=paint, ec="k", lw=0.4, label=label(series))
            continue
        y = column(chosen, series["y"], panel["y"].get("categories", ()))
        low = column(chosen, series["low"]) if series.get("low") else None
        high = column(chosen, series["high"]) if series.get("low") else None
        if series["kind"] == "line":
            default = list(DASHES)[index % len(DASHES)]
            mark = series.get("mark", list(MARKS)[1 + index % (len(MARKS) - 1)])
            (line,) = axes.plot(
                x, y, color=paint, ls=DASHES[series.get("dash", default)], lw=0.9, label=label(series), marker=MARKS[mark],
                ms=SIZES.get(mark, 3.5), mec="w", mew=0.4, markevery=max(1, len(x) // 6) if len(x) > 16 else 1,
            )  # fmt: skip
            lines[line] = series.get("dash", default)
            if low is not None:
                axes.fill_between(x, low, high, color=paint, alpha=0.16, lw=0)
        elif series["kind"] == "points":
            mark = series.get("mark", list(MARKS)[1 + index % (len(MARKS) - 1)])
            axes.plot(x, y, ls="", marker=MARKS[mark], ms=SIZES.get(mark, 3), mew=0, color=paint, label=label(series))
        elif series["kind"] == "scatter":
            values = column(chosen, series["value"])
            axes.scatter(x, y, c=values, s=4, lw=0, norm=norm, cmap=mappable.cmap)
        elif series["kind"] == "bars":
            width = series.get("width")
            if width is None:
                width = 0.8 / len(bars)
                x = x + (bars.index(series) + 0.5) * width - 0.4
            errors = None if low is None else [y - low, high - y]
            style = {"elinewidth": 0.6, "capsize": 1.6}
            axes.bar(x, y, width, color=paint, ec="k", lw=0.4, yerr=errors, error_kw=style, label=label(series))
        elif series["kind"] == "heat_map":
            values = column(chosen, series["value"])
            xs, ys = np.unique(x), np.unique(y)
            step_x, step_y = (np.diff(v).min() if len(v) > 1 else 1.0 for v in (xs, ys))
            shape = (round((ys[-1] - ys[0]) / step_y) + 1, round((xs[-1] - xs[0]) / step_x) + 1)
            cells = np.full(shape, np.nan)
            cells[np.rint((y - ys[0]) / step_y).astype(int), np.rint((x - xs[0]) / step_x).astype(int)] = values
            extent = (xs[0] - step_x / 2, xs[-1] + step_x / 2, ys[0] - step_y / 2, ys[-1] + step_y / 2)
            axes.imshow(cells, origin="lower", extent=extent, aspect="auto", interpolation="nearest", norm=norm,
                        cmap=mappable.cmap)  # fmt: skip
    return lines, mappable


def dress(axes, panel, width_mm):
    for which, spec in (("x", panel["x"]), ("y", panel["y"])):
        axis = getattr(axes, f"{which}axis")
        axis.set_label_text(textwrap.fill(spec["label"], max(12, int(width_mm / 2))))
        if spec.get("log"):
            getattr(axes, f"set_{which}scale")("log")
        if spec.get("categories"):
            names = spec["categories"]
            axis.set_ticks(range(len(names)), names, rotation=90 if which == "x" and width_mm < 10 * len(names) else 0)
        if spec.get("range"):
            getattr(axes, f"set_{which}lim")(spec["range"]["min"], spec["range"]["max"])
    for marker in panel.get("markers", ()):
        line = axes.axvline if marker["vertical"] else axes.axhline
        line(marker["at"], color="#6E6E6E", lw=0.6, ls="--")
        if marker.get("label") and marker["vertical"]:
            axes.annotate(marker["label"], (marker["at"], 1), xycoords=("data", "axes fraction"), va="bottom",
                          ha="center", fontsize="small", color="#6E6E6E")  # fmt: skip
    axes.spines[["top", "right"]].set_visible(False)


def main():
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "replot.pdf"
    spec = json.loads((HERE / "figure.json").read_text(encoding="utf-8"))
    with (HERE / spec["data"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    venue = spec.get("venue", "plain")
    sans = venue == "plain" or venue.startswith("nature")
    plt.rcParams.update({
        "font.family": "sans-serif" if sans else "serif",
        "font.sans-serif": SANS,
        "font.serif": SERIF,
        "font.size": 7 if venue.startswith("nature") else 8,
        "pdf.fonttype": 42,
        "svg.fonttype": "none",
        "axes.linewidth": 0.4,
    })  # fmt: skip
    panels = spec["panels"]
    width = spec.get("width_mm", 160)
    columns = min(spec.get("columns") or len(panels), len(panels), max(1, int(width / 35)))
    columns = -(-len(panels) // -(-len(panels) // columns))
    grid = (-(-len(panels) // columns), columns)
    size = (width * MM, spec.get("height_mm", 100) * MM)
    alike = {k: all(p[k] == panels[0][k] and "range" in p[k] for p in panels) for k in "xy"}
    figure, axes = plt.subplots(*grid, figsize=size, squeeze=False, layout="constrained", sharex=alike["x"],
                                sharey=alike["y"])  # fmt: skip
    entries = {}
    lines = []
    mappable = None
    for i, cell in enumerate(axes.flat):
        if i >= len(panels):
            cell.set_axis_off()
            continue
        panel = panels[i]
        drawn, described = draw(cell, panel, rows)
        lines.append((cell, drawn))
        mappable = described or mappable
        dress(cell, panel, width / columns)
        if alike["y"] and i % columns:
            cell.set_ylabel("")
        letter = "" if len(panels) == 1 else chr(ord("a") + i) if venue.startswith("nature") else f"({chr(ord('a') + i)})"
        title = f"{letter} {panel.get('title', '')}".strip()
        pad = 12 if any(m.get("label") for m in panel.get("markers", ())) else 6
        cell.set_title(textwrap.fill(title, int(width / columns / 2), break_long_words=True), fontsize="medium", pad=pad)
        for handle, name in zip(*cell.get_legend_handles_labels()):
            entries.setdefault(name, handle)
    if spec.get("title"):
        figure.suptitle(spec["title"], fontsize="medium")
    if len(entries) > 1 and spec.get("legend") != "none":
        edge = "upper" if spec.get("legend") == "above" else "lower"
        figure.legend(entries.values(), entries.keys(), loc=f"outside {edge} center", ncols=max(1, int(width / 45)), frameon=False,
                      fontsize="small")  # fmt: skip
    if mappable is not None:
        scale = next(p["scale"] for p in panels if "scale" in p)
        figure.colorbar(mappable, ax=axes, label=scale["label"])
    figure.canvas.draw()
    for cell, drawn in lines:
        take_turns(cell, drawn)
    figure.savefig(out, dpi=300)


if __name__ == "__main__":
    main()
