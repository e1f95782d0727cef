//! `[[account]]`: the person's accounts at Meta, and what they sent for them.

use std::collections::BTreeMap;

use toml::Spanned;

use super::error::{ConfigError, Remark, section_label};
use super::raw;
use super::section::{Page, Section};
use crate::locale::phrase;
use crate::model::account::{Account, AccountId, Platform};
use crate::model::objection::{Objection, Via};

/// Checks every account.
pub(super) fn all(
    page: &Page<'_>,
    raw: &[Spanned<raw::Account>],
    warnings: &mut Vec<Remark>,
) -> Result<Vec<Account>, ConfigError> {
    let mut accounts = Vec::with_capacity(raw.len());
    let mut first: BTreeMap<AccountId, usize> = BTreeMap::new();
    for (index, entry) in raw.iter().enumerate() {
        let raw = entry.get_ref();
        let named = raw.id.as_ref().map(|id| id.get_ref().as_str());
        let section = Section { page, label: section_label("account", index, named), at: entry.span().start };
        let account = one(&section, raw, warnings)?;
        if let (Some(first), Some(id)) = (first.insert(account.id.clone(), entry.span().start), &raw.id) {
            let what = phrase!("cfg-account-twice", first = page.line(first).to_string());
            return Err(section.wrong(&id.span(), "id", what));
        }
        accounts.push(account);
    }
    Ok(accounts)
}

fn one(section: &Section<'_>, raw: &raw::Account, warnings: &mut Vec<Remark>) -> Result<Account, ConfigError> {
    let id = section.required("id", &raw.id, "id = \"anna-facebook\"")?;
    if let (Some(bad), Some(value)) = (id.chars().find(|c| !may_be_in_id(*c)), &raw.id) {
        let what = phrase!("cfg-id", character = format!("{bad:?}"));
        return Err(section.wrong(&value.span(), "id", what));
    }
    let platform = platform(section, raw)?;
    let handle = section.text("handle", &raw.handle)?.map(|handle| bare_handle(&handle));
    if let (Some(""), Some(value)) = (handle.as_deref(), &raw.handle) {
        return Err(section.wrong(&value.span(), "handle", phrase!("cfg-handle-empty")));
    }
    let display_name = section.text("display_name", &raw.display_name)?;
    let emails = emails(section, raw)?;
    let accounts_centre = section.text("accounts_centre", &raw.accounts_centre)?;
    let objected = section.past_date("objected", &raw.objected)?;
    let via = section.word("via", &raw.via)?;
    if let (None, Some(value)) = (objected, &raw.via) {
        warnings.push(section.remark(&value.span(), phrase!("cfg-via-alone", id = id.as_str())));
    }
    let objection = objected.map(|on| Objection { on, via: via.unwrap_or(Via::Web) });
    Ok(Account { id: AccountId(id), platform, handle, display_name, emails, accounts_centre, objection })
}

fn platform(section: &Section<'_>, raw: &raw::Account) -> Result<Platform, ConfigError> {
    if let Some(value) = raw.platform.as_ref().filter(|value| value.get_ref().eq_ignore_ascii_case("whatsapp")) {
        // Asked for by many, and there is nothing to watch for.
        return Err(section.wrong(&value.span(), "platform", phrase!("cfg-whatsapp")));
    }
    section.word("platform", &raw.platform)?.ok_or_else(|| section.lacks(phrase!("cfg-no-platform")))
}

/// The addresses, each once; at least one, because nothing could be attributed without.
fn emails(section: &Section<'_>, raw: &raw::Account) -> Result<Vec<String>, ConfigError> {
    let Some(emails) = section.list("emails", &raw.emails)? else {
        return Err(section.lacks(phrase!("cfg-no-emails")));
    };
    let values = raw.emails.as_ref().map(|list| list.get_ref().as_slice()).unwrap_or_default();
    let mut unique: Vec<String> = Vec::with_capacity(emails.len());
    for (email, value) in emails.into_iter().zip(values) {
        if email.contains('*') && !is_catch_all(&email) {
            return Err(section.wrong(&value.span(), "emails", phrase!("cfg-star", address = email)));
        }
        if !is_address(&email) {
            return Err(section.wrong(&value.span(), "emails", phrase!("cfg-address-in", address = email)));
        }
        if !unique.iter().any(|known| known.eq_ignore_ascii_case(&email)) {
            unique.push(email);
        }
    }
    Ok(unique)
}

/// The user name without the `@` that Instagram and Threads show before it.
fn bare_handle(handle: &str) -> String {
    let handle = handle.trim();
    handle.strip_prefix('@').unwrap_or(handle).to_owned()
}

/// `*@example.org`: every address of a domain.
fn is_catch_all(text: &str) -> bool {
    text.strip_prefix("*@").is_some_and(|domain| !domain.contains('*')) && is_address(text)
}

/// Whether it can be an address: one `@` with something before and after it, and nothing that ends an address in a header.
pub fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;\"()".contains(c))
}

fn may_be_in_id(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '.' | '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_sign_and_two_sides() {
        for good in ["anna@example.org", "anna+meta@mail.example.org", "änna@exämple.org", "a@b"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "anna", "@example.org", "anna@", "a@b@c", "Anna <a@b>", "a b@c", "a@b,c@d", "a@b\r\nBcc: c@d"] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_star_stands_for_a_whole_local_part_only() {
        for good in ["*@example.org", "*@exämple.org"] {
            assert!(is_catch_all(good), "{good}");
        }
        for bad in [
            "anna@example.org",
            "an*@example.org",
            "*a@example.org",
            "**@example.org",
            "*@*",
            "*@*.example.org",
            "*@",
            "*",
        ] {
            assert!(!is_catch_all(bad), "{bad}");
        }
    }

    #[test]
    fn a_handle_loses_the_at_sign_it_is_shown_with() {
        assert_eq!(bare_handle("@anna.muster"), "anna.muster");
        assert_eq!(bare_handle("anna.muster"), "anna.muster");
        assert_eq!(bare_handle("@"), "");
    }
}
