//! (in the making)
#![allow(missing_docs)]
use crate::model::{
    account::Platform,
    message::{Address, Message},
    recognition::Recognition,
};
pub struct RuleSet;
impl RuleSet {
    pub fn is_sender_domain(&self, _d: &str) -> bool {
        false
    }
    pub fn platform_of(&self, _a: &Address) -> Option<Platform> {
        None
    }
}
pub struct Recognised {
    pub recognition: Option<Recognition>,
}
pub fn recognise(_r: &RuleSet, _m: &Message, _p: bool) -> Recognised {
    Recognised { recognition: None }
}
