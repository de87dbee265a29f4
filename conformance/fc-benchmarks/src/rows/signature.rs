//! Signing a request that exists.

use std::hint::black_box;

use bytes::Bytes;
use fc_sign::{acs3, fc};
use hmac::{Hmac, Mac as _};
use http::Request;
use sha2::{Digest as _, Sha256};

use crate::requests;
use crate::row::Row;

/// The HMAC over the string to sign of the typical request.
pub(super) const HMAC: &str = "HMAC with a kept key, 248 bytes";
const HMAC_OF_LARGE: &str = "HMAC with a kept key, 5 KiB";
const HASHES_OF_ACS3: &str = "hashes and HMAC of ACS3, 1 KiB of payload";

/// The signature of the typical request, with a date and the scheme `FC`.
pub const SIGN_FC: &str = "sign FC, dated";
/// The signature of the typical request with the scheme `ACS3-HMAC-SHA256`.
pub const SIGN_ACS3: &str = "sign ACS3, undated";

/// The row of [`SIGN_FC`], without a floor.
pub fn sign_fc_row(name: &str) -> Row {
    Row::new(name, || sign(requests::dated()))
}

/// The row of [`SIGN_ACS3`], without a floor.
pub fn sign_acs3_row() -> Row {
    Row::new(SIGN_ACS3, sign_acs3)
}

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::new(HMAC, || hmac(&requests::dated())),
        Row::new("the same again, for the noise", || hmac(&requests::dated())).over(HMAC),
        sign_fc_row(SIGN_FC).over(HMAC),
        Row::new("sign FC, undated", || sign(requests::undated())).over(HMAC),
        Row::new("explain FC, dated", explain).over(HMAC),
        Row::new(HMAC_OF_LARGE, || hmac(&requests::large())),
        Row::new("sign FC, 5 KiB of headers", || sign(requests::large())).over(HMAC_OF_LARGE),
        Row::new(HASHES_OF_ACS3, hashes_of_acs3),
        sign_acs3_row().over(HASHES_OF_ACS3),
    ]
}

/// The HMAC over the string to sign of a request, with the key state that a signer keeps.
pub(super) fn hmac(request: &Request<Vec<u8>>) -> impl FnMut() + use<> {
    let signer = fc::FcSigner::new(&requests::credentials());
    let explained = signer.explain(request, fc::Resource::Api, requests::time());
    let text = explained.unwrap().string_to_sign().to_owned();
    let key = requests::hmac_key();
    move || {
        let mac = key.clone().chain_update(black_box(text.as_bytes()));
        black_box(mac.finalize());
    }
}

pub(super) fn sign(request: Request<Vec<u8>>) -> impl FnMut() {
    let signer = fc::FcSigner::new(&requests::credentials());
    let time = requests::time();
    move || {
        drop(black_box(signer.sign(black_box(&request), fc::Resource::Api, time)).unwrap());
    }
}

fn explain() -> impl FnMut() {
    let signer = fc::FcSigner::new(&requests::credentials());
    let (request, time) = (requests::dated(), requests::time());
    move || {
        drop(black_box(signer.explain(black_box(&request), fc::Resource::Api, time)).unwrap());
    }
}

fn sign_acs3() -> impl FnMut() {
    sign_acs3_with(vec![b'x'; 1024].into())
}

pub(super) fn sign_acs3_with(payload: Bytes) -> impl FnMut() {
    let signer = acs3::Acs3Signer::new(&requests::credentials());
    let (time, nonce) = (requests::time(), requests::nonce());
    let request = requests::undated().map(|_| payload);
    move || {
        drop(black_box(signer.sign(black_box(&request), time, &nonce)).unwrap());
    }
}

/// The hash of the payload, the hash of the canonical request, and the HMAC over its line.
fn hashes_of_acs3() -> impl FnMut() {
    let signer = acs3::Acs3Signer::new(&requests::credentials());
    let request = requests::undated();
    let explained = signer.explain(&request, requests::time(), &requests::nonce());
    let explained = explained.unwrap();
    let canonical = explained.canonical_request().to_owned();
    let line = explained.string_to_sign().to_owned();
    let key: Hmac<Sha256> = requests::hmac_key();
    move || {
        black_box(Sha256::digest(black_box(request.body())));
        black_box(Sha256::digest(black_box(canonical.as_bytes())));
        let mac = key.clone().chain_update(black_box(line.as_bytes()));
        black_box(mac.finalize());
    }
}

pub(super) fn hash(payload: Bytes) -> impl FnMut() {
    move || {
        black_box(Sha256::digest(black_box(&payload)));
    }
}
