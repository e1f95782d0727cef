//! One integration binary: scenarios, real servers, real processes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "the helpers of tests are tests too"
)]

mod support;

mod config;
mod corpus;
mod dkim;
mod dns;
mod doctor;
mod files;
mod imap;
mod mail;
mod notify;
mod proof;
mod redact;
mod scan;
mod scenarios;
mod systemd;
mod tidy;
