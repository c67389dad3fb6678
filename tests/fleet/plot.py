"""The plot of docs/fleet_year.md, as SVG."""

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 860, 320, 46, 40, 34
STEP = (WIDTH - LEFT - 10) / 24


def bar(x, y, width, height, color):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{color}"/>'


def text(x, y, content, anchor="middle"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{content}</text>'


def scale_of(most):
    """The distance of the lines, and the height of the highest."""
    step = 10 if most <= 60 else 20
    return step, step * -(-most // step)


def by_hour(day):
    """Calls a second on a workday: the mean of each hour as bars, its busiest second as a line."""
    step, top = scale_of(max(day["cs_seconds"]))
    unit = (HEIGHT - TOP - BOTTOM) / top
    floor = HEIGHT - BOTTOM
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for line in range(0, top + 1, step):
        y = floor - line * unit
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - 10}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(text(LEFT - 6, y + 4, line, "end"))
    for hour in range(24):
        x = LEFT + hour * STEP
        for place, which, color in ((0.12, "sts", "#e0902f"), (0.5, "cs", "#2f6fb0")):
            height = day[which][hour] / 3600 * unit
            parts.append(bar(x + place * STEP, floor - height, 0.36 * STEP, height, color))
        parts.append(text(x + STEP / 2, floor + 16, hour))
    points = " ".join(f"{LEFT + (hour + 0.5) * STEP:.1f},{floor - count * unit:.1f}"
                      for hour, count in enumerate(day["cs_seconds"]))
    parts.append(f'<polyline points="{points}" fill="none" stroke="#a02020" stroke-width="2"/>')
    parts.append(text(WIDTH / 2, HEIGHT - 6, "hour of a workday"))
    legend = (("#e0902f", "STS, mean of the hour"), ("#2f6fb0", "Container Service, mean of the hour"),
              ("#a02020", "Container Service, busiest second of the hour"))
    for number, (color, name) in enumerate(legend):
        x = LEFT + number * 255
        parts.append(bar(x, 12, 10, 10, color))
        parts.append(text(x + 16, 21, name, "start"))
    return "\n".join(parts + ["</svg>", ""])
