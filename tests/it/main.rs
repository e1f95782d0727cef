//! One integration binary: scenarios, real servers, real processes.
mod config;
mod files;
mod tidy;
