//! A server of a few lines that answers with given bytes.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// What is sent for each request, in turn, and whether the connection is closed behind it.
pub(crate) type Answers<'a> = &'a [(&'a str, bool)];

pub(crate) struct Origin {
    pub(crate) url: String,
    requests: Receiver<(usize, String)>,
}

impl Origin {
    pub(crate) fn new(answers: Answers<'_>) -> Self {
        let answers = answers
            .iter()
            .map(|(text, close)| (String::from(*text), *close));
        let answers = Arc::new(Mutex::new(answers.collect::<Vec<_>>().into_iter()));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/f?secret=1", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let (mut stream, sender) = (stream.unwrap(), sender.clone());
                let answers = Arc::clone(&answers);
                thread::spawn(move || serve(index, &mut stream, &answers, &sender));
            }
        });
        Self { url, requests }
    }

    /// The number of the connection and the text of the next request.
    pub(crate) fn request(&self) -> (usize, String) {
        self.requests.recv().unwrap()
    }
}

/// Answers until the peer goes away; nothing once there is nothing more to answer.
fn serve(
    index: usize,
    stream: &mut TcpStream,
    answers: &Mutex<impl Iterator<Item = (String, bool)>>,
    sender: &Sender<(usize, String)>,
) -> Option<()> {
    while let Some(request) = read(stream) {
        sender.send((index, request)).ok()?;
        let (answer, close) = answers.lock().unwrap().next()?;
        stream.write_all(answer.as_bytes()).ok()?;
        if close {
            break;
        }
    }
    Some(())
}

/// One request whose body ends with the word `end`, or that has none.
fn read(stream: &mut TcpStream) -> Option<String> {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    while !text.ends_with("end") && !text.contains("content-length: 0\r\n") {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        text.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    Some(text)
}
