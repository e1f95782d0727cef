//! `confirmd run`: the real binary against real servers.

mod delivering;
mod idling;
mod keeping;
mod learning;
mod reconnecting;
mod servicing;
mod stopping;
mod watching;

use crate::support::dovecot::Dovecot;

/// An account whose objection is long overdue.
const FACEBOOK: &str = "[[account]]\nid = \"anna-facebook\"\nplatform = \"facebook\"\nhandle = \"anna.muster\"\n\
    emails = [\"anna@example.org\"]\nobjected = 2025-05-20\n";

/// When Meta's mails were received.
const MAY: &str = "24-May-2025 10:00:00 +0200";

/// Meta's confirmation for that account; the own mail host vouches for its sender.
fn confirmation() -> Vec<u8> {
    [
        b"Authentication-Results: mx.example.org; dkim=pass header.d=support.facebook.com\r\n\
          Received: from mx-out.support.facebook.com (mx-out.support.facebook.com [192.0.2.25])\r\n \
          by mx.example.org (Postfix) with ESMTPS id 4bK26428\r\n for <anna@example.org>; Sat, 24 May 2025 10:00:00 +0200\r\n"
            .as_slice(),
        &unproven_confirmation(),
    ]
    .concat()
}

/// The same mail as Meta sent it.
fn unproven_confirmation() -> Vec<u8> {
    b"X-Synthetic: yes, made for the confirmd test corpus\r\nDate: Sat, 24 May 2025 09:59:58 +0200\r\nTo: anna@example.org\r\n\
      Subject: Object to your information being used for AI at Meta\r\nFrom: Facebook <case++1@support.facebook.com>\r\n\
      Message-ID: <1@support.facebook.com>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
      Hi Anna,\r\n\r\nWe've reviewed your request and will honour your objection. This means we won't use your public\r\n\
      information from Facebook and Instagram for future development and improvement of generative AI models at Meta.\r\n"
        .to_vec()
}

/// How often the daemon has begun to wait for mail.
fn idles(dovecot: &Dovecot) -> usize {
    dovecot.commands().iter().filter(|command| *command == "IDLE").count()
}
