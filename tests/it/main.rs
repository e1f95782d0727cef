//! One integration binary: scenarios, real servers, real processes.
mod dkim;
mod support;
mod tidy;
