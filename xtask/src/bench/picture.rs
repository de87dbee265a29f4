//! The pictures of growth: docs/pictures. A straight line of slope 1 on two logarithmic axes is linear.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use super::axis::{Axis, duration, power_of_ten};
use super::place::Place;
use crate::programs;

const FOLDER: &str = "docs/pictures";
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 50.0;
/// Colours that differ in brightness too, and their dashes.
const STYLES: [(&str, &str); 5] = [
    ("#1b6ac9", "1 0"),
    ("#c2410c", "6 3"),
    ("#15803d", "2 3"),
    ("#6b7280", "1 0"),
    ("#7e22ce", "8 2 2 2"),
];

/// What a picture shows.
struct Picture {
    name: &'static str,
    title: &'static str,
    /// The size on the horizontal axis.
    size: &'static str,
    shows_instructions: bool,
}

const PICTURES: [Picture; 6] = [
    Picture {
        name: "headers",
        title: "Instructions of one signature (callgrind)",
        size: "number of additional x-fc- headers",
        shows_instructions: true,
    },
    Picture {
        name: "payload",
        title: "CPU time of one signature",
        size: "bytes of the payload (an empty one is at 1)",
        shows_instructions: false,
    },
    Picture {
        name: "gate",
        title: "CPU time of a run of the gate",
        size: "number of pure cases",
        shows_instructions: false,
    },
    Picture {
        name: "reports",
        title: "CPU time of a report",
        size: "number of cases",
        shows_instructions: false,
    },
    Picture {
        name: "why-headers",
        title: "CPU time of `why`",
        size: "number of additional x-fc- headers",
        shows_instructions: false,
    },
    Picture {
        name: "why-payload",
        title: "CPU time of `why`",
        size: "bytes of the payload",
        shows_instructions: false,
    },
];

/// The points of one curve: the size, and the cost.
type Curves = BTreeMap<String, Vec<(f64, f64)>>;

/// Draws every picture that has points; one without the instructions that it shows is left as it is.
pub(super) fn write_all(places: &[Place]) -> Result<(), String> {
    let folder = programs::root().join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| format!("{FOLDER}: {error}"))?;
    for picture in &PICTURES {
        let curves = picture.curves(places);
        if !curves.is_empty() {
            let name = format!("{}.svg", picture.name);
            let svg = picture.draw(&curves);
            fs::write(folder.join(&name), svg).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    Ok(())
}

impl Picture {
    #[expect(clippy::cast_precision_loss, reason = "a position in a picture")]
    fn curves(&self, places: &[Place]) -> Curves {
        let mut curves = Curves::new();
        for place in places
            .iter()
            .filter(|place| place.point.picture == self.name)
        {
            let cost = if self.shows_instructions {
                place.instructions.map(|count| count as f64)
            } else {
                Some(place.nanoseconds)
            };
            if let Some(cost) = cost {
                let curve = curves.entry(place.point.curve.clone()).or_default();
                curve.push((place.point.at as f64, cost));
            }
        }
        for curve in curves.values_mut() {
            curve.sort_by(|one, other| one.0.total_cmp(&other.0));
        }
        curves
    }

    fn draw(&self, curves: &Curves) -> String {
        let points = curves.values().flatten();
        let x = Axis::new(points.clone().map(|point| point.0), LEFT, WIDTH - RIGHT);
        let y = Axis::new(points.map(|point| point.1), HEIGHT - BOTTOM, TOP);
        let (title, size) = (self.title, self.size);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
             <title>{title} by the {size}</title>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
             <text x=\"{LEFT}\" y=\"22\" font-size=\"14\">{title}</text>\n\
             <text x=\"{LEFT}\" y=\"{:.0}\">{size}</text>\n",
            HEIGHT - 12.0
        );
        for tick in x.ticks() {
            let at = x.place(tick);
            line(&mut svg, [at, y.end, at, y.start]);
            text(&mut svg, at - 6.0, HEIGHT - 32.0, &power_of_ten(tick));
        }
        for tick in y.ticks() {
            let at = y.place(tick);
            line(&mut svg, [x.start, at, x.end, at]);
            let label = if self.shows_instructions {
                power_of_ten(tick)
            } else {
                duration(tick).replace(".00", "").replace(".0", "")
            };
            text(&mut svg, 8.0, at + 4.0, &label);
        }
        for (number, ((name, curve), (colour, dash))) in curves.iter().zip(STYLES).enumerate() {
            let place =
                |(size, cost): &(f64, f64)| format!("{:.1},{:.1}", x.place(*size), y.place(*cost));
            let points: Vec<String> = curve.iter().map(place).collect();
            let style =
                format!("stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"");
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
}

fn line(svg: &mut String, [x1, y1, x2, y2]: [f64; 4]) {
    let _ = writeln!(
        svg,
        "<line stroke=\"#d1d5db\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
    );
}

/// The names of curves have no character that XML reserves.
fn text(svg: &mut String, x: f64, y: f64, text: &str) {
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>");
}

#[cfg(test)]
mod tests {
    use super::super::program::Point;
    use super::*;

    #[test]
    fn the_points_of_a_picture_form_curves_in_ascending_order() {
        let [headers, payload, ..] = &PICTURES;
        let place = |curve: &str, at, instructions| Place {
            point: Point {
                picture: headers.name.to_owned(),
                curve: curve.to_owned(),
                at,
            },
            nanoseconds: 1.0,
            instructions,
        };
        let places = [
            place("random", 40, Some(400)),
            place("random", 4, Some(40)),
            place("not counted", 4, None),
        ];
        let curves = headers.curves(&places);
        let expected = vec![(4.0, 40.0), (40.0, 400.0)];
        assert_eq!(curves, Curves::from([("random".to_owned(), expected)]));
        // The axes go from 1 to 100 headers and from 10 to 1,000 instructions.
        assert!(
            headers
                .draw(&curves)
                .contains("points=\"184.4,256.7 374.4,101.7\"")
        );
        assert!(payload.curves(&places).is_empty());
    }
}
