//! The signing functions of official SDKs in other languages, each compared with ours at the same time.

use serde::{Deserialize, Serialize};

use super::line::Line;
use super::program::Program;
use super::section::{Measured, Section};
use crate::{programs, sdks};

const FOLDER: &str = "conformance/peers/programs";
/// How often each program runs, and ours before it.
const ROUNDS: usize = 3;

/// A signing function of an SDK.
struct Function {
    name: &'static str,
    /// The SDKs that must be installed.
    sdks: &'static [&'static str],
    scheme: &'static str,
    command: fn() -> Result<Vec<String>, String>,
}

const FUNCTIONS: [Function; 8] = [
    Function {
        name: "Python, aliyun-fc2",
        sdks: &["python-fc2"],
        scheme: "FC",
        command: || Ok(python("python-fc2")),
    },
    Function {
        name: "Node, @alicloud/fc2",
        sdks: &["node-fc2"],
        scheme: "FC",
        command: || Ok(node("node-fc2")),
    },
    Function {
        name: "Go, fc-go-sdk",
        sdks: &["go-fc"],
        scheme: "FC",
        command: go,
    },
    Function {
        name: "Java, aliyun-java-sdk-fc",
        sdks: &JAVA,
        scheme: "FC",
        command: || Ok(java()),
    },
    Function {
        name: "Python, core of fc20230330",
        sdks: &["python-fc20230330"],
        scheme: "ACS3",
        command: || Ok(python("python-fc20230330")),
    },
    Function {
        name: "Node, core of fc20230330",
        sdks: &["node-fc20230330"],
        scheme: "ACS3",
        command: || Ok(node("node-fc20230330")),
    },
    Function {
        name: "Go, core of fc-20230330",
        sdks: &["go-fc20230330"],
        scheme: "ACS3",
        command: go,
    },
    Function {
        name: "Java, core of fc20230330",
        sdks: &JAVA,
        scheme: "ACS3",
        command: || Ok(java()),
    },
];
/// The program in Java has the packages of both.
const JAVA: [&str; 2] = ["java-fc", "java-fc20230330"];

/// A request with our signature.
#[derive(Serialize, Deserialize)]
struct Request {
    scheme: String,
    row: String,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    access_key_id: String,
    access_key_secret: String,
    authorization: String,
}

/// What a program found.
#[derive(Deserialize)]
struct Found {
    nanoseconds: f64,
    authorization: String,
}

/// Adds a row for each function. A missing SDK or toolchain is a note.
pub(super) fn measure(ours: &Program, measured: &mut Measured) -> Result<(), String> {
    let requests: Vec<Request> = ours.json(&["requests"])?;
    let mut lines = Vec::new();
    for function in &FUNCTIONS {
        let request = requests.iter().find(|one| one.scheme == function.scheme);
        let request = request.ok_or_else(|| format!("no request for {}", function.scheme))?;
        let line = function.line(ours, request);
        let line = line.map_err(|problem| format!("{}: {problem}", function.name));
        lines.extend(measured.or_note(Some(line)));
    }
    let title = "Signing functions of official SDKs";
    measured.sections.push(Section::new(title, lines));
    Ok(())
}

impl Function {
    fn line(&self, ours: &Program, request: &Request) -> Result<Line, String> {
        if let Some(missing) = self.sdks.iter().find(|name| !is_installed(name)) {
            return Err(format!(
                "{missing} is not installed; run `cargo xtask sdks`"
            ));
        }
        let command = (self.command)()?;
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let input = serde_json::to_string(request).map_err(|error| error.to_string())?;
        let (mut times, mut ratios, mut signs_other_headers) = (Vec::new(), Vec::new(), false);
        for _ in 0..ROUNDS {
            let own = ours.time_of(&request.row, 5)?;
            let output = programs::output_for(&words, &input)?;
            let found: Found = serde_json::from_str(&output)
                .map_err(|error| format!("expected a time and a signature: {error}: {output}"))?;
            signs_other_headers = is_of_other_headers(&found.authorization, request)?;
            times.push(found.nanoseconds);
            ratios.push(found.nanoseconds / own);
        }
        times.sort_by(f64::total_cmp);
        ratios.sort_by(f64::total_cmp);
        let (&[_, median, _], &[least, ratio, greatest]) = (&times[..], &ratios[..]) else {
            return Err("expected three rounds".to_owned());
        };
        let note = if signs_other_headers {
            " (signs other headers)"
        } else {
            ""
        };
        Ok(Line {
            row: format!("{}, {}{note}", self.name, self.scheme),
            compared_with: Some(request.row.clone()),
            is_peer: true,
            nanoseconds: median,
            ratio: Some([ratio, least, greatest]),
            ..Line::default()
        })
    }
}

/// Whether the signature names other signed headers than ours. With the same headers it must be the same.
fn is_of_other_headers(found: &str, request: &Request) -> Result<bool, String> {
    fn headers(authorization: &str) -> Option<&str> {
        let (_, names) = authorization.split_once("SignedHeaders=")?;
        names.split(',').next()
    }
    let ours = &request.authorization;
    if headers(found) != headers(ours) {
        return Ok(true);
    }
    if found == ours {
        return Ok(false);
    }
    Err(format!("expected the signature {ours}, got {found}"))
}

fn is_installed(name: &str) -> bool {
    installation(name).join(sdks::STAMP).exists()
}

fn installation(name: &str) -> std::path::PathBuf {
    programs::root().join("target/sdks").join(name)
}

fn text(path: &std::path::Path) -> String {
    path.display().to_string()
}

fn program(name: &str) -> String {
    text(&programs::root().join(FOLDER).join(name))
}

fn python(sdk: &str) -> Vec<String> {
    vec![
        text(&installation(sdk).join("bin/python")),
        program("sign.py"),
    ]
}

fn node(sdk: &str) -> Vec<String> {
    vec![
        "node".to_owned(),
        program("sign.js"),
        text(&installation(sdk)),
    ]
}

/// The modules are those of the adapters, so the program is built in their folder.
fn go() -> Result<Vec<String>, String> {
    let built = text(&programs::root().join("target/bench/sign-go"));
    let source = program("sign.go");
    let words = ["go", "build", "-mod=readonly", "-o", &built, &source];
    let folder = programs::root().join("conformance/adapters/sdk-go");
    let ended = programs::run_in(&folder, &words)?;
    match ended.code {
        Some(0) => Ok(vec![built]),
        _ => Err(ended.stderr),
    }
}

/// Java compiles a program of one file when it starts.
fn java() -> Vec<String> {
    let packages = JAVA.map(|name| text(&installation(name).join("lib/*")));
    vec![
        "java".to_owned(),
        "-cp".to_owned(),
        packages.join(":"),
        program("Sign.java"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_signature_of_the_same_headers_is_an_error() {
        let request = |authorization: &str| Request {
            scheme: String::new(),
            row: String::new(),
            method: String::new(),
            path: String::new(),
            headers: Vec::new(),
            access_key_id: String::new(),
            access_key_secret: String::new(),
            authorization: authorization.to_owned(),
        };
        let ours = request("ACS3 SignedHeaders=a;b,Signature=1");
        let is_other = |found: &str| is_of_other_headers(found, &ours);
        assert_eq!(is_other("ACS3 SignedHeaders=a;b,Signature=1"), Ok(false));
        assert_eq!(is_other("ACS3 SignedHeaders=a,Signature=2"), Ok(true));
        assert!(is_other("ACS3 SignedHeaders=a;b,Signature=2").is_err());
        assert!(is_of_other_headers("FC id:1", &request("FC id:2")).is_err());
    }
}
