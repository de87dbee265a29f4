//! One function for each test; each module checks one or two rules of the contract in [`fc_transport`].

mod errors;
mod framing;
mod limits;
mod redirects;
mod requests;
mod responses;
mod streams;
mod trailers;

pub use errors::{
    a_connection_that_cannot_be_made_is_connect, a_response_that_is_not_http_is_protocol,
    a_uri_that_cannot_be_used_is_refused_before_anything_is_sent,
    an_https_uri_without_tls_is_refused_with_a_message_that_says_so,
};
pub use framing::a_response_with_two_lengths_is_refused_and_its_connection_is_not_used_again;
pub use limits::{
    a_body_beyond_the_limit_is_refused_and_one_at_the_limit_is_accepted,
    the_time_limits_hold_before_and_in_the_body,
};
pub use redirects::{
    a_compressed_body_is_returned_unchanged, a_cookie_is_not_sent_back,
    a_redirect_is_returned_and_not_followed,
};
pub use requests::{
    a_kept_connection_is_used_again, a_lost_connection_is_not_followed_by_a_second_request,
    a_request_is_sent_as_it_was_given, an_empty_payload_has_a_content_length,
    the_host_is_that_of_the_request_or_of_the_uri,
};
pub use responses::{
    a_cut_response_is_interrupted,
    a_response_with_too_many_headers_is_refused_with_a_message_that_says_so,
    any_status_is_a_response,
};
pub use streams::{
    a_stream_of_another_length_than_declared_is_never_sent_completely,
    a_streamed_response_keeps_the_body_limit, a_streamed_response_keeps_the_time_limits,
    streams_are_sent_and_received,
};
pub use trailers::{interim_responses_are_skipped, trailers_are_not_merged_into_the_headers};
