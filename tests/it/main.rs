//! One integration binary: scenarios, real servers, real processes.
<<<<<<< HEAD
<<<<<<< HEAD
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers of tests are tests too")]

=======
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]

mod dkim;
mod dns;
mod mail;
>>>>>>> mail
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
