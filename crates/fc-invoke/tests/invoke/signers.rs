//! Signers and schemes that are made from those of one scheme.

use fc_invoke::{Scheme, Signer, TriggerScheme};
use fc_sign::{acs3, fc};
use http::HeaderMap;

use crate::samples::{credentials, endpoint, input};

#[test]
fn a_signer_of_one_scheme_converts_into_one_that_signs_with_this_scheme() {
    let (time, nonce) = (
        "2022-05-11T09:00:00Z".parse().unwrap(),
        "n".parse().unwrap(),
    );
    let headers = |signer: &Signer, scheme| -> HeaderMap {
        let mut request = input().to_request(&endpoint(), scheme);
        let additions = signer.sign(&request, time, &nonce).unwrap();
        additions.apply(request.headers_mut());
        request.headers().clone()
    };
    let key = credentials();
    for (signer, scheme, start) in [
        (Signer::from(fc::FcSigner::new(&key)), Scheme::Fc, "FC id:"),
        (
            acs3::Acs3Signer::new(&key).into(),
            Scheme::Acs3,
            "ACS3-HMAC-SHA256 Credential=id,",
        ),
    ] {
        assert_eq!(signer.scheme(), scheme);
        let signed = headers(&signer, scheme);
        let authorization = signed["authorization"].to_str().unwrap();
        assert!(authorization.starts_with(start), "{authorization}");
        assert_eq!(signed, headers(&Signer::new(scheme, &key), scheme));
    }
}

#[test]
fn the_scheme_of_an_invocation_converts_into_that_of_a_trigger() {
    assert_eq!(TriggerScheme::from(Scheme::Fc), TriggerScheme::Fc);
    assert_eq!(TriggerScheme::from(Scheme::Acs3), TriggerScheme::Acs3);
}
