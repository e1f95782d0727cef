//! The own mail host's Authentication-Results: which of them can be believed, and what they say (RFC 8601).
//!
//! A sender can write such a header too, with any id in it. Section 5 asks the receiving host to remove those; not all do, and
//! several write none of their own when DKIM fails, so that the forged one is the only one. Therefore only place counts: a header
//! is believed when it stands above the Received header by which the own host took the mail from outside, because everything above
//! that line was written later. Hosts that are known to write below it are listed in `hosts`.
//!
//! SPF and DMARC are not looked at: a forwarder passes the one, and the other may rest on it.

use crate::mail::headers::{HeaderBlock, MAX_DECODED, RawHeader};
use crate::model::proof::Check;

use super::alignment::aligned;
use super::hosts::{self, OUTLOOK};
use super::received::Hop;
use super::results::{self, MethodResult};

/// More ids than anybody configures, and more headers than any host writes.
const MAX_IDS: usize = 50;
const MAX_BLOCK: usize = 20;

/// What the trusted hosts' headers say about a mail from `from_domain` (lower case). At most one check proves.
pub fn check(block: &HeaderBlock<'_>, trusted: &[String], from_domain: &str) -> Vec<Check> {
    if block.named("authentication-results").next().is_none() {
        return Vec::new();
    }
    if trusted.is_empty() {
        return vec![refused("Authentication-Results", "no server is trusted for this mailbox (trusted_authserv_ids)")];
    }
    let mut checks = Vec::new();
    let mut said = Vec::new();
    for id in trusted.iter().take(MAX_IDS) {
        let id = id.trim().to_ascii_lowercase();
        match top_block(block, &id) {
            Place::Nowhere => {}
            Place::Below => checks.push(refused(
                &format!("Authentication-Results of {id}"),
                "stands where the sender can have written it: not above the Received header of the own host",
            )),
            Place::Top(results) => said.push((id, results)),
        }
    }
    let verdicts: Vec<_> = said.iter().map(|(id, results)| (id, verdict(results, from_domain))).collect();
    let failed = verdicts.iter().any(|(_, verdict)| matches!(verdict, Verdict::Fails | Verdict::Contradicts));
    let mut proven = false;
    for (id, verdict) in &verdicts {
        let what = format!("Authentication-Results of {id}");
        checks.push(match verdict {
            Verdict::Passes(domain) if !failed && !proven => {
                proven = true;
                Check { what, outcome: format!("dkim=pass for {domain}"), proves: true }
            }
            Verdict::Passes(domain) if failed => {
                refused(&what, &format!("dkim=pass for {domain}, but another one says that it failed"))
            }
            Verdict::Passes(domain) => refused(&what, &format!("dkim=pass for {domain}")),
            Verdict::Fails => refused(&what, "dkim=fail for the sender's domain"),
            Verdict::Contradicts => refused(&what, "two results for the sender's domain contradict each other"),
            Verdict::Silent => refused(&what, "no dkim=pass for the sender's domain"),
        });
    }
    if checks.is_empty() {
        checks.push(refused("Authentication-Results", "none is of a trusted server"));
    }
    checks
}

fn refused(what: &str, outcome: &str) -> Check {
    Check { what: what.to_owned(), outcome: outcome.to_owned(), proves: false }
}

enum Place {
    /// The id wrote nothing.
    Nowhere,
    /// Only where a sender can have written it.
    Below,
    /// The results of its top-most block.
    Top(Vec<MethodResult>),
}

/// The top-most run of headers of this id, where nobody outside can have written it.
fn top_block(block: &HeaderBlock<'_>, id: &str) -> Place {
    let end = own_part(block, id);
    let Some(start) = block.headers.iter().position(|header| of_id(header, id).is_some()) else {
        return Place::Nowhere;
    };
    if start >= end {
        return Place::Below;
    }
    let mut found = Vec::new();
    for header in block.headers[start..end].iter().take(MAX_BLOCK) {
        if let Some(results) = of_id(header, id) {
            found.extend(results);
        } else if !["authentication-results", "arc-authentication-results", "received-spf", "dkim-filter"]
            .iter()
            .any(|name| header.is(name))
        {
            break;
        }
    }
    Place::Top(found)
}

