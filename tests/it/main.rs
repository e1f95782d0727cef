//! One integration binary: scenarios, real servers, real processes.
mod tidy;
