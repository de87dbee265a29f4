//! Every kind of hostile adapter, by what it attacks.

mod descendants;
mod endings;
mod endpoint;
mod floods;
mod half_lines;
mod hangs;
mod hello;
mod interruptions;
mod leaks;
mod liars;
mod lines;
mod odd_lines;
mod programs;
mod several;

use crate::expectation::right;
use crate::kind::Kind;

pub(crate) fn all() -> Vec<Kind> {
    let groups = [
        vec![right(&["parse.status.4*"]).in_both()],
        lines::kinds(),
        odd_lines::kinds(),
        half_lines::kinds(),
        hello::kinds(),
        programs::kinds(),
        endings::kinds(),
        hangs::kinds(),
        floods::kinds(),
        descendants::kinds(),
        several::kinds(),
        liars::kinds(),
        leaks::kinds(),
        endpoint::kinds(),
        interruptions::kinds(),
    ];
    groups.into_iter().flatten().collect()
}