/// How many headers from the top were written by the own host.
fn own_part(block: &HeaderBlock<'_>, id: &str) -> usize {
    let mut below_border = false;
    for (at, header) in block.headers.iter().enumerate() {
        if !header.is("received") {
            continue;
        }
        if below_border {
            return at;
        }
        let hop = Hop::parse(&header.text());
        if hosts::writes_below(id, &hop) {
            below_border = true;
        } else if !hop.is_internal(id) && !hosts::is_internal(id, &hop) {
            return at;
        }
    }
    block.headers.len()
}

/// The results of a header, if it is one of this id.
fn of_id(header: &RawHeader<'_>, id: &str) -> Option<Vec<MethodResult>> {
    // A header that would be cut is nobody's: its end might say the opposite.
    if !header.is("authentication-results") || header.value.len() > MAX_DECODED {
        return None;
    }
    let read = results::parse(&header.text());
    let same =
        if id == OUTLOOK { read.authserv_id.is_empty() && !read.results.is_empty() } else { read.authserv_id == id };
    same.then_some(read.results)
}

enum Verdict {
    Passes(String),
    Fails,
    Contradicts,
    Silent,
}

fn verdict(results: &[MethodResult], from_domain: &str) -> Verdict {
    let mut passed = None;
    let mut failed = false;
    for result in results.iter().filter(|result| result.method == "dkim") {
        let Some(domain) = signer(result).filter(|domain| aligned(domain, from_domain)) else { continue };
        match result.result.as_str() {
            "pass" => passed = passed.or(Some(domain)),
            // A policy result means: valid, and not acceptable here. Neutral and the errors say nothing about the signature: a
            // verifier that cannot read Ed25519 gives them beside the pass of the RSA signature.
            "fail" | "hardfail" | "policy" => failed = true,
            _ => {}
        }
    }
    match (passed, failed) {
        (Some(_), true) => Verdict::Contradicts,
        (Some(domain), false) => Verdict::Passes(domain),
        (None, true) => Verdict::Fails,
        (None, false) => Verdict::Silent,
    }
}

