//! An explanation as text, with every byte of the signed texts visible.

use std::fmt::Write as _;

use fc_conformance::report::style::{BAD, BOLD, DIM, GOOD, WARN, styled};
use fcgate_text::redaction::redact_tokens;
use fcgate_text::visible::{END, visible};

use super::{Cause, Explanation, SignatureScheme, SignatureStatus};

impl Explanation {
    /// The explanation as text with ANSI colors. It ends with LF.
    pub fn text(&self) -> String {
        let mut out = format!("scheme     {}\n", scheme(self.scheme));
        self.result(&mut out);
        for problem in &self.problems {
            let _ = writeln!(out, "{}    {}", styled(BAD, "problem"), problem.text);
        }
        self.answer(&mut out);
        self.clock(&mut out);
        for note in &self.notes {
            let _ = writeln!(out, "note       {note}");
        }
        if let Some(canonical) = &self.stages.canonical_request {
            stage(
                &mut out,
                "canonical request, as the service computes it",
                canonical,
            );
        }
        if let Some(string) = &self.stages.string_to_sign {
            stage(
                &mut out,
                "string to sign, as the service computes it",
                string,
            );
        }
        if let Some(expected) = self
            .expected
            .as_ref()
            .filter(|_| self.signature == SignatureStatus::Invalid)
        {
            let _ = writeln!(out, "  its signature begins with {expected}…");
        }
        self.server(&mut out);
        self.causes(&mut out);
        out
    }

    fn result(&self, out: &mut String) {
        let word = self.signature.name();
        let style = match self.signature {
            SignatureStatus::Valid => GOOD,
            SignatureStatus::Invalid => BAD,
            SignatureStatus::Unsigned => WARN,
        };
        let word = styled(style, word);
        let _ = match (&self.reason, self.signature) {
            (None, _) => writeln!(out, "signature  {word}"),
            (Some(reason), SignatureStatus::Valid) => {
                writeln!(
                    out,
                    "signature  {word}\nrefused    although the signature is valid: {reason}"
                )
            }
            (Some(reason), _) => writeln!(out, "signature  {word}: {reason}"),
        };
    }

    fn answer(&self, out: &mut String) {
        let Some(answer) = &self.answer else {
            return;
        };
        let status = match answer.status {
            0 => String::new(),
            status => format!("{status} "),
        };
        let code = answer.code.as_deref().unwrap_or_default();
        let message = answer.message.as_deref();
        let message = message
            .map(|message| format!(": {message}"))
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "response   {}",
            format!("{status}{code}{message}").trim()
        );
        if let Some(meaning) = &answer.meaning {
            let _ = writeln!(out, "           {meaning}");
        }
    }

    fn clock(&self, out: &mut String) {
        let Some(seconds) = self.clock_skew_seconds else {
            return;
        };
        let side = if seconds < 0 { "behind" } else { "ahead of" };
        let seconds = seconds.abs();
        let _ = writeln!(
            out,
            "clock      the request is {seconds} s {side} the server"
        );
    }

    fn server(&self, out: &mut String) {
        let Some(server) = &self.server else {
            return;
        };
        stage(
            out,
            "string to sign, as the response shows it",
            &server.string_to_sign,
        );
        let _ = match &server.difference {
            None => writeln!(out, "  the strings agree"),
            Some(difference) => writeln!(
                out,
                "  the strings differ at byte {}, line {}, column {}: the response has {}",
                difference.offset,
                difference.line,
                difference.column,
                difference
                    .sentence()
                    .replace("expected ", "")
                    .replace("got ", "this request "),
            ),
        };
    }

    fn causes(&self, out: &mut String) {
        if self.scheme == SignatureScheme::None {
            out.push_str(
                "\nno Authorization header, and no x-fc-signature in the URL: either the request was not signed,\n\
                 or the capture omits the signature, as HAR exports of browsers do\n",
            );
            return;
        }
        if self.signature == SignatureStatus::Invalid && self.causes.is_empty() {
            let computations = self.search.map_or(0, |search| search.computations);
            let is_exhausted = self.search.is_some_and(|search| search.is_exhausted);
            let end = if is_exhausted {
                "; the search stopped there, because its budget was used up"
            } else {
                ""
            };
            let _ = write!(
                out,
                "\ncause      unknown: no known mistake, no known change after signing and no pair of them gives this signature\n  \
                 ({computations} signatures were computed{end})\n  \
                 check the key first (another account, a rotated key), then what a proxy or the HTTP\n  \
                 client changes after signing: capture the request where it arrives\n",
            );
            return;
        }
        if !self.alternatives.is_empty() {
            let count = self.alternatives.len() + 1;
            let _ = writeln!(
                out,
                "\nthe signed text is proven; {count} mistakes give this text, the most ordinary first:"
            );
        }
        for (place, one) in self.causes.iter().enumerate() {
            let label = if place == 0 { "cause" } else { "and" };
            cause(out, label, one, !self.alternatives.is_empty());
        }
        for alternative in &self.alternatives {
            for (place, one) in alternative.iter().enumerate() {
                let label = if place == 0 { "or" } else { "and" };
                let _ = writeln!(out, "{label:<11}{}", named(one));
            }
        }
        if let Some(code) = self.causes.iter().find_map(|cause| cause.code) {
            let _ = writeln!(out, "\nnext: fcgate explain {code}");
        }
    }
}

fn cause(out: &mut String, label: &str, cause: &Cause, is_one_of_several: bool) {
    let sure = if cause.is_proven || is_one_of_several {
        ""
    } else {
        " (likely)"
    };
    let _ = writeln!(out, "\n{label:<11}{}{sure}", styled(BOLD, &named(cause)));
    if let Some(difference) = &cause.difference {
        let _ = writeln!(
            out,
            "  first difference at byte {}, line {}, column {}: {}",
            difference.offset,
            difference.line,
            difference.column,
            difference.sentence()
        );
    }
    if let Some(signed) = &cause.signed {
        let _ = writeln!(out, "  the client signed:");
        lines(out, signed);
    }
}

fn named(cause: &Cause) -> String {
    match (cause.code, cause.mutant) {
        (Some(code), Some(mutant)) => format!("{code} {mutant}: {}", cause.summary),
        _ => cause.summary.clone(),
    }
}

fn stage(out: &mut String, title: &str, text: &str) {
    let _ = writeln!(out, "\n{title}:");
    lines(out, text);
}

/// A stage, line by line, with every byte visible and tokens hidden.
pub fn stage_lines(text: &str) -> String {
    let mut out = String::new();
    lines(&mut out, text);
    out
}

fn lines(out: &mut String, text: &str) {
    let text = redact_tokens(text);
    for line in text.split_inclusive('\n') {
        let end = if line.ends_with('\n') {
            None
        } else {
            Some(END)
        };
        let shown = visible(line.as_bytes());
        let end = end.map(String::from).unwrap_or_default();
        let _ = writeln!(out, "  {} {shown}{end}", styled(DIM, "|"));
    }
    if text.ends_with('\n') || text.is_empty() {
        let _ = writeln!(out, "  {} {END}", styled(DIM, "|"));
    }
}

fn scheme(scheme: SignatureScheme) -> &'static str {
    match scheme {
        SignatureScheme::Fc => "FC, in the authorization header",
        SignatureScheme::FcPresignedUrl => "FC, in a signed URL",
        SignatureScheme::Acs3 => "ACS3-HMAC-SHA256",
        SignatureScheme::AcsV1 => "acs (HMAC-SHA1), the older scheme",
        SignatureScheme::Bearer => "none: a bearer token instead of a signature",
        SignatureScheme::None => "none",
    }
}
