//! Another host was signed than was sent: a proxy, or another host of the service.

use crate::search::original::{Candidates, Original, Transformed};
use crate::signing::rule::Rule;

/// The regions of the service.
///
/// Source: manual page "Endpoints" and the endpoint tables of the SDKs.
const REGIONS: [&str; 24] = [
    "cn-hangzhou",
    "cn-shanghai",
    "cn-beijing",
    "cn-shenzhen",
    "cn-zhangjiakou",
    "cn-chengdu",
    "cn-qingdao",
    "cn-huhehaote",
    "cn-hongkong",
    "cn-wulanchabu",
    "cn-north-2-gov-1",
    "cn-hangzhou-finance",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-5",
    "ap-southeast-7",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "eu-central-1",
    "eu-west-1",
    "us-east-1",
    "us-west-1",
];

/// Headers in which proxies keep the host that the client sent.
const FORWARDED: [&str; 8] = [
    "x-forwarded-host",
    "x-original-host",
    "x-host",
    "x-real-host",
    "x-forwarded-server",
    "origin",
    "referer",
    "forwarded",
];

pub(in crate::search) fn transformations<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    if original.rule != Rule::Acs3 || !original.covers("host") {
        return Box::new(std::iter::empty());
    }
    let sent = original.input.headers.get_trimmed("host");
    let sent = sent
        .unwrap_or_else(|| authority(original.url().head))
        .to_owned();
    let hosts = forwarded(original)
        .chain(spellings(&sent))
        .chain(of_service(original, &sent))
        .chain(local());
    Box::new(
        hosts
            .filter(move |host| *host != sent)
            .map(|host| with_host(original, host)),
    )
}

fn with_host(original: &Original<'_>, host: String) -> Transformed {
    let detail = format!("signed was `{}`", fcgate_text::visible::line(&host, 200));
    original.with("host-changed-after-signing", detail, |input| {
        input.headers.set("host", host);
    })
}

fn authority(head: &str) -> &str {
    head.split_once("://").map_or("", |(_, rest)| rest)
}

/// The hosts that other headers of the request name.
fn forwarded<'a>(original: &'a Original<'a>) -> impl Iterator<Item = String> + 'a {
    let values = FORWARDED
        .into_iter()
        .flat_map(|name| original.input.headers.get_all_trimmed(name));
    values.flat_map(|value| {
        let value = value.split_once("host=").map_or(value, |(_, rest)| rest);
        let value = value.split_once("://").map_or(value, |(_, rest)| rest);
        let host = value.split(['/', ';', ',', ' ']).next().unwrap_or_default();
        [host.trim_matches('"').to_owned(), value.to_owned()]
    })
}

/// The same host with a port, without one, and in other spellings.
fn spellings(sent: &str) -> std::vec::IntoIter<String> {
    let name = sent.rsplit_once(':').map_or(sent, |(name, _)| name);
    let ports = [":443", ":80", ":8080", ":9000", ":8443"].map(|port| format!("{name}{port}"));
    let others = [
        name.to_owned(),
        sent.to_ascii_lowercase(),
        sent.to_ascii_uppercase(),
        format!("{name}."),
        format!("http://{sent}"),
        format!("https://{sent}"),
        format!("www.{sent}"),
        sent.trim_start_matches("www.").to_owned(),
        String::new(),
    ];
    others
        .into_iter()
        .chain(ports)
        .collect::<Vec<_>>()
        .into_iter()
}

/// The hosts of the service, in the region of the sent host first.
fn of_service<'a>(
    original: &'a Original<'a>,
    sent: &str,
) -> impl Iterator<Item = String> + use<'a> {
    let name = sent.split(':').next().unwrap_or_default().to_owned();
    let own = REGIONS.into_iter().find(|region| {
        name.split('.').any(|label| {
            label
                .strip_suffix("-internal")
                .or(label.strip_suffix("-vpc"))
                .unwrap_or(label)
                == *region
        })
    });
    let regions = own
        .into_iter()
        .chain(REGIONS.into_iter().filter(move |one| Some(*one) != own));
    let in_header = original.input.headers.get_trimmed("x-fc-account-id");
    let is_account =
        |label: &&str| label.len() >= 10 && label.bytes().all(|byte| byte.is_ascii_digit());
    let account = in_header
        .or_else(|| name.split('.').find(is_account))
        .map(str::to_owned);
    let trigger = name
        .ends_with(".fcapp.run")
        .then(|| name.split('.').next().unwrap_or_default().to_owned());
    regions.flat_map(move |region| {
        let mut hosts: Vec<String> = [
            "fcv3",
            "fcv3-vpc",
            "fc",
            "fc-vpc",
            "fcv3-internal",
            "fc-internal",
            "fc-open",
            "fc-open-vpc",
        ]
        .into_iter()
        .map(|product| format!("{product}.{region}.aliyuncs.com"))
        .collect();
        for account in account.as_deref().into_iter().chain(["account-id"]) {
            for suffix in ["", "-internal", "-vpc"] {
                hosts.push(format!("{account}.{region}{suffix}.fc.aliyuncs.com"));
            }
        }
        hosts.push(format!("{region}.fc.aliyuncs.com"));
        if let Some(trigger) = &trigger {
            for suffix in ["", "-vpc", "-internal"] {
                hosts.push(format!("{trigger}.{region}{suffix}.fcapp.run"));
            }
        }
        hosts
    })
}

/// The hosts of a proxy or a server on the same machine.
fn local() -> impl Iterator<Item = String> {
    let names = [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "0.0.0.0",
        "host.docker.internal",
    ];
    names.into_iter().flat_map(|name| {
        ["", ":80", ":3000", ":8000", ":8080", ":9000"].map(|port| format!("{name}{port}"))
    })
}
