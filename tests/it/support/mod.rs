//! Servers to test against, and a world to tell stories in.
#![allow(dead_code, reason = "every test takes what it needs")]

pub mod answering;
pub mod calendar;
pub mod certificates;
pub mod confirmd;
pub mod daemon;
pub mod desk;
pub mod disk;
pub mod dns;
pub mod dovecot;
pub mod faults;
pub mod gate;
pub mod line;
pub mod pack;
pub mod rules;
pub mod script;
pub mod sign;
pub mod smtp;
pub mod wire;
pub mod world;
