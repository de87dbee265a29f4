//! What an adapter does not claim is told where it is there, and nowhere else.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;

use crate::project::{Project, Said};
use crate::tool::is_missing;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    let python = is_missing("python3", true);
    vec![
        trial("a_plain_signer_is_not_said_to_do_more", plain).with_ignored_flag(python),
        trial("what_is_there_and_not_claimed_is_told", there).with_ignored_flag(python),
        trial("what_a_profile_still_demands_is_named", demanded).with_ignored_flag(python),
        trial("a_misspelt_capability_is_understood", misspelt).with_ignored_flag(python),
    ]
}

/// Undeclared capabilities are looked for with any selection.
fn few(project: &Project) -> Said {
    let only = ["--only", "sign.fc-vectors.fc-01", "--partial-ok"];
    project.fcgate(&[&["run"][..], &only].concat())
}

/// Signs API requests, whatever kind it is asked for, and knows of no token.
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

fn plain() {
    let project = Project::of("python");
    let path = "conformance/adapter.py";
    let text = project.read(path);
    let missing = "\"stages\": {\"string_to_sign\": ...}}\n";
    assert!(text.contains(missing), "{text}");
    let text = text.replacen("CAPS = []", "CAPS = ['sign.fc']", 1);
    project.write(path, &text.replacen(missing, PLAIN, 1));
    let said = few(&project);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    assert!(said.out.contains("declares 1 capability ·"), "{}", said.out);
    assert!(!said.out.contains("warning:"), "{}", said.out);
}

fn there() {
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
    let said = few(&project);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    for name in ["sign.fc.http-trigger", "sign.fc.presigned-url", "cred.sts"] {
        let told = format!("the subject does not declare {name}, so the gate skips its cases");
        assert!(said.out.contains(&told), "{name}: {}", said.out);
    }
    assert!(!said.out.contains("counter-examples"), "{}", said.out);
}

fn demanded() {
    let project = Project::of("python");
    let said = project.fcgate(&["run", "--profile", "sign"]);
    assert_eq!(said.code, Some(3), "{}", said.err);
    let next =
        "\nnext: declare cred.sts, sign.fc or sign.acs3 in `hello()` in conformance/adapter.py: ";
    assert!(said.out.contains(next), "{}", said.out);
    let said = project.fcgate(&["run", "--profile", "full"]);
    assert!(
        said.out.contains("\nnext: declare sign.fc, "),
        "{}",
        said.out
    );
}

fn misspelt() {
    let project = Project::of("python");
    let text = project.read("conformance/adapter.py");
    let text = text.replacen("CAPS = []", "CAPS = ['sign-fc']", 1);
    project.write("conformance/adapter.py", &text);
    let said = few(&project);
    assert!(said.out.contains("did you mean 'sign.fc'?"), "{}", said.out);
}
