//! The judge: for each check, an answer that passes it and answers that fail it.

mod any_request;
mod build;
mod checks;
mod demands_of_the_input;
mod differences;
mod injection;
mod invocation;
mod outcome;
mod pre_signed_url;
mod refusal;
mod results;
mod sessions;
mod shown_requests;
mod sign;
mod signed_request;
mod task;
mod task_result;
mod trigger;
mod trigger_response;
mod values;
