//! Servers to test against, and a world to tell stories in.
#![allow(dead_code, reason = "every test takes what it needs")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests fail like tests"
)]

<<<<<<< HEAD
pub mod certificates;
pub mod dovecot;
pub mod script;
=======
pub mod dns;
>>>>>>> mail
pub mod sign;
pub mod wire;
pub mod world;
