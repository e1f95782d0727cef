//! One integration binary: scenarios, real servers, real processes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "the helpers of tests are tests too"
)]

mod support;

mod baddays;
mod cli;
mod config;
mod corpus;
mod dkim;
mod dns;
mod doctor;
mod evidence;
mod files;
mod fooled;
mod german;
mod imap;
mod init;
mod locales;
mod mail;
mod notify;
mod operations;
mod packager;
mod proof;
mod readme;
mod redact;
mod run;
mod scan;
mod scenarios;
mod sync;
mod systemd;
mod tidy;
mod unharmed;
