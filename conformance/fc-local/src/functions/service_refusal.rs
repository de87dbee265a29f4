//! `error:STATUS:CODE`: the service refuses every call.

use super::call::Call;
use super::function::Function;
use super::reply::Reply;

/// A function that the service never runs.
#[derive(Debug)]
pub(super) struct ServiceRefusal {
    status: u16,
    code: String,
}

impl ServiceRefusal {
    /// Reads `STATUS:CODE`.
    ///
    /// # Errors
    ///
    /// When one of them is wrong.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let shown = fcgate_text::visible::line(text, 60);
        let expected = "expected error:STATUS:CODE, e.g. error:429:ResourceExhausted";
        let (status, code) = text
            .split_once(':')
            .ok_or_else(|| format!("{expected}, found 'error:{shown}'"))?;
        let status = status.parse().ok();
        let status = status.filter(|status| (400..=599).contains(status));
        let status = status.ok_or_else(|| {
            format!("{expected}, with a status from 400 to 599, found 'error:{shown}'")
        })?;
        let is_code = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if code.is_empty() || !code.bytes().all(is_code) {
            return Err(format!(
                "{expected}, with a code of letters, digits, dots, underscores and hyphens, found 'error:{shown}'"
            ));
        }
        Ok(Self {
            status,
            code: code.to_owned(),
        })
    }
}

impl Function for ServiceRefusal {
    fn call(&self, _: &Call) -> Reply {
        Reply::service_error(
            self.status,
            self.code.as_str(),
            "the scripted error of this function",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::ServiceRefusal;

    #[test]
    fn a_wrong_status_or_code_is_refused() {
        assert!(ServiceRefusal::read("429:ResourceExhausted").is_ok());
        assert!(ServiceRefusal::read("403:InvalidTimeStamp.Expired").is_ok());
        for text in [
            "", "429", "200:OK", "600:A", "x:A", "429:", "429:a b", "429:A:b",
        ] {
            let error = ServiceRefusal::read(text).unwrap_err();
            assert!(error.contains(&format!("found 'error:{text}'")), "{error}");
        }
    }
}
