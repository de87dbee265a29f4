//! The figures that libFuzzer prints at its end.

/// The figures of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Statistics {
    pub(super) executions: u64,
    pub(super) per_second: u64,
    pub(super) new_inputs: u64,
}

impl Statistics {
    /// Reads the lines `stat::NAME: NUMBER`; `None` if one is missing.
    pub(super) fn read(output: &str) -> Option<Self> {
        let number = |name: &str| {
            let line = output.lines().find_map(|line| line.strip_prefix(name));
            line?.strip_prefix(':')?.trim().parse().ok()
        };
        Some(Self {
            executions: number("stat::number_of_executed_units")?,
            per_second: number("stat::average_exec_per_sec")?,
            new_inputs: number("stat::new_units_added")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Statistics;

    #[test]
    fn the_final_figures_are_read_and_a_missing_one_is_noticed() {
        let output = "Done 12 runs in 3 second(s)\nstat::number_of_executed_units: 12\nstat::average_exec_per_sec:     4\n\
                      stat::new_units_added:          2\nstat::peak_rss_mb:              30\n";
        let expected = Statistics {
            executions: 12,
            per_second: 4,
            new_inputs: 2,
        };
        assert_eq!(Statistics::read(output), Some(expected));
        assert_eq!(
            Statistics::read("stat::number_of_executed_units: 12\n"),
            None
        );
    }
}
