//! Lists of tasks and of functions, page by page, against `fcgate serve`.

use fc_invoke::{
    ListAsyncTasksInput, ListStatefulAsyncInvocationFunctionsInput, PageLimit, Revision, SortOrder,
};
use fc_response::{AsyncTask, AsyncTaskStatus};
use fc_transport::ExchangeLimits;

use crate::life_cycles::{
    REVISIONS, assert_all_requests_are_correct, input, server, target, without_pauses,
};
use crate::task_client::{CLIENTS, TaskClient, client};

/// The ids of all pages, and the number of pages.
fn read(client: &dyn TaskClient, input: ListAsyncTasksInput) -> (Vec<String>, usize) {
    let pages = client.pages(input);
    let count = pages.len();
    let tasks = pages
        .into_iter()
        .flat_map(|page| page.unwrap().into_tasks());
    let ids = tasks.filter_map(|task: AsyncTask| Some(task.task_id()?.to_owned()));
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    (ids, count)
}

#[test]
fn every_client_reads_every_page_of_the_tasks_in_every_revision() {
    for revision in REVISIONS {
        let server = server();
        let first = client(
            "ureq",
            &server.url(),
            revision.scheme(),
            ExchangeLimits::default(),
        );
        for id in ["a-1", "a-2", "a-3", "b-1", "b-2"] {
            let handle = first
                .invoke_async(&input(target(revision, "echo"), Some(id)))
                .unwrap();
            if id == "b-2" {
                let finished = first.wait(&handle, without_pauses()).unwrap();
                assert!(finished.into_result().is_ok());
            }
        }
        for name in CLIENTS {
            let client = client(
                name,
                &server.url(),
                revision.scheme(),
                ExchangeLimits::default(),
            );
            let all = || {
                let limit = PageLimit::try_from(2).unwrap();
                ListAsyncTasksInput::new(target(revision, "echo")).limit(limit)
            };
            let context = format!("{name} {revision}");
            let (ids, pages) = read(&*client, all());
            assert_eq!(ids, ["a-1", "a-2", "a-3", "b-1", "b-2"], "{context}");
            assert_eq!(pages, 3, "{context}");
            let (ids, pages) = read(&*client, all().prefix("a-").sort_order(SortOrder::Desc));
            assert_eq!((ids.len(), pages), (3, 2), "{context}");
            let (ids, _) = read(&*client, all().status(AsyncTaskStatus::Succeeded));
            assert_eq!(ids, ["b-2"], "{context}");
            let (ids, pages) = read(&*client, all().prefix("c-"));
            assert_eq!((ids.len(), pages), (0, 1), "{context}");
            let page = client.pages(all().include_payload(true)).remove(0).unwrap();
            assert_eq!(
                page.tasks()[0].payload(),
                Some(r#"{"order":4711}"#),
                "{context}"
            );
        }
        assert_all_requests_are_correct(server);
    }
}

#[test]
fn every_client_reads_every_page_of_the_functions_in_task_mode() {
    let server = server();
    let revision = Revision::V2021_04_06;
    for name in CLIENTS {
        let client = client(
            name,
            &server.url(),
            revision.scheme(),
            ExchangeLimits::default(),
        );
        for function in ["echo", "empty", "chunked"] {
            let id = format!("{name}-{function}");
            client
                .invoke_async(&input(target(revision, function), Some(&id)))
                .unwrap();
        }
        let limit = PageLimit::try_from(2).unwrap();
        let input = ListStatefulAsyncInvocationFunctionsInput::new().limit(limit);
        let pages = client.functions(input);
        assert_eq!(pages.len(), 2, "{name}");
        let names = pages
            .iter()
            .flat_map(|page| page.as_ref().unwrap().functions());
        let mut names: Vec<_> = names
            .filter_map(|function| function.function_name())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["chunked", "echo", "empty"], "{name}");
    }
    assert_all_requests_are_correct(server);
}
