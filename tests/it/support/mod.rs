//! Servers to test against: a real Dovecot, and one that follows a script.
#![allow(dead_code, reason = "every test takes what it needs")]

pub mod certificates;
pub mod dovecot;
pub mod script;
pub mod wire;
pub mod world;
