//! One integration binary: scenarios, real servers, real processes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]

mod dkim;
mod dns;
mod mail;
mod proof;
mod support;
mod tidy;
