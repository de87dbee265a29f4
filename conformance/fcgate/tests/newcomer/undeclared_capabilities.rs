//! Warnings about capabilities that an adapter has but does not declare.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;

use crate::project::{CommandOutput, Project};
use crate::required_program::{PYTHON3, trial_with};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial_with(
            &[PYTHON3],
            "no_warning_if_undeclared_capabilities_do_not_work",
            no_warning,
        ),
        trial_with(
            &[PYTHON3],
            "a_warning_lists_working_capabilities_that_are_not_declared",
            warning,
        ),
        trial_with(
            &[PYTHON3],
            "the_next_step_lists_the_capabilities_that_the_profile_requires",
            next_step,
        ),
        trial_with(
            &[PYTHON3],
            "an_unknown_capability_gets_a_suggestion",
            suggestion,
        ),
    ]
}

/// Runs one case. The search for undeclared capabilities does not depend on the selection.
fn run_one_case(project: &Project) -> CommandOutput {
    let only = ["--only", "sign.fc-vectors.fc-01", "--partial-ok"];
    project.fcgate(&[&["run"][..], &only].concat())
}

/// Signs every request as an API request, and ignores security tokens.
const PLAIN: &str = "\"stages\": {\"string_to_sign\": ...}}
    import base64, hashlib, hmac, urllib.parse
    if given['scheme'] != 'fc':
        raise NotImplementedError
    headers = {name.lower(): value for name, value in given['headers']}
    lines = [f'{name}:{headers[name]}' for name in sorted(headers) if name.startswith('x-fc-')]
    path = urllib.parse.unquote(urllib.parse.urlsplit(given['url']).path)
    date = headers.get('x-fc-date', headers.get('date', ''))
    pieces = [given['method'], headers.get('content-md5', ''), headers.get('content-type', ''), date]
    text = '\\n'.join(pieces + lines + [path])
    keys = given['credentials']
    mac = hmac.new(keys['access_key_secret'].encode(), text.encode(), hashlib.sha256).digest()
    value = 'FC ' + keys['access_key_id'] + ':' + base64.b64encode(mac).decode()
    return {'headers': [['Authorization', value]]}
";

fn no_warning() {
    let project = Project::of("python");
    let path = "conformance/adapter.py";
    let text = project.read(path);
    let missing = "\"stages\": {\"string_to_sign\": ...}}\n";
    assert!(text.contains(missing), "{text}");
    let text = text.replacen("CAPS = []", "CAPS = ['sign.fc']", 1);
    project.write(path, &text.replacen(missing, PLAIN, 1));
    let output = run_one_case(&project);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
    assert!(
        output.stdout.contains("declares 1 capability ·"),
        "{}",
        output.stdout
    );
    assert!(!output.stdout.contains("warning:"), "{}", output.stdout);
}

fn warning() {
    let project = Project::new();
    let adapters = Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters/python-plain");
    for file in fs::read_dir(adapters).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "py") {
            fs::copy(
                &path,
                project.path(path.file_name().unwrap().to_str().unwrap()),
            )
            .unwrap();
        }
    }
    let text = project.read("adapter.py");
    let (before, after) = text.split_once("CAPS = (\n").unwrap();
    let (_, after) = after.split_once(").split()\n").unwrap();
    project.write(
        "adapter.py",
        &format!("{before}CAPS = [\"sign.fc\"]\n{after}"),
    );
    project.write("fcgate.toml", "adapter = [\"python3\", \"adapter.py\"]\n");
    let output = run_one_case(&project);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
    for name in ["sign.fc.http-trigger", "sign.fc.presigned-url", "cred.sts"] {
        let expected = format!("the subject does not declare {name}, so the gate skips its cases");
        assert!(
            output.stdout.contains(&expected),
            "{name}: {}",
            output.stdout
        );
    }
    assert!(
        !output.stdout.contains("counter-examples"),
        "{}",
        output.stdout
    );
}

fn next_step() {
    let project = Project::of("python");
    let output = project.fcgate(&["run", "--profile", "sign"]);
    assert_eq!(output.code, Some(3), "{}", output.stderr);
    let next =
        "\nnext: declare cred.sts, sign.fc or sign.acs3 in `hello()` in conformance/adapter.py: ";
    assert!(output.stdout.contains(next), "{}", output.stdout);
    let output = project.fcgate(&["run", "--profile", "full"]);
    assert!(
        output.stdout.contains("\nnext: declare sign.fc, "),
        "{}",
        output.stdout
    );
}

fn suggestion() {
    let project = Project::of("python");
    let text = project.read("conformance/adapter.py");
    let text = text.replacen("CAPS = []", "CAPS = ['sign-fc']", 1);
    project.write("conformance/adapter.py", &text);
    let output = run_one_case(&project);
    assert!(
        output.stdout.contains("did you mean 'sign.fc'?"),
        "{}",
        output.stdout
    );
}
