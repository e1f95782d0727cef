//! Relaxed alignment: whether two domains belong to the same organisation (RFC 7489 section 3.1.1).

/// Whether a signature of `signer` can speak for a From at `from`: they have the same organisational domain.
///
/// Both in lower case, e.g. `facebookmail.com` and `priority.facebookmail.com`. A public suffix (`com`, `co.uk`) aligns with nothing.
pub fn aligned(signer: &str, from: &str) -> bool {
    match (organisation(signer), organisation(from)) {
        (Some(signer), Some(from)) => signer == from,
        _ => false,
    }
}

/// The organisational domain: `facebookmail.com` of `em.facebookmail.com`. `None` for a public suffix and for what is no
/// domain.
pub fn organisation(domain: &str) -> Option<&str> {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    // The list's rules know nothing of what is no domain, such as `[192.0.2.1]`.
    let fine = domain
        .split('.')
        .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')));
    let number = domain.rsplit('.').next().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    if !fine || number {
        return None;
    }
    psl::domain_str(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_organisation_aligns() {
        let yes = [
            ("facebookmail.com", "facebookmail.com"),
            ("facebookmail.com", "priority.facebookmail.com"),
            ("mail.instagram.com", "instagram.com"),
            ("support.facebook.com", "business.facebook.com"),
            ("facebook.com.", "facebook.com"),
            ("example.co.uk", "mail.example.co.uk"),
        ];
        for (signer, from) in yes {
            assert!(aligned(signer, from), "{signer} {from}");
        }
        let no = [
            ("facebookmail.com", "facebook.com"),
            ("facebookmail.com.evil.example", "facebookmail.com"),
            ("evilfacebookmail.com", "facebookmail.com"),
            ("faceb00kmail.com", "facebookmail.com"),
            ("xn--fcebookmail-2lb.com", "facebookmail.com"),
            ("fàcebookmail.com", "facebookmail.com"),
            ("com", "facebookmail.com"),
            ("com", "com"),
            ("co.uk", "example.co.uk"),
            ("a.co.uk", "b.co.uk"),
            ("a.github.io", "b.github.io"),
            ("", ""),
            (".", "."),
            ("facebookmail..com", "facebookmail..com"),
            ("[192.0.2.1]", "[192.0.2.1]"),
            ("192.0.2.1", "192.0.2.1"),
        ];
        for (signer, from) in no {
            assert!(!aligned(signer, from), "{signer} {from}");
        }
    }
}
