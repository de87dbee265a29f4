//! Every kind of hostile adapter.

mod descendants;
mod endpoint;
mod exits;
mod floods;
mod hangs;
mod hello;
mod incomplete_lines;
mod interruptions;
mod leaks;
mod lines;
mod parallel_requests;
mod programs;
mod unusual_lines;
mod wrong_results;

use crate::expectation::right;
use crate::kind::Kind;

pub(crate) fn all() -> Vec<Kind> {
    let groups = [
        vec![right(&["parse.status.4*"]).in_both_containments()],
        lines::kinds(),
        unusual_lines::kinds(),
        incomplete_lines::kinds(),
        hello::kinds(),
        programs::kinds(),
        exits::kinds(),
        hangs::kinds(),
        floods::kinds(),
        descendants::kinds(),
        parallel_requests::kinds(),
        wrong_results::kinds(),
        leaks::kinds(),
        endpoint::kinds(),
        interruptions::kinds(),
    ];
    groups.into_iter().flatten().collect()
}
