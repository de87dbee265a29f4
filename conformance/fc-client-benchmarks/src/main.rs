//! The CPU time of an invocation with our clients, compared with the same HTTP client that sends a prepared request.
//!
//! `time ROUNDS` prints the time of an invocation and its ratio to the HTTP client alone, as JSON. The server is another
//! process of this program on loopback, with persistent connections. A round measures both sides of a ratio one after the
//! other, each with new connections. Both sides have the same time limits, except that hyper-util has none, so only our
//! client pays for them there.
#![expect(clippy::print_stdout, reason = "the measurements are the product")]

mod asynchronous;
mod blocking;
mod failure;
mod plan;
mod rows;
mod server;
mod work;

use serde_json::Value;

use self::failure::Failure;
use self::server::Server;
use self::work::Work;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *words.as_slice() {
        [server::WORD] => server::run(),
        ["time", rounds] => {
            let server = Server::start()?;
            let mut times = Vec::new();
            for row in rows::all() {
                let work = Work::at(server.uri(), row.plan.payload)?;
                times.push(row.measure(rounds.parse()?, &work)?);
            }
            println!("{}", Value::from(times));
            Ok(())
        }
        _ => Err("expected `time ROUNDS`".into()),
    }
}