/// The domain that a result says has signed: `header.d`, else the one of `header.i`. They must not tell different stories.
fn signer(result: &MethodResult) -> Option<String> {
    let given_twice =
        |name: &str| result.property(name).is_none() && result.properties.iter().any(|(key, _)| key == name);
    if given_twice("header.d") || given_twice("header.i") {
        return None;
    }
    let domain = result
        .property("header.d")
        .map(|value| value.trim_start_matches('@').trim_end_matches('.').to_ascii_lowercase());
    let identity = result.property("header.i").map(|value| {
        value.rsplit_once('@').map_or(value, |(_, domain)| domain).trim_end_matches('.').to_ascii_lowercase()
    });
    match (domain, identity) {
        (Some(domain), Some(identity)) => {
            let within = identity == domain || identity.ends_with(&format!(".{domain}"));
            within.then_some(domain)
        }
        (domain, identity) => domain.or(identity),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTSIDE: &str = "Received: from mx-out.facebook.com (mx-out.facebook.com [66.220.144.1]) by mx.example.org (Postfix) with ESMTPS; Mon";
    const LMTP: &str = "Received: from mx.example.org by imap.example.org with LMTP id 1; Mon";
    const PASS: &str = "Authentication-Results: mx.example.org; dkim=pass header.d=facebookmail.com";
    const FAIL: &str = "Authentication-Results: mx.example.org; dkim=fail header.d=facebookmail.com";
    const SPF: &str = "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=facebookmail.com; dmarc=pass header.from=facebookmail.com";
    const FROM: &str = "From: Facebook <notification@facebookmail.com>";

    fn proves(headers: &[&str], trusted: &[&str]) -> bool {
        let raw = headers.join("\r\n") + "\r\n\r\nbody";
        let trusted: Vec<String> = trusted.iter().map(|id| (*id).to_owned()).collect();
        check(&HeaderBlock::of(raw.as_bytes()), &trusted, "facebookmail.com").iter().any(|check| check.proves)
    }

    #[test]
    fn a_trusted_host_is_believed_above_its_received_header() {
        let d = |properties: &str| format!("Authentication-Results: mx.example.org; dkim=pass {properties}");
        let (sub, identity, quoted) = (
            d("header.d=priority.facebookmail.com"),
            d("header.i=@facebookmail.com"),
            d("header.d=\"FACEBOOKMAIL.com\""),
        );
        let cases: &[&[&str]] = &[
            &[PASS, OUTSIDE, FROM],
            &["Return-Path: <x@example.org>", "Delivered-To: anna@example.org", PASS, OUTSIDE, FROM],
            &[LMTP, PASS, OUTSIDE, FROM],
            &["Received: by mx.example.org (Postfix) id 1; Mon", LMTP, PASS, OUTSIDE, FROM],
            &[PASS, FROM],
            &[SPF, PASS, OUTSIDE, FROM],
            &[SPF, "Received-SPF: pass", "DKIM-Filter: OpenDKIM", PASS, OUTSIDE, FROM],
            &["Authentication-Results: OpenDMARC; dmarc=pass", PASS, OUTSIDE, FROM],
            &["authentication-results: MX.Example.ORG 1; DKIM=Pass (ok) header.d=facebookmail.com", OUTSIDE, FROM],
            &[&sub, OUTSIDE, FROM],
            &[&identity, OUTSIDE, FROM],
            &[&quoted, OUTSIDE, FROM],
            // What a sender forged below does not hurt either.
            &[PASS, OUTSIDE, FAIL, FROM],
        ];
        for headers in cases {
            assert!(proves(headers, &["mx.example.org"]), "{headers:#?}");
        }
        assert!(proves(&[PASS, OUTSIDE, FROM], &["other.example", " MX.example.org "]));
    }

    #[test]
    fn what_a_sender_can_have_written_proves_nothing() {
        let d = |properties: &str| format!("Authentication-Results: mx.example.org; dkim=pass {properties}");
        let evil = [
            d("header.d=evil.example"),
            d("header.d=facebookmail.com.evil.example"),
            d("header.d=faceb00kmail.com"),
            d("header.d=com"),
            d("header.d=facebookmail.com header.d=evil.example"),
            d("header.d=evil.example header.i=@facebookmail.com"),
            d("header.d=facebookmail.com header.i=@evil.example"),
            d("header.from=facebookmail.com"),
            d("(header.d=facebookmail.com)"),
            d(""),
            "Authentication-Results: mx.example.org; dkim=pass; header.d=facebookmail.com".to_owned(),
            "Authentication-Results: mx.example.org; dkim=none header.d=facebookmail.com".to_owned(),
            "Authentication-Results: mx.example.org; x-dkim=pass header.d=facebookmail.com".to_owned(),
            "Authentication-Results: mx.example.org; none (; dkim=pass header.d=facebookmail.com)".to_owned(),
            "Authentication-Results: mx.example.org.evil.example; dkim=pass header.d=facebookmail.com".to_owned(),
            "Authentication-Results: evil.mx.example.org; dkim=pass header.d=facebookmail.com".to_owned(),
            "Authentication-Results: (mx.example.org) evil.example; dkim=pass header.d=facebookmail.com".to_owned(),
            "X-Authentication-Results: mx.example.org; dkim=pass header.d=facebookmail.com".to_owned(),
            "ARC-Authentication-Results: i=1; mx.example.org; dkim=pass header.d=facebookmail.com".to_owned(),
            "Authentication-Results: dkim=pass header.d=facebookmail.com".to_owned(),
            format!("{PASS};{} dkim=fail header.d=facebookmail.com", " ".repeat(20_000)),
            SPF.to_owned(),
            FAIL.to_owned(),
        ];
        for header in &evil {
            assert!(!proves(&[header, OUTSIDE, FROM], &["mx.example.org"]), "{header}");
        }
        let forged = OUTSIDE.replace(
            "mx-out.facebook.com (mx-out.facebook.com [66.220.144.1])",
            "mx.example.org (evil.example [203.0.113.9])",
        );
        let cases: &[&[&str]] = &[
            &[OUTSIDE, PASS, FROM],
            &[OUTSIDE, FROM, PASS],
            &[LMTP, OUTSIDE, PASS, FROM],
            // The sender adds a Received header of the own host as well.
            &[OUTSIDE, LMTP, PASS, OUTSIDE, FROM],
            &[&forged, PASS, OUTSIDE, FROM],
            // The own host says something else above.
            &[FAIL, OUTSIDE, PASS, FROM],
            &[SPF, OUTSIDE, PASS, FROM],
            &[PASS, FAIL, OUTSIDE, FROM],
            &[FAIL, PASS, OUTSIDE, FROM],
            // Without any Received header only an unbroken block counts.
            &[SPF, FROM, PASS],
        ];
        for headers in cases {
            assert!(!proves(headers, &["mx.example.org"]), "{headers:#?}");
        }
        assert!(!proves(&[PASS, OUTSIDE, FROM], &[]));
        assert!(!proves(&[PASS, OUTSIDE, FROM], &["example.org"]));
        let other = FAIL.replace("mx.example.org", "mx2.example.org");
        assert!(!proves(&[&other, PASS, OUTSIDE, FROM], &["mx.example.org", "mx2.example.org"]));
    }

    #[test]
    fn known_hosts_are_believed_where_they_write() {
        let internal = "Received: by 2002:a05:7000:1f2a:b0:4c1:4bf5:6c3f with SMTP id t42csp1; Mon";
        let border = "Received: from mx-out.facebook.com (mx-out.facebook.com. [66.220.144.1]) by mx.google.com with ESMTPS id 1; Mon";
        let google = "Authentication-Results: mx.google.com; dkim=pass header.i=@facebookmail.com header.s=s1024-2013-q3 header.b=ab";
        let gmail: &[&str] = &["mx.google.com"];
        assert!(proves(
            &[internal, "X-Received: by x", "ARC-Seal: i=1", border, "Received-SPF: pass", google, FROM],
            gmail
        ));
        assert!(!proves(&[internal, border, FROM, "Received: from a by b; Mon", google], gmail));
        assert!(!proves(&[OUTSIDE, internal, border, google, FROM], gmail));

        let gateway = "Received: from ci74p00im-qukt0907.me.com by p116-mailgateway-smtp-746c496c44 (mailgateway 2403B92) with SMTP id 4; Mon";
        let apple = "Received: from mx-out.facebook.com (mx-out.facebook.com [66.220.144.1]) by ci74p00im-qukt0907.me.com (Postfix) with ESMTPS; Mon";
        let verifier = "Authentication-Results: dkim-verifier.icloud.com; dkim=pass (1024-bit key) header.d=facebookmail.com header.i=@facebookmail.com";
        let icloud: &[&str] = &["dkim-verifier.icloud.com"];
        assert!(proves(
            &[gateway, apple, "Authentication-Results: bimi.icloud.com; bimi=none", "X-ARC-Info: x", verifier, FROM],
            icloud
        ));
        let none = "Authentication-Results: dkim-verifier.icloud.com; dkim=none";
        assert!(!proves(&[gateway, apple, none, FROM, verifier], icloud));

        let inside = "Received: from BL02EPF0001A100.namprd03.prod.outlook.com (2603:10b6:408:e3:cafe::eb) by BN1PR14CA0030.outlook.office365.com (2603:10b6:408:e3::35) with Microsoft SMTP Server; Mon";
        let edge = "Received: from mx-out.facebook.com (66.220.144.1) by BL02EPF0001A100.mail.protection.outlook.com (10.167.242.107) with Microsoft SMTP Server; Mon";
        let nameless = "Authentication-Results: spf=pass (sender IP is 66.220.144.1) smtp.mailfrom=x; dkim=pass (signature was verified) header.d=facebookmail.com;dmarc=pass action=none header.from=facebookmail.com;compauth=pass reason=100";
        assert!(proves(&[inside, nameless, "Received-SPF: Pass", edge, FROM], &["outlook"]));
        assert!(!proves(&[inside, edge, nameless, FROM], &["outlook"]));
        assert!(!proves(&[inside, nameless, edge, FROM], &["mx.example.org"]));
        let named = nameless.replace("Results: ", "Results: outlook; ");
        assert!(!proves(&[inside, &named, edge, FROM], &["outlook"]));
    }
}
