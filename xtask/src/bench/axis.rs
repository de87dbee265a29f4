//! Numbers for people: durations, sizes, and the axes of pictures.

/// A duration with three digits and its unit.
pub(super) fn duration(nanoseconds: f64) -> String {
    let units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs")];
    let found = units.into_iter().find(|(size, _)| nanoseconds >= *size);
    let (size, unit) = found.unwrap_or((1.0, "ns"));
    let value = nanoseconds / size;
    match value {
        _ if unit == "ns" => format!("{value:.0} {unit}"),
        100.0.. => format!("{value:.0} {unit}"),
        10.0.. => format!("{value:.1} {unit}"),
        _ => format!("{value:.2} {unit}"),
    }
}

/// A power of ten with its unit.
pub(super) fn power_of_ten(value: f64) -> String {
    let units = [(1e9, "G"), (1e6, "M"), (1e3, "k")];
    let found = units.into_iter().find(|(size, _)| value >= *size);
    let (size, unit) = found.unwrap_or((1.0, ""));
    format!("{}{unit}", value / size)
}

/// A logarithmic axis.
pub(super) struct Axis {
    least: f64,
    greatest: f64,
    pub(super) start: f64,
    pub(super) end: f64,
}

impl Axis {
    /// From the power of ten below the least value to that above the greatest.
    pub(super) fn new(values: impl Iterator<Item = f64> + Clone, start: f64, end: f64) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let greatest = values.fold(1.0, f64::max);
        let least = least.log10().floor();
        Self {
            least,
            // Values that are all equal need an axis too.
            greatest: greatest.log10().ceil().max(least + 1.0),
            start,
            end,
        }
    }

    pub(super) fn place(&self, value: f64) -> f64 {
        let part = (value.log10() - self.least) / (self.greatest - self.least);
        self.start + part * (self.end - self.start)
    }

    /// The powers of ten on the axis.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let mut ticks = vec![self.least];
        while let Some(last) = ticks.last().filter(|last| **last < self.greatest) {
            ticks.push(last + 1.0);
        }
        ticks.into_iter().map(|power| 10_f64.powf(power)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_three_digits_and_the_unit_that_fits() {
        let found = [7.0, 532.4, 1_840.0, 54_321.0, 1_234_567.0, 2e10].map(duration);
        let expected = ["7 ns", "532 ns", "1.84 µs", "54.3 µs", "1.23 ms", "20.0 s"];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_power_of_ten_is_short() {
        let found = [1.0, 100.0, 1e3, 1e7].map(power_of_ten);
        assert_eq!(found, ["1", "100", "1k", "10M"]);
    }

    #[test]
    fn an_axis_starts_and_ends_at_powers_of_ten() {
        let axis = Axis::new([4.0, 40.0].into_iter(), 0.0, 200.0);
        assert_eq!(axis.ticks(), [1.0, 10.0, 100.0]);
        assert!((axis.place(10.0) - 100.0).abs() < 1e-9);
        assert_eq!(Axis::new([1.0].into_iter(), 0.0, 1.0).ticks(), [1.0, 10.0]);
    }
}
