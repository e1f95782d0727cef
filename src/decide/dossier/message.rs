//! One message in a dossier: who sent it and how that is proven, in words for somebody who has never heard of DKIM, and what it says.

use super::account::{kind_name, reason_name};
use super::{MessagePart, Words, anchor, definitions, paragraph};
use crate::decide::html::Html;
use crate::model::attribution::Reason;
use crate::model::message::Text;
use crate::model::proof::Proof;

/// How much of a message's text the page shows, in characters. Meta's answers are a tenth of it; the whole is in the file.
const MAX_TEXT: usize = 20_000;

/// The message's part of the page.
pub(super) fn article(words: &Words, part: &MessagePart) -> Html {
    let mut pieces = vec![Html::element("h3", title(words, part))];
    pieces.extend(doubt(words, part));
    pieces.push(definitions(head(words, part)));
    pieces.push(proof(words, part));
    pieces.extend(wording(words, part));
    Html::element("article class=\"message\"", Html::lines(pieces)).with_id(&anchor(part.number))
}

/// A heading never says that Meta wrote what nothing proves Meta wrote.
fn title(words: &Words, part: &MessagePart) -> String {
    let number = part.number.to_string();
    if part.review.is_some_and(|reason| reason != Reason::Contradicts) {
        return words.fill("message_doubtful", &[("number", &number)]);
    }
    let said = words.get(if part.unread.is_some() { "what_unread" } else { kind_name(part.kind) });
    words.fill("message_titled", &[("number", &number), ("said", &said)])
}

fn doubt(words: &Words, part: &MessagePart) -> Option<Html> {
    let reason = part.review?;
    // Such a message does count; it only undoes nothing.
    let text = if reason == Reason::Contradicts {
        words.get("contradicts")
    } else {
        words.fill("not_counted", &[("reason", &words.get(reason_name(reason)))])
    };
    Some(Html::element("div class=\"doubt warn\"", paragraph(text)))
}

fn head(words: &Words, part: &MessagePart) -> Vec<(String, Html)> {
    let accounts: Vec<&str> = part.accounts.iter().map(|id| id.as_str()).collect();
    let accounts = if accounts.is_empty() { words.get("counts_for_none") } else { accounts.join(", ") };
    let mut rows = vec![
        (words.get("label_from"), part.from.as_str().into()),
        (words.get("label_to"), part.to.as_str().into()),
        (words.get("label_subject"), part.subject.as_str().into()),
        (words.get("label_received"), words.moment(part.received_at).into()),
        (words.get("label_accounts"), accounts.into()),
    ];
    if let Some(file) = &part.file {
        let name = if part.sha256.is_some() { "file_of" } else { "file_header" };
        let text = words.fill(name, &[("file", file), ("size", &part.size.to_string())]);
        rows.push((words.get("label_file"), text.into()));
    }
    if let Some(sum) = &part.sha256 {
        rows.push((words.get("label_sum"), Html::element("span class=\"code\"", sum.as_str())));
    }
    rows
}

fn proof(words: &Words, part: &MessagePart) -> Html {
    let proof = &part.proof;
    let domain = proof.domain.as_deref().unwrap_or_default();
    let with_domain = |name: &str| words.fill(name, &[("domain", domain)]);
    let (tag, title, mut pieces) = match proof.proof {
        Some(Proof::Dkim) => {
            let seen = proof.keys.first().map(|key| words.fill("proof_seen", &[("day", &words.day(key.seen_at))]));
            let seen = seen.unwrap_or_default();
            let text = words.fill("proof_dkim", &[("domain", domain), ("seen", &seen)]);
            let key = if proof.keys.is_empty() { "proof_key_gone" } else { "proof_key_kept" };
            let pieces = vec![paragraph(text), paragraph(words.get(key))];
            ("div class=\"proof good\"", with_domain("proof_dkim_title"), pieces)
        }
        Some(Proof::Authserv) => {
            let pieces = vec![paragraph(with_domain("proof_authserv"))];
            ("div class=\"proof\"", with_domain("proof_authserv_title"), pieces)
        }
        Some(Proof::User) | None => {
            let name = if part.unread.is_some() { "proof_unread" } else { "proof_none" };
            ("div class=\"proof warn\"", words.get("proof_none_title"), vec![paragraph(words.get(name))])
        }
    };
    if part.vouched {
        pieces.push(paragraph(words.get("proof_user")));
    }
    if !proof.checks.is_empty() {
        pieces.push(Html::element("p class=\"soft\"", words.get("proof_detail")));
        let checks = proof.checks.iter().map(|check| format!("{}: {}", check.what, check.outcome));
        let items = checks.map(|check| Html::element("li class=\"code\" lang=\"en\"", check));
        pieces.push(Html::element("ul class=\"details\"", Html::lines(items)));
    }
    let title = Html::element("h4", title);
    Html::element(tag, Html::lines([title].into_iter().chain(pieces)))
}

fn wording(words: &Words, part: &MessagePart) -> Vec<Html> {
    if let Some(why) = &part.unread {
        return vec![paragraph(words.fill("unread", &[("why", why)]))];
    }
    let Some(Text { own, quoted }) = &part.text else { return vec![paragraph(words.get("text_none"))] };
    let mut pieces = Vec::new();
    let mut left = MAX_TEXT;
    for (title, tag, text) in
        [("text_title", "div class=\"words\"", own), ("quoted_title", "div class=\"words quoted\"", quoted)]
    {
        if text.trim().is_empty() || left == 0 {
            continue;
        }
        let length = text.chars().count();
        let shown: String = text.chars().take(left).collect();
        left = left.saturating_sub(length);
        pieces.push(Html::element("h4", words.get(title)));
        pieces.push(Html::element(tag, paragraphs(&shown)));
        if shown.len() < text.len() {
            pieces.push(Html::element("p class=\"soft\"", words.get("text_cut")));
        }
    }
    if pieces.is_empty() { vec![paragraph(words.get("text_none"))] } else { pieces }
}

/// A blank line separates paragraphs; a single line break is a wrap ([`Text`]).
fn paragraphs(text: &str) -> Html {
    let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            paragraphs.push(Vec::new());
        } else if let Some(last) = paragraphs.last_mut() {
            last.extend(line.split_whitespace());
        }
    }
    let full = paragraphs.into_iter().filter(|words| !words.is_empty());
    Html::lines(full.map(|words| Html::element("p dir=\"auto\"", words.join(" "))))
}
