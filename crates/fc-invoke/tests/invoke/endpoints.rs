//! The hosts of the regions.

use fc_headers::{InputError, InputErrorKind};
use fc_invoke::{Endpoint, Region, RegionHosts};
use serde_json::Value;

/// The rows of `fixtures/regions.json`.
fn rows() -> Vec<Value> {
    let table: Value = serde_json::from_str(include_str!("../regions.json")).unwrap();
    table["regions"].as_array().unwrap().clone()
}

fn region(text: &str) -> Region {
    text.parse().unwrap()
}

#[test]
fn the_table_of_regions_equals_the_fixture() {
    let table: Vec<_> = RegionHosts::all()
        .iter()
        .map(|row| [Some(row.region()), row.v3(), row.v2(), row.v2_vpc()])
        .collect();
    let rows = rows();
    let fixture: Vec<_> = rows
        .iter()
        .map(|row| ["id", "v3", "v2", "v2_vpc"].map(|key| row[key].as_str()))
        .collect();
    assert_eq!(table, fixture);
}

#[test]
fn every_region_of_the_table_is_found_by_its_id() {
    for row in RegionHosts::all() {
        assert_eq!(region(row.region()).hosts(), Some(row), "{}", row.region());
    }
    assert_eq!(region("cn-hangzhou"), Region::CN_HANGZHOU);
    assert_eq!(region("cn-future-1").hosts(), None);
}

#[test]
fn every_host_of_the_table_is_an_endpoint_of_visible_characters() {
    for row in RegionHosts::all() {
        for host in [row.v3(), row.v2(), row.v2_vpc()].into_iter().flatten() {
            assert!(host.bytes().all(|byte| byte.is_ascii_graphic()), "{host:?}");
            let url = format!("https://{host}");
            assert_eq!(url.parse::<Endpoint>().unwrap().to_string(), url);
        }
    }
}

#[test]
fn a_regional_endpoint_has_the_host_of_the_table_or_the_general_form() {
    let hosts = |region: &Region| {
        [
            Endpoint::regional_v3(region),
            Endpoint::regional_v2(region),
            Endpoint::regional_v2_vpc(region),
        ]
        .map(|endpoint| endpoint.to_string().replace("https://", ""))
    };
    for row in rows() {
        let found = hosts(&region(row["id"].as_str().unwrap()));
        for (key, found) in ["v3", "v2", "v2_vpc"].into_iter().zip(found) {
            if let Some(expected) = row[key].as_str() {
                assert_eq!(found, expected);
            }
        }
    }
    assert_eq!(
        hosts(&region("cn-future-1")),
        [
            "fcv3.cn-future-1.aliyuncs.com",
            "fc.cn-future-1.aliyuncs.com",
            "fc-vpc.cn-future-1.aliyuncs.com"
        ]
    );
    assert_eq!(
        Endpoint::regional_v3(&Region::ME_CENTRAL_1).to_string(),
        "https://me-central-1.fc.aliyuncs.com"
    );
}

/// Two official SDKs have `fcv3.ap-southeast-5.aliyuncs.com` with a tab at its end.
#[test]
fn white_space_around_an_endpoint_or_a_region_is_refused_and_never_trimmed() {
    let kind = |error: InputError| error.kind();
    let host = "fcv3.ap-southeast-5.aliyuncs.com";
    for end in ["\t", " ", "\n", "\r\n"] {
        let url = format!("https://{host}{end}");
        let refused = url.parse::<Endpoint>().unwrap_err();
        assert_eq!(kind(refused), InputErrorKind::Host, "{url:?}");
        assert_eq!(
            kind(Endpoint::insecure(&url).unwrap_err()),
            InputErrorKind::Host
        );
        let refused = format!("{end}https://{host}").parse::<Endpoint>();
        assert_eq!(kind(refused.unwrap_err()), InputErrorKind::Scheme);
        let refused = format!("ap-southeast-5{end}").parse::<Region>();
        assert_eq!(kind(refused.unwrap_err()), InputErrorKind::ForbiddenByte);
    }
    let endpoint = Endpoint::regional_v3(&region("ap-southeast-5"));
    assert_eq!(endpoint.to_string(), format!("https://{host}"));
}
