//! The rows of the pictures: what signing costs as a request grows.

use bytes::Bytes;

use super::{request, signature};
use crate::requests::{self, Order};
use crate::row::Row;

const HEADERS: [u16; 5] = [4, 13, 40, 130, 400];
/// From nothing to 32 MiB.
const PAYLOADS: [usize; 8] = [
    0,
    1 << 10,
    1 << 12,
    1 << 15,
    1 << 18,
    1 << 20,
    1 << 23,
    1 << 25,
];

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for count in HEADERS {
        let picture = |row: Row, curve: &str| row.point("headers", curve, count.into());
        let floor = format!("HMAC with a kept key, {count} more headers");
        let row = Row::new(floor.clone(), move || {
            signature::hmac(&requests::with_headers(count, Order::Ascending, 16))
        });
        rows.push(picture(row, "HMAC with a kept key"));
        for (order, word) in Order::ALL {
            let name = format!("sign FC, {count} more headers, {word}");
            let prepare = move || signature::sign(requests::with_headers(count, order, 16));
            let row = Row::new(name, prepare).over(floor.clone());
            rows.push(picture(row, &format!("sign FC, {word}")));
        }
    }
    for size in PAYLOADS {
        rows.extend(of_payload(size));
    }
    rows
}

/// valgrind would need minutes for the hashes of a payload, so these rows have times only.
fn of_payload(size: usize) -> [Row; 3] {
    // A logarithmic axis has no zero.
    let at = size.max(1) as u64;
    let row = |row: Row, curve: &str| row.timed_only().point("payload", curve, at);
    let name = |what: &str| format!("{what}, payload of {size} bytes");
    let payload = move || Bytes::from(vec![b'x'; size]);
    let hash = name("SHA-256");
    [
        row(
            Row::new(hash.clone(), move || signature::hash(payload())),
            "SHA-256 of the payload",
        ),
        row(
            Row::new(name("build and sign FC"), move || {
                request::kept_input(payload())
            }),
            "build and sign FC",
        ),
        row(
            Row::new(name("sign ACS3"), move || {
                signature::sign_acs3_with(payload())
            })
            .over(hash),
            "sign ACS3",
        ),
    ]
}
