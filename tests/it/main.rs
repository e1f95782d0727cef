//! One integration binary: scenarios, real servers, real processes.
mod corpus;
mod tidy;
