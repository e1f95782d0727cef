//! One integration binary: scenarios, real servers, real processes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers of tests are tests too")]

mod support;

mod config;
mod doctor;
mod imap;
mod notify;
mod systemd;
mod tidy;
