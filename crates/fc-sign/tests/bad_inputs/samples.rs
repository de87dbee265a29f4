//! Dummy credentials and the time of every signature.

use fc_sign::{Credentials, Timestamp};

pub(crate) const SECRET: &str = "fcTestAccessKeySecret0123456789";
pub(crate) const TOKEN: &str = "CAISdummySTS+token/with==chars";

pub(crate) fn long_lived() -> Credentials {
    let id = "FCTESTACCESSKEYID01".parse().unwrap();
    Credentials::new(id, SECRET.parse().unwrap())
}

pub(crate) fn temporary() -> Credentials {
    let id = "FCTESTACCESSKEYID01".parse().unwrap();
    Credentials::temporary(id, SECRET.parse().unwrap(), TOKEN.parse().unwrap())
}

pub(crate) fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}
