//! The picture of the cost of signing as the number of headers grows: docs/performance.svg.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use super::counts::Counts;
use crate::programs;

const FILE: &str = "docs/performance.svg";
/// The part of a row's name between the curve and the number of headers.
const GROWING: &str = " more headers";
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 170.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 50.0;
/// Colours that differ in brightness too, and their dashes.
const STYLES: [(&str, &str); 4] = [
    ("#1b6ac9", ""),
    ("#c2410c", "6 3"),
    ("#15803d", "2 3"),
    ("#6b7280", "1 0"),
];

/// The points of one curve: the number of headers, and the instructions.
type Curve = Vec<(f64, f64)>;

/// Draws the rows whose names have a number of headers, on two logarithmic axes: a straight line of slope 1 is linear.
pub(super) fn write(counted: &BTreeMap<String, Counts>) -> Result<(), String> {
    let svg = draw(&curves(counted));
    fs::write(programs::root().join(FILE), svg).map_err(|error| format!("{FILE}: {error}"))
}

fn curves(counted: &BTreeMap<String, Counts>) -> BTreeMap<String, Curve> {
    let mut curves: BTreeMap<String, Curve> = BTreeMap::new();
    for (name, counts) in counted {
        let Some((start, end)) = name.split_once(GROWING) else {
            continue;
        };
        let Some((row, number)) = start.rsplit_once(", ") else {
            continue;
        };
        if let Ok(number) = number.parse::<f64>() {
            #[expect(clippy::cast_precision_loss, reason = "a position in a picture")]
            let point = (number, counts.instructions as f64);
            curves.entry(format!("{row}{end}")).or_default().push(point);
        }
    }
    for curve in curves.values_mut() {
        curve.sort_by(|one, other| one.0.total_cmp(&other.0));
    }
    curves
}

/// A logarithmic axis.
struct Axis {
    least: f64,
    greatest: f64,
    start: f64,
    end: f64,
}

impl Axis {
    /// From the power of ten below the least value to that above the greatest.
    fn new(values: impl Iterator<Item = f64> + Clone, start: f64, end: f64) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let greatest = values.fold(1.0, f64::max);
        Self {
            least: least.log10().floor(),
            greatest: greatest.log10().ceil(),
            start,
            end,
        }
    }

    fn place(&self, value: f64) -> f64 {
        let part = (value.log10() - self.least) / (self.greatest - self.least);
        self.start + part * (self.end - self.start)
    }

    /// The powers of ten on the axis.
    fn ticks(&self) -> Vec<f64> {
        let mut ticks = vec![self.least];
        while let Some(last) = ticks.last().filter(|last| **last < self.greatest) {
            ticks.push(last + 1.0);
        }
        ticks.into_iter().map(|power| 10_f64.powf(power)).collect()
    }
}

fn draw(curves: &BTreeMap<String, Curve>) -> String {
    let points = curves.values().flatten();
    let x = Axis::new(points.clone().map(|point| point.0), LEFT, WIDTH - RIGHT);
    let y = Axis::new(points.map(|point| point.1), HEIGHT - BOTTOM, TOP);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>Instructions of one signature by the number of additional headers</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"{LEFT}\" y=\"22\" font-size=\"14\">Instructions of one signature (callgrind)</text>\n\
         <text x=\"{LEFT}\" y=\"{:.0}\">number of additional x-fc- headers</text>\n",
        HEIGHT - 12.0
    );
    for tick in x.ticks() {
        let at = x.place(tick);
        line(&mut svg, [at, y.end, at, y.start]);
        text(&mut svg, at - 6.0, HEIGHT - 32.0, &format!("{tick}"));
    }
    for tick in y.ticks() {
        let at = y.place(tick);
        line(&mut svg, [x.start, at, x.end, at]);
        text(&mut svg, 8.0, at + 4.0, &format!("{tick}"));
    }
    for (number, ((name, curve), (colour, dash))) in curves.iter().zip(STYLES).enumerate() {
        let place = |(headers, cost): &(f64, f64)| {
            format!("{:.1},{:.1}", x.place(*headers), y.place(*cost))
        };
        let points: Vec<String> = curve.iter().map(place).collect();
        let style = format!("stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"");
        let _ = writeln!(
            svg,
            "<polyline fill=\"none\" {style} points=\"{}\"/>",
            points.join(" ")
        );
        #[expect(clippy::cast_precision_loss, reason = "a position in a picture")]
        let row = TOP + 20.0 * number as f64;
        let start = WIDTH - RIGHT + 10.0;
        let _ = writeln!(
            svg,
            "<line {style} x1=\"{start}\" x2=\"{}\" y1=\"{row}\" y2=\"{row}\"/>",
            start + 24.0
        );
        text(&mut svg, start + 30.0, row + 4.0, name);
    }
    svg + "</svg>\n"
}

fn line(svg: &mut String, [x1, y1, x2, y2]: [f64; 4]) {
    let _ = writeln!(
        svg,
        "<line stroke=\"#d1d5db\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
    );
}

/// The names of rows have no character that XML reserves.
fn text(svg: &mut String, x: f64, y: f64, text: &str) {
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_a_number_of_headers_are_points_of_a_curve_in_ascending_order() {
        let counts = |instructions| Counts {
            instructions,
            allocations: 0,
        };
        let counted = BTreeMap::from([
            ("sign FC, 40 more headers, random".to_owned(), counts(400)),
            ("sign FC, 4 more headers, random".to_owned(), counts(40)),
            ("sign FC, dated".to_owned(), counts(30)),
        ]);
        let curves = curves(&counted);
        let expected = vec![(4.0, 40.0), (40.0, 400.0)];
        assert_eq!(
            curves,
            BTreeMap::from([("sign FC, random".to_owned(), expected)])
        );
        // The axes go from 1 to 100 headers and from 10 to 1,000 instructions.
        assert!(draw(&curves).contains("points=\"190.4,256.7 390.4,101.7\""));
    }
}
