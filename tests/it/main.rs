//! One integration binary: scenarios, real servers, real processes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers of tests are tests too")]

mod support;

mod cli;
mod config;
mod corpus;
mod dkim;
mod dns;
mod files;
mod imap;
mod mail;
mod notify;
mod proof;
mod scenarios;
mod sync;
mod systemd;
mod tidy;
