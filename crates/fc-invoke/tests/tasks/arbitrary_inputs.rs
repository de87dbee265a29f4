//! Arbitrary tokens, prefixes, states and ids: a request is made, and its query has exactly the parameters that are set.

use fc_invoke::{Scheme, TaskId};
use fc_response::AsyncTaskStatus;
use proptest::prelude::*;

use crate::requests::parts;
use crate::samples::{endpoint, get, list, v2, v3};

proptest! {
    #[test]
    fn every_value_is_sent_as_one_parameter(
        token in "\\PC{1,30}|[ -~]{1,30}",
        prefix in "\\PC{1,30}|[&=#?/+% ]{1,9}",
        state in "\\PC{1,20}",
        begin in any::<i64>(),
    ) {
        for target in [v2(), v3()] {
            let is_v3 = target == v3();
            let input = list(target)
                .next_token(token.clone())
                .prefix(prefix.clone())
                .status(AsyncTaskStatus::from(state.as_str()))
                .started_time_begin(begin);
            let request = input.to_request(&endpoint(), Scheme::Acs3);
            let (_, pairs) = parts(request.uri().path_and_query().unwrap().as_str());
            let name = if is_v3 { "prefix" } else { "invocationIdPrefix" };
            let mut expected = vec![
                (name.to_owned(), prefix.clone()),
                ("nextToken".to_owned(), token.clone()),
                ("startedTimeBegin".to_owned(), begin.to_string()),
                ("status".to_owned(), state.clone()),
            ];
            expected.sort();
            prop_assert_eq!(pairs, expected);
        }
    }

    #[test]
    fn a_task_id_is_rejected_or_is_one_segment_of_the_path(text in "\\PC{0,140}|[A-Za-z0-9_./ -]{0,12}") {
        if let Ok(id) = text.parse::<TaskId>() {
            prop_assert_eq!(id.as_str(), text.as_str());
            let input = fc_invoke::GetAsyncTaskInput::new(v3(), id);
            let request = input.to_request(&endpoint(), Scheme::Acs3);
            let sample = get(v3()).to_request(&endpoint(), Scheme::Acs3);
            let folder = sample.uri().path().strip_suffix("task_42-a").unwrap();
            prop_assert_eq!(request.uri().path().strip_prefix(folder), Some(text.as_str()));
            prop_assert_eq!(request.uri().query(), None);
        }
    }
}
