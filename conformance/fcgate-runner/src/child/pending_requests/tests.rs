//! Tests requests and replies without a process.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

use fcgate_http::clock;
use fcgate_protocol::Credentials;

use super::{ChildResponse, ExitStatus, Kind, NoReply, Pending, ReplySender, Secret, Terminated};
use crate::child::reply_line;
use crate::child::secrets::Secrets;
use crate::child::seq::format_seq;

type Response = Receiver<Result<ChildResponse, NoReply>>;

fn channel() -> (ReplySender, Response) {
    sync_channel(1)
}

fn add(pending: &mut Pending, seq: u64) -> Response {
    let (sender, response) = channel();
    pending.add(seq, sender, Vec::new());
    response
}

fn add_with_secret(pending: &mut Pending, seq: u64, secret: &Arc<Secret>) -> Response {
    let (sender, response) = channel();
    pending.add(seq, sender, vec![Arc::clone(secret)]);
    response
}

fn deliver(pending: &mut Pending, seq: &str) -> Option<Kind> {
    let line = format!(r#"{{"seq":"{seq}","ok":{{}}}}"#);
    let (seq, line) = reply_line::parse(line.into_bytes()).unwrap();
    let delivered = pending.deliver(&seq, line);
    delivered.err().map(|(_, violation)| violation.kind)
}

#[test]
fn replies_in_any_order_reach_their_requests() {
    let mut pending = Pending::default();
    let (first, second) = (add(&mut pending, 1), add(&mut pending, 2));
    assert_eq!(deliver(&mut pending, &format_seq(2)), None);
    assert!(second.try_recv().unwrap().is_ok() && first.try_recv().is_err());
    assert_eq!(deliver(&mut pending, &format_seq(1)), None);
    assert!(first.try_recv().unwrap().is_ok());
}

#[test]
fn a_reply_without_a_request_is_a_violation_of_its_kind() {
    let mut pending = Pending::default();
    assert_eq!(
        deliver(&mut pending, &format_seq(1)),
        Some(Kind::UnaskedReply)
    );
    let _first = add(&mut pending, 1);
    assert_eq!(deliver(&mut pending, "zz"), Some(Kind::UnknownSeq));
    assert_eq!(deliver(&mut pending, &format_seq(1)), None);
    assert_eq!(
        deliver(&mut pending, &format_seq(1)),
        Some(Kind::RepeatedSeq)
    );
    assert_eq!(deliver(&mut pending, "zz"), Some(Kind::UnaskedReply));
}

#[test]
fn bye_may_have_one_reply() {
    let mut pending = Pending::default();
    pending.add_bye(7);
    assert_eq!(deliver(&mut pending, &format_seq(7)), None);
    assert_eq!(
        deliver(&mut pending, &format_seq(7)),
        Some(Kind::UnaskedReply)
    );
}

#[test]
fn a_timeout_of_one_request_is_its_own_and_of_several_is_ambiguous() {
    let mut pending = Pending::default();
    let _one = add(&mut pending, 1);
    assert!(matches!(pending.expire(1), Some(NoReply::Timeout)));
    assert!(pending.expire(1).is_none());

    let mut pending = Pending::default();
    let (_one, two) = (add(&mut pending, 1), add(&mut pending, 2));
    assert!(matches!(pending.expire(1), Some(NoReply::Ambiguous)));
    assert!(matches!(two.try_recv().unwrap(), Err(NoReply::Ambiguous)));
    assert!(matches!(pending.check_running(), Err(NoReply::Terminated)));
    assert_eq!(deliver(&mut pending, &format_seq(2)), None, "too late");
}

#[test]
fn an_exit_between_two_requests_fails_the_next_one_only() {
    let mut pending = Pending {
        exited: Some((ExitStatus::UNKNOWN, clock::now())),
        ..Pending::default()
    };
    pending.end_output();
    assert!(matches!(pending.check_running(), Err(NoReply::Exited(_))));
    assert!(matches!(pending.check_running(), Err(NoReply::Terminated)));
}

#[test]
fn an_exit_during_one_request_is_its_own_and_during_two_is_ambiguous() {
    for (count, alone) in [(1, true), (2, false)] {
        let mut pending = Pending::default();
        let responses: Vec<Response> = (0..count).map(|seq| add(&mut pending, seq)).collect();
        pending.exited = Some((ExitStatus::UNKNOWN, clock::now()));
        pending.end_output();
        for response in responses {
            let reason = response.try_recv().unwrap().unwrap_err();
            assert_eq!(matches!(reason, NoReply::Exited(_)), alone);
            assert_eq!(matches!(reason, NoReply::Ambiguous), !alone);
        }
        assert!(matches!(
            pending.terminated,
            Some(Terminated::Exited { reported: true, .. })
        ));
    }
}

#[test]
fn a_secret_on_standard_error_belongs_to_the_only_request_that_has_it() {
    let secrets = Secrets::default();
    let mine = &secrets.remember(&Credentials::new("id", "fcTestSecretOfOne"))[0];
    let other = &secrets.remember(&Credentials::new("id", "fcTestSecretOfTwo"))[0];
    let mut pending = Pending::default();
    let one = add_with_secret(&mut pending, 1, mine);
    let two = add_with_secret(&mut pending, 2, other);
    pending.leak(mine);
    deliver(&mut pending, &format_seq(1));
    deliver(&mut pending, &format_seq(2));
    assert!(one.try_recv().unwrap().unwrap().leaked);
    assert!(!two.try_recv().unwrap().unwrap().leaked);

    // Two requests have the secret: both are ambiguous.
    let one = add_with_secret(&mut pending, 3, mine);
    let two = add_with_secret(&mut pending, 4, mine);
    pending.leak(mine);
    deliver(&mut pending, &format_seq(3));
    deliver(&mut pending, &format_seq(4));
    for response in [one, two] {
        assert!(matches!(
            response.try_recv().unwrap(),
            Err(NoReply::Ambiguous)
        ));
    }

    // No pending request has the secret: the next request that has it leaked it.
    pending.leak(mine);
    let one = add_with_secret(&mut pending, 5, mine);
    deliver(&mut pending, &format_seq(5));
    assert!(one.try_recv().unwrap().unwrap().leaked);
}
