//! Raw mail: bytes to a [`Message`](crate::model::message::Message), fingerprints, and the proof of the sender.
//!
//! Pure functions of bytes: no network (keys come through [`proof::KeyLookup`]), no clock, no files. Nothing here opens a link or
//! runs anything that a mail contains, and any bytes are safe to give it: time and memory are bounded, nothing panics.

mod address;
mod charset;
mod elements;
mod encoded_word;
mod headers;
mod html;
mod identity;
mod links;
mod message;
mod parts;
pub mod proof;
pub mod redact;
mod text;
mod transfer;

pub use identity::{identity, sha256};
pub use message::{Unreadable, header_only, parse};
