//! The commands of the gate with the markers as the key of their environment, and their reports.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Text;
use crate::credentials::{credentials, time};
use crate::search::{SECRET, TOKEN};

const REPORTS: [&str; 7] = ["json", "jsonl", "junit", "tap", "md", "html", "badge"];

/// `fcgate` with the markers as its key.
pub(crate) fn fcgate(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fcgate"));
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("FCGATE_ACCESS_KEY_ID", "FCTESTACCESSKEYID01")
        .env("FCGATE_ACCESS_KEY_SECRET", SECRET)
        .env("FCGATE_SECURITY_TOKEN", TOKEN)
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET)
        .env("ALIBABA_CLOUD_SECURITY_TOKEN", TOKEN)
        .env("PYTHON_API_KEY", SECRET)
        .env_remove("GITHUB_ACTIONS");
    command
}

pub(crate) fn texts() -> Vec<Text> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("signed.http"),
        capture("X-Fc-Security-Token"),
    )
    .unwrap();
    fs::write(folder.path().join("wrong.http"), capture("X-Fc-Other")).unwrap();
    let url = "https://f-abc.cn-hangzhou.fcapp.run/a?b=c";
    let token_header = format!("X-Fc-A: {TOKEN}");
    let bad_header = format!("X-Fc-A {TOKEN}");
    let token_url = format!("{url}&x-fc-security-token={TOKEN}");
    let unknown = format!("--secret={SECRET}");
    let commands: [&[&str]; 19] = [
        &["sign", "--url", url],
        &["sign", "--url", url, "--format", "json"],
        &["sign", "--url", url, "--scheme", "acs3"],
        &["sign", "--url", url, "--scheme", "acs3", "--format", "json"],
        &[
            "sign",
            "--url",
            url,
            "--method",
            "GET",
            "--presigned",
            "--expires",
            "60",
        ],
        &["sign", "--url", url, "--header", &token_header],
        &["sign", "--url", url, "--header", &bad_header],
        &["sign", "--url", &token_url],
        &["sign", "--url", "no url"],
        &["why", "--request", "signed.http"],
        &["why", "--request", "signed.http", "--format", "json"],
        &["why", "--request", "wrong.http"],
        &["why", "--request", "wrong.http", "--format", "json"],
        &["why", "--request", "missing.http"],
        &["run", "-v", "--partial-ok", "--only", "sign.fc-vectors.*"],
        &[
            "run",
            "--partial-ok",
            "--only",
            "sign.fc-vectors.*",
            "--",
            "sh",
            "-c",
            "env >&2; exit 1",
        ],
        &["run", &unknown],
        &["list"],
        &["--version"],
    ];
    let mut texts = Vec::new();
    for arguments in commands {
        texts.extend(outputs(&mut fcgate(folder.path(), arguments), arguments));
    }
    texts.extend(reports(folder.path()));
    texts
}

/// A request that the marker key signed, with the token in this header.
fn capture(token_name: &str) -> String {
    let mut request = http::Request::post(
        "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2021-04-06/services/s/functions/f/invocations",
    )
    .body("")
    .unwrap();
    let signer = fc_sign::fc::FcSigner::new(&credentials());
    let headers = signer.sign(&request, fc_sign::fc::Resource::Api, time());
    headers.unwrap().apply(request.headers_mut());
    let mut lines = vec![
        "POST /2021-04-06/services/s/functions/f/invocations HTTP/1.1".to_owned(),
        "Host: 1234567890123456.cn-hangzhou.fc.aliyuncs.com".to_owned(),
    ];
    for (name, value) in request.headers() {
        let name = match name.as_str() {
            "x-fc-security-token" => token_name,
            name => name,
        };
        lines.push(format!("{name}: {}", value.to_str().unwrap()));
    }
    lines.join("\r\n") + "\r\n\r\n"
}

/// Stdout and stderr of a command. The marker in an argument is the caller's own, so the command may only repeat nothing.
fn outputs(command: &mut Command, arguments: &[&str]) -> Vec<Text> {
    let output = command.output().unwrap();
    let name = arguments.first().unwrap_or(&"").to_string();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    vec![
        Text::new(format!("stdout of {name}"), text(&output.stdout)),
        Text::new(format!("stderr of {name}"), text(&output.stderr)),
    ]
}

/// Every report, of a run whose adapter is the reference and of one whose adapter writes what it gets.
fn reports(folder: &Path) -> Vec<Text> {
    let mut texts = Vec::new();
    for (name, adapter) in [
        ("reference", &[][..]),
        (
            "talker",
            &[
                "--",
                "sh",
                "-c",
                "env >&2; cat /proc/$PPID/cmdline >&2; exit 1",
            ],
        ),
    ] {
        let targets: Vec<String> = REPORTS
            .iter()
            .map(|kind| format!("{kind}={name}.{kind}"))
            .collect();
        let mut arguments = vec!["run", "--partial-ok", "--only", "parse.status.4*"];
        for target in &targets {
            arguments.extend(["--report", target]);
        }
        arguments.extend(adapter);
        texts.extend(outputs(&mut fcgate(folder, &arguments), &arguments));
        for kind in REPORTS {
            let file = folder.join(format!("{name}.{kind}"));
            let text = fs::read_to_string(&file).unwrap_or_default();
            texts.push(Text::new(format!("report {name}.{kind}"), text));
        }
    }
    texts
}
