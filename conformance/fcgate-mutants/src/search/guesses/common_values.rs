//! Common values of headers, and short words.

/// Common values of the headers of an invocation.
const VALUES: [&str; 9] = [
    "Sync", "Async", "Tail", "None", "true", "false", "LATEST", "0", "1",
];

const MEDIA_TYPES: [&str; 10] = [
    "application/json",
    "application/octet-stream",
    "text/plain",
    "text/html",
    "text/xml",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/x-protobuf",
    "image/png",
];

const CHARSETS: [&str; 5] = [
    "",
    "; charset=utf-8",
    ";charset=utf-8",
    "; charset=UTF-8",
    ";charset=UTF-8",
];

/// Common media types, with and without a charset.
pub(super) fn media_types() -> impl Iterator<Item = String> {
    let with = |media: &'static str| {
        CHARSETS
            .iter()
            .map(move |charset| format!("{media}{charset}"))
    };
    MEDIA_TYPES.into_iter().flat_map(with)
}

/// Common values of a header.
pub(super) fn common_values(name: &str) -> Box<dyn Iterator<Item = String>> {
    if name == "content-type" {
        Box::new(media_types())
    } else {
        Box::new(VALUES.into_iter().map(str::to_owned))
    }
}

/// Every word of at most this many lower-case letters.
pub(super) fn words(most: u32) -> Box<dyn Iterator<Item = String>> {
    let of_length = |length: u32| {
        (0..26_u32.pow(length)).map(move |number| {
            let letter = |place| {
                let letter = number / 26_u32.pow(place) % 26;
                char::from_u32(u32::from(b'a') + letter).unwrap_or_default()
            };
            (0..length).map(letter).collect()
        })
    };
    Box::new((1..=most).flat_map(of_length))
}
