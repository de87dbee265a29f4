//! The macro that makes the tests.

/// Makes one test from each function of [`suite`](crate::suite), for the [`Subject`](crate::Subject) of this name.
///
/// For several subjects, call it once in a module for each.
#[macro_export]
macro_rules! contract_tests {
    ($subject:ty) => {
        $crate::contract_tests! { $subject:
            // 1. A transport sends once.
            a_request_is_sent_as_it_was_given,
            an_empty_payload_has_a_content_length,
            the_host_is_that_of_the_request_or_of_the_uri,
            a_kept_connection_is_used_again,
            a_lost_connection_is_not_followed_by_a_second_request,
            // 2. It follows no redirect, keeps no cookie and decompresses nothing.
            a_redirect_is_returned_and_not_followed,
            a_cookie_is_not_sent_back,
            a_compressed_body_is_returned_unchanged,
            // 3. Any complete response is `Ok`; any other is an error.
            any_status_is_a_response,
            a_cut_response_is_interrupted,
            a_response_with_too_many_headers_is_refused_with_a_message_that_says_so,
            // 4. Trailers are dropped and interim responses are skipped.
            trailers_are_not_merged_into_the_headers,
            interim_responses_are_skipped,
            // 5. Contradictory framing is refused and closes the connection.
            a_response_with_two_lengths_is_refused_and_its_connection_is_not_used_again,
            // 6. A body beyond the limit is refused.
            a_body_beyond_the_limit_is_refused_and_one_at_the_limit_is_accepted,
            // 7. and 8. Errors have a kind and hold no secret.
            a_connection_that_cannot_be_made_is_connect,
            a_uri_that_cannot_be_used_is_refused_before_anything_is_sent,
            an_https_uri_without_tls_is_refused_with_a_message_that_says_so,
            a_response_that_is_not_http_is_protocol,
            the_time_limits_hold_before_and_in_the_body,
            // Streams.
            streams_are_sent_and_received,
            a_stream_of_another_length_than_declared_is_never_sent_completely,
            a_streamed_response_keeps_the_time_limits,
            a_streamed_response_keeps_the_body_limit,
        }
    };
    ($subject:ty: $($name:ident,)+) => {
        $(
            #[test]
            fn $name() {
                $crate::run($crate::suite::$name::<$subject>());
            }
        )+
    };
}
