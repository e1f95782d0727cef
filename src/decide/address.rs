//! When two written addresses reach the same person.
//!
//! It does not know aliases: those the person declares in `emails`, where `*@example.org` stands for every address of a domain.

/// Hosts that ignore dots in the local part. Source: Gmail help, "Dots don't matter in Gmail addresses".
const DOTS_IGNORED: &[&str] = &["gmail.com"];

/// Hosts known to deliver `anna+anything@host` to `anna@host` (their public documentation). Elsewhere a plus is a letter
/// like any other, and `anna+x@` may be somebody else.
const PLUS_IGNORED: &[&str] = &[
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "fastmail.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "posteo.de",
    "mailbox.org",
    "proton.me",
    "protonmail.com",
    "pm.me",
];

/// The form in which two addresses that reach the same person are equal: lower case, and without what the host ignores.
///
/// Upper and lower case in the local part are the same for every mail host that people use, though RFC 5321 lets them differ. A domain
/// outside ASCII is compared in punycode (`xn--exmple-cua.org`), which is how most hosts write it.
pub fn canonical(address: &str) -> String {
    let address = address.trim().trim_matches(['<', '>']).to_lowercase();
    let Some((local, domain)) = address.rsplit_once('@') else { return address };
    let domain = domain.trim_end_matches('.');
    // A domain that is none (`[192.0.2.1]`) stays as it is.
    let ascii = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned());
    let domain = ascii.as_str();
    let domain = if domain == "googlemail.com" { "gmail.com" } else { domain };
    let local = if PLUS_IGNORED.contains(&domain) { local.split('+').next().unwrap_or(local) } else { local };
    let local = if DOTS_IGNORED.contains(&domain) { local.replace('.', "") } else { local.to_owned() };
    format!("{local}@{domain}")
}

/// The canonical domain of a declared `*@example.org`, which stands for every address of it; `None` for any other address.
pub fn catch_all(declared: &str) -> Option<String> {
    canonical(declared).strip_prefix("*@").map(str::to_owned)
}

/// The declared addresses for a person to read: in the place of `*@example.org` those of the domain that mails were written to, each
/// once; it stays where none was.
pub fn as_used(declared: &[String], written_to: &[String]) -> Vec<String> {
    let mut used: Vec<String> = Vec::new();
    for address in declared {
        let domain = catch_all(address);
        let of_domain =
            |to: &&String| domain.is_some() && canonical(to).rsplit_once('@').map(|(_, of)| of) == domain.as_deref();
        let before = used.len();
        for to in written_to.iter().filter(of_domain) {
            if !used.iter().any(|known| canonical(known) == canonical(to)) {
                used.push(to.clone());
            }
        }
        if used.len() == before && !used.contains(address) {
            used.push(address.clone());
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_gives_way_to_the_addresses_that_were_written_to() {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let cases: [(&[&str], &[&str], &[&str]); 5] = [
            (&["*@example.org"], &["meta@example.org", "x@example.com", "META@example.org"], &["meta@example.org"]),
            (&["*@example.org"], &["fb@EXAMPLE.org", "ig@example.org"], &["fb@EXAMPLE.org", "ig@example.org"]),
            (&["*@example.org"], &["x@example.com"], &["*@example.org"]),
            (
                &["anna@example.com", "*@exämple.org"],
                &["a@xn--exmple-cua.org"],
                &["anna@example.com", "a@xn--exmple-cua.org"],
            ),
            (&["anna@example.org"], &["meta@example.org"], &["anna@example.org"]),
        ];
        for (declared, written_to, expected) in cases {
            assert_eq!(as_used(&texts(declared), &texts(written_to)), expected, "{declared:?} {written_to:?}");
        }
    }

    #[test]
    fn only_what_the_host_ignores_is_ignored() {
        let same = [
            ("Anna@Example.ORG", "anna@example.org"),
            ("a.n.n.a+meta@googlemail.com", "anna@gmail.com"),
            ("anna+meta@posteo.de", "anna@posteo.de"),
            ("<anna@example.org>", "anna@example.org"),
            ("anna@exämple.org", "anna@xn--exmple-cua.org"),
            ("anna@EXÄMPLE.org.", "anna@XN--exmple-cua.org"),
            ("anna@straße.example", "anna@xn--strae-oqa.example"),
            ("anna@例え.example", "anna@xn--r8jz45g.example"),
            ("anna@[192.0.2.1]", "ANNA@[192.0.2.1]"),
        ];
        for (a, b) in same {
            assert_eq!(canonical(a), canonical(b), "{a} and {b}");
        }
        let different = [
            ("anna+meta@example.org", "anna@example.org"),
            ("an.na@posteo.de", "anna@posteo.de"),
            ("anna@example.org", "anna@example.com"),
            ("anna@exämple.org", "anna@example.org"),
            ("anna@xn--exmple-cua.org", "anna@xn--exmple-dua.org"),
            ("änna@example.org", "anna@example.org"),
        ];
        for (a, b) in different {
            assert_ne!(canonical(a), canonical(b), "{a} and {b}");
        }
    }

    #[test]
    fn only_a_star_alone_stands_for_every_address() {
        let cases = [
            ("*@example.org", Some("example.org")),
            ("*@EXÄMPLE.org", Some("xn--exmple-cua.org")),
            ("*@googlemail.com", Some("gmail.com")),
            ("anna@example.org", None),
            ("an*@example.org", None),
            ("**@example.org", None),
        ];
        for (declared, domain) in cases {
            assert_eq!(catch_all(declared).as_deref(), domain, "{declared}");
        }
    }
}
