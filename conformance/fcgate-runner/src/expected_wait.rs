//! How long a client waits in a case although nothing is wrong.

use fcgate_cases::corpus::{Act, Answer, Case, Stimulus};

/// The milliseconds that a correct client waits in a case: for the pauses of the answers, for `Retry-After`, and until
/// its time limit if an answer does not end. An estimate, by which long cases start early.
pub(super) fn expected_wait_ms(case: &Case) -> u64 {
    let (answers, timeout_ms) = match &case.stimulus {
        Stimulus::Invoke { given, .. } => (given.answers.as_slice(), given.timeout_ms),
        Stimulus::Trigger { given, .. } => (std::slice::from_ref(&given.answer), given.timeout_ms),
        Stimulus::Task { given, .. } => (given.answers.as_slice(), given.timeout_ms),
        Stimulus::Sign { .. } | Stimulus::Build { .. } | Stimulus::Parse { .. } => return 0,
    };
    if answers.iter().any(stalls) {
        return timeout_ms;
    }
    let waits = answers.iter().map(|answer| match answer {
        Answer::Canned(canned) => {
            let seconds = canned.headers.get("retry-after");
            seconds.and_then(|text| text.parse().ok()).unwrap_or(0) * 1000
        }
        Answer::Script(_) => pauses_ms(answer),
    });
    waits.fold(0_u64, u64::saturating_add).min(timeout_ms)
}

/// The time that the endpoint waits on purpose within an answer.
pub(super) fn pauses_ms(answer: &Answer) -> u64 {
    let Answer::Script(acts) = answer else {
        return 0;
    };
    let pause = |act: &Act| match act {
        Act::PauseMs(length) => *length,
        _ => 0,
    };
    acts.iter().map(pause).sum()
}

fn stalls(answer: &Answer) -> bool {
    matches!(answer, Answer::Script(acts) if acts.contains(&Act::Stall))
}

#[cfg(test)]
mod tests {
    use fcgate_cases::corpus::Corpus;

    use super::expected_wait_ms;

    #[test]
    fn pauses_stalls_and_retry_after_are_counted() {
        let corpus = Corpus::embedded().unwrap();
        for (id, expected) in [
            ("invoke.retry.retry-after-within-the-limit", 1000),
            ("invoke.time-limits.in-time@api=2021-04-06-fc", 700),
            ("invoke.time-limits.no-answer@api=2016-08-15-fc", 300),
            ("task.wait.on-the-way@api=2021-04-06-fc", 0),
        ] {
            assert_eq!(expected_wait_ms(corpus.case(id).unwrap()), expected, "{id}");
        }
    }
}
