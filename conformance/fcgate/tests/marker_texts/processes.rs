//! What other users see of a process of the gate, and the log and the files of `fcgate serve`.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use crate::Text;
use crate::commands::fcgate;
use crate::search::TOKEN;

pub(crate) fn texts() -> Vec<Text> {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["serve", "--record", "requests"];
    fs::create_dir(folder.path().join("requests")).unwrap();
    let mut command = fcgate(folder.path(), &arguments);
    let mut server = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    let mut shown = String::new();
    let address = loop {
        let mut line = String::new();
        assert!(output.read_line(&mut line).unwrap() > 0, "{shown}");
        shown += &line;
        if let Some((_, rest)) = line.split_once("http://") {
            let end = rest.find(|one: char| !one.is_ascii_digit() && !".:".contains(one));
            break rest[..end.unwrap_or(rest.len())].to_owned();
        }
    };
    let mut texts = seen_by_others(server.id());
    for path in ["/", "/2021-04-06/services/s/functions/f/invocations"] {
        let mut stream = TcpStream::connect(&address).unwrap();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nX-Fc-Security-Token: {TOKEN}\r\nAuthorization: FC id:c2lnbmF0dXJl\r\n\
             Cookie: session={TOKEN}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        texts.push(Text::new("answer of serve", answer));
    }
    server.kill().unwrap();
    output.read_to_string(&mut shown).unwrap();
    let mut errors = String::new();
    server
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut errors)
        .unwrap();
    server.wait().unwrap();
    texts.push(Text::new("log of serve", shown));
    texts.push(Text::new("stderr of serve", errors));
    for file in fs::read_dir(folder.path().join("requests")).unwrap() {
        let file = file.unwrap();
        texts.push(Text::new(
            "name of a recorded request",
            file.file_name().to_string_lossy(),
        ));
        let text = fs::read(file.path()).unwrap();
        texts.push(Text::new(
            "recorded request",
            String::from_utf8_lossy(&text),
        ));
    }
    texts
}

/// The process list, and the parts of the name of a core file: the program, its path and its arguments.
fn seen_by_others(id: u32) -> Vec<Text> {
    let files = ["cmdline", "comm", "stat", "status"];
    let mut texts: Vec<Text> = files
        .iter()
        .map(|name| {
            let text = fs::read(format!("/proc/{id}/{name}")).unwrap_or_default();
            Text::new(format!("/proc/{name}"), String::from_utf8_lossy(&text))
        })
        .collect();
    let program = fs::read_link(format!("/proc/{id}/exe")).unwrap_or_default();
    texts.push(Text::new(
        "the path of the program",
        program.to_string_lossy(),
    ));
    texts
}
