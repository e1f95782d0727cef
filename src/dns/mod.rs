//! stub
#![allow(missing_docs)]
pub enum Answer {
    Found(String),
    Missing,
    Unavailable(String),
}
#[derive(Debug)]
pub struct Resolver;
impl Resolver {
    pub fn new(_s: Option<std::net::SocketAddr>) -> Resolver {
        Resolver
    }
    pub fn txt(&self, _n: &str) -> Answer {
        Answer::Missing
    }
}
