//! `why`: reading a captured request, explaining its signature, and writing the explanation.

use std::hint::black_box;

use fc_benchmarks::Row;
use fc_benchmarks::requests::{self, Order};
use fcgate_protocol::Credentials;
use fcgate_why as why;
use http::Request;

use crate::exchange::wire;

const HEADERS: [u16; 5] = [4, 13, 40, 130, 400];
const BODIES: [usize; 5] = [100, 1 << 10, 1 << 14, 1 << 17, 1 << 20];

/// How the captured request was signed.
#[derive(Clone, Copy)]
enum Signed {
    Right,
    /// Without the headers of the service: a mistake that the search finds.
    WithoutHeaders,
    /// By an unknown rule: the search ends without a result.
    Unknown,
}

const KINDS: [(&str, Signed); 3] = [
    ("right", Signed::Right),
    ("a known mistake", Signed::WithoutHeaders),
    ("no explanation", Signed::Unknown),
];

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (word, signed) in KINDS {
        rows.push(Row::new(format!("why, {word}"), move || {
            explain(requests::dated(), signed)
        }));
        for count in HEADERS {
            let request = move || requests::with_headers(count, Order::Ascending, 16);
            let name = format!("why, {word}, {count} more headers");
            let row = Row::new(name, move || explain(request(), signed));
            rows.push(row.point("why-headers", word, count.into()));
        }
        for size in BODIES {
            let request = move || requests::dated().map(|_| vec![b'x'; size]);
            let name = format!("why, {word}, payload of {size} bytes");
            let row = Row::new(name, move || explain(request(), signed));
            rows.push(row.point("why-payload", word, size as u64));
        }
    }
    rows
}

fn explain(mut request: Request<Vec<u8>>, signed: Signed) -> impl FnMut() {
    let signature = match signed {
        Signed::Right => requests::authorization(&request, &requests::credentials()),
        Signed::WithoutHeaders => {
            let mut bare = request.clone();
            let names: Vec<_> = bare.headers().keys().cloned().collect();
            for name in names
                .iter()
                .filter(|name| name.as_str().starts_with("x-fc-"))
            {
                bare.headers_mut().remove(name);
            }
            requests::authorization(&bare, &requests::credentials())
        }
        Signed::Unknown => format!("FC {}:{}=", requests::KEY_ID, "A".repeat(43)),
    };
    let value = signature.parse().unwrap();
    request.headers_mut().insert("authorization", value);
    let host = "1234567890123456.cn-hangzhou.fc.aliyuncs.com";
    let text = wire(&request, host);
    let key = Credentials::new(requests::KEY_ID, requests::SECRET);
    move || {
        let exchange = why::read_exchange(black_box(&text)).unwrap();
        let explanation = why::explain(&exchange, Some(&key)).unwrap();
        drop(black_box(explanation.text()));
    }
}
