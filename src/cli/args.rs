//! What can be typed.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::config::Tls;
use crate::decide::letter::LetterKind;
use crate::model::objection::Via;

/// Watches your own mailboxes, read-only, for Meta's answers to an objection against AI training, and warns when a
/// confirmation is missing.
#[derive(Debug, Parser)]
#[command(name = "confirmd", version, about, propagate_version = true, disable_help_subcommand = true)]
pub struct Args {
    /// The configuration file [default: $CONFIRMD_CONFIG, ~/.config/confirmd/config.toml, /etc/confirmd/config.toml]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The language of what people read
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Say more on stderr: -v what is done, -vv how, -vvv everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    pub verbose: u8,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// The command
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The languages of what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// German.
    De,
    /// English.
    En,
}

/// The commands of contract section 2.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Watch the mailboxes and warn, until stopped (the daemon, in the foreground)
    Run,
    /// Set up: asks for mailbox and accounts, tries the login, writes the configuration
    Init(Box<Init>),
    /// Read the mailboxes once, completely, and exit
    Sync(Sync),
    /// Read mails from files: .eml, mbox or Maildir, also in gzip, zip or tar; - is one message on standard input
    Scan(Scan),
    /// Show where each account's objection stands
    Status(Status),
    /// Monitoring plugin: one line; exit 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN
    Check(Check),
    /// Show an account's timeline, deadline and next step
    Show(Show),
    /// List recognised and doubtful messages
    Messages(Messages),
    /// Say why a message was judged as it was: sender, rule, account
    Explain(Explain),
    /// Record that you objected for an account
    Objected(Objected),
    /// Record a confirmation that you saw elsewhere, e.g. in the app
    Confirmed(Confirmed),
    /// Settle a doubtful message: it counts for this account
    Assign(Assign),
    /// Settle a doubtful message: it counts for nothing
    Dismiss(Dismiss),
    /// Try configuration, database, every mailbox and DNS: what will be read, and what is wrong
    Doctor,
    /// Write an evidence bundle: the messages, their keys, a timeline, and a page to print
    Export(Export),
    /// Check an evidence bundle, offline: is every file unchanged, is every signature valid
    Verify(Verify),
    /// Write a reminder to Meta, or a complaint to a supervisory authority, for you to complete
    Letter(Letter),
    /// Say how to object, step by step, and what to expect
    Guide(Guide),
    /// Take the personal data out of a mail, to contribute it as a test case
    Redact(Redact),
    /// Send a test notice through every configured way
    NotifyTest,
    /// Show or check the rules by which mails are recognised
    #[command(subcommand)]
    Rules(Rules),
    /// Write the script by which a shell completes what you type
    Completions(Completions),
    /// Write a manual page
    Man(Man),
    /// Say what could stand at the end of an unfinished line; for the scripts of `completions`
    #[command(name = "__complete", hide = true)]
    Complete(Complete),
}

/// `init`. What is not said is asked for on a terminal.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Init {
    /// Your e-mail address: host and user name follow from it where they are known
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
    /// The IMAP server
    #[arg(long)]
    pub host: Option<String>,
    /// The server's port [default: 993, or 143 with starttls and none]
    #[arg(long)]
    pub port: Option<u16>,
    /// How the connection is protected: implicit, starttls, or none (this machine only)
    #[arg(long, value_name = "HOW", value_parser = tls)]
    pub tls: Option<Tls>,
    /// A certificate to trust in addition, for a server of your own
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// The user name for the login [default: the e-mail address]
    #[arg(long, value_name = "NAME")]
    pub username: Option<String>,
    /// The file whose first line is the password
    #[arg(long, value_name = "FILE", conflicts_with_all = ["password_command", "token_command"])]
    pub password_file: Option<PathBuf>,
    /// The program that prints the password, with its arguments; takes the rest of the line, so it comes last
    #[arg(long, value_name = "PROGRAM", num_args = 1.., allow_hyphen_values = true, conflicts_with = "token_command")]
    pub password_command: Vec<String>,
    /// The program that prints an access token (XOAUTH2), with its arguments; takes the rest of the line
    #[arg(long, value_name = "PROGRAM", num_args = 1.., allow_hyphen_values = true)]
    pub token_command: Vec<String>,
    /// An account, e.g. facebook, instagram:anna.muster=anna@example.org; may be given several times
    #[arg(long, value_name = "PLATFORM[:USER][=ADDRESS,...]")]
    pub account: Vec<String>,
    /// A word that is the same for accounts linked in Meta's Accounts Centre
    #[arg(long, value_name = "WORD")]
    pub accounts_centre: Option<String>,
    /// The date on which you objected for these accounts [default: not yet]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub objected: Option<Date>,
    /// The way: web, app or letter [default: web]
    #[arg(long, value_name = "WAY", requires = "objected", value_parser = via)]
    pub via: Option<Via>,
    /// Do not try the login
    #[arg(long)]
    pub offline: bool,
    /// The file to write [default: the one that --config or $CONFIRMD_CONFIG names, else ~/.config/confirmd/config.toml]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace an existing configuration; it is kept beside the new one
    #[arg(long)]
    pub force: bool,
}

