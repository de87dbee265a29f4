//! Scripted answers for the fake servers of the gate, and the code that plays them.
//!
//! A [`Step`] is one thing that a server does on a connection. A [`Response`] becomes bytes to send. A
//! [`Player`] plays steps on a socket and reports to an [`Observer`].

mod byte_stream;
mod observer;
mod player;
mod response;
mod step;

pub use self::byte_stream::ByteStream;
pub use self::observer::Observer;
pub use self::player::{Next, Player};
pub use self::response::{BodyFraming, Response};
pub use self::step::Step;
