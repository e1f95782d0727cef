//! One integration binary: scenarios, real servers, real processes.
<<<<<<< HEAD
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers of tests are tests too")]

mod support;

mod config;
mod dkim;
mod files;
mod imap;
mod notify;
mod scenarios;
mod systemd;
=======
mod corpus;
>>>>>>> rules
mod tidy;