/// `sync`.
#[derive(Debug, clap::Args)]
pub struct Sync {
    /// Only this mailbox
    #[arg(long, value_name = "NAME")]
    pub mailbox: Option<String>,
}

/// `scan`.
#[derive(Debug, clap::Args)]
pub struct Scan {
    /// Mail files, mbox files, archives or folders; - for one message on standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Believe the Authentication-Results of this mail host; may be given several times [default: DKIM only]
    #[arg(long, value_name = "ID")]
    pub trust_authserv: Vec<String>,
}

/// `status`.
#[derive(Debug, clap::Args)]
pub struct Status {
    /// Only this account
    pub account: Option<String>,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
    /// As it stood, or will stand, on that date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Go on showing it whenever something changes, until Ctrl+C
    #[arg(long, conflicts_with_all = ["json", "as_of"])]
    pub watch: bool,
}

/// `check`.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// As it stood, or will stand, on that date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
}

/// `show`.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The account's id
    pub account: String,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
}

/// `messages`.
#[derive(Debug, clap::Args)]
pub struct Messages {
    /// Only those that need you
    #[arg(long)]
    pub review: bool,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
}

/// `explain`.
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// A message's number in `confirmd messages`, or a mail file (.eml)
    #[arg(value_name = "MESSAGE|FILE.eml")]
    pub what: String,
    /// Every rule with every condition, not only the rule that matched
    #[arg(long)]
    pub all: bool,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
}

/// `objected`.
#[derive(Debug, clap::Args)]
pub struct Objected {
    /// The account's id
    pub account: String,
    /// The date on which you objected [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// The way: web, app or letter
    #[arg(long, default_value = "web", value_parser = via)]
    pub via: Via,
}

/// `confirmed`.
#[derive(Debug, clap::Args)]
pub struct Confirmed {
    /// The account's id
    pub account: String,
    /// The date on which you saw it [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// What you saw, and where
    #[arg(long, value_name = "TEXT")]
    pub note: String,
}

/// `assign`.
#[derive(Debug, clap::Args)]
pub struct Assign {
    /// The message's number in `confirmd messages`
    pub message: i64,
    /// The account's id
    #[arg(required_unless_present = "undo")]
    pub account: Option<String>,
    /// Take the last decision about this message back
    #[arg(long, conflicts_with = "account")]
    pub undo: bool,
}

/// `dismiss`.
#[derive(Debug, clap::Args)]
pub struct Dismiss {
    /// The message's number in `confirmd messages`
    pub message: i64,
    /// Take the last decision about this message back
    #[arg(long)]
    pub undo: bool,
}

/// `export`.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The accounts' ids
    #[arg(required = true, value_name = "ACCOUNT")]
    pub accounts: Vec<String>,
    /// The folder to write, which must not exist yet or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// `verify`.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The bundle's folder
    pub dir: PathBuf,
}

/// `letter`.
#[derive(Debug, clap::Args)]
pub struct Letter {
    /// The account's id
    pub account: String,
    /// To whom: reminder (Meta) or complaint (the authority: Ireland's in English, Hamburg's in German)
    #[arg(long, default_value = "reminder", value_name = "KIND", value_parser = letter_kind)]
    pub kind: LetterKind,
}

/// `guide`.
#[derive(Debug, clap::Args)]
pub struct Guide {
    /// facebook, instagram, threads, none (no account) or whatsapp
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(super::guide::TOPICS))]
    pub platform: Option<String>,
}

/// `redact`.
#[derive(Debug, clap::Args)]
pub struct Redact {
    /// The mail file; - for one message on standard input
    #[arg(value_name = "FILE.eml")]
    pub file: PathBuf,
}

/// `rules`.
#[derive(Debug, Subcommand)]
pub enum Rules {
    /// List the rules in force and where each came from
    List {
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Check rule files; without FILE, those in force
    Check {
        /// The rule files
        files: Vec<PathBuf>,
    },
}

/// `completions`.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// bash, zsh, fish, elvish or powershell
    pub shell: clap_complete::Shell,
}

/// `man`.
#[derive(Debug, clap::Args)]
pub struct Man {
    /// confirmd for confirmd(1), confirmd.toml for the configuration, confirmd.toml(5)
    #[arg(default_value = "confirmd", value_parser = clap::builder::PossibleValuesParser::new(super::man::PAGES))]
    pub page: String,
}

/// `__complete`.
#[derive(Debug, clap::Args)]
pub struct Complete {
    /// The line so far, without the program; the last word is unfinished
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub words: Vec<OsString>,
}

/// `YYYY-MM-DD` and nothing else: jiff also reads `20250630` and drops the time from `2025-06-30T23:00`.
fn date(text: &str) -> Result<Date, String> {
    let date = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
    date.ok_or_else(|| "not a day; write for example 2025-05-20".to_owned())
}

fn tls(text: &str) -> Result<Tls, String> {
    text.parse::<Tls>().map_err(|error| error.to_string())
}

fn via(text: &str) -> Result<Via, String> {
    text.parse::<Via>().map_err(|error| error.to_string())
}

fn letter_kind(text: &str) -> Result<LetterKind, String> {
    text.parse::<LetterKind>().map_err(|error| error.to_string())
}
